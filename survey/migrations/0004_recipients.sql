-- People invited by name, from the import of the list to the closing of the wave. code_hash: the invitation that is valid
-- now, zeros before the first. sent says whether the newest code went out, never when.
CREATE TABLE recipient (
  id BLOB PRIMARY KEY CHECK (length(id) = 32),
  wave INTEGER NOT NULL REFERENCES wave (id),
  line INTEGER NOT NULL,
  unit TEXT NOT NULL,
  language TEXT NOT NULL,
  email TEXT NOT NULL,
  address TEXT NOT NULL,
  code_hash BLOB NOT NULL DEFAULT (zeroblob(32)) CHECK (length(code_hash) = 32),
  sent INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1))
) STRICT, WITHOUT ROWID;

-- card: an anonymous code on a card. taken: the person of this personal code was handed a card instead.
ALTER TABLE invitation ADD COLUMN card INTEGER NOT NULL DEFAULT 0 CHECK (card IN (0, 1));
ALTER TABLE invitation ADD COLUMN taken INTEGER NOT NULL DEFAULT 0 CHECK (taken IN (0, 1));

PRAGMA user_version = 4;

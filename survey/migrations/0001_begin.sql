-- First schema. Never edited after a release: changes are new files.
-- No table holds a time of taking part; the audit log knows days, and only of what administrators did.
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE wave (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
  rehearsal INTEGER NOT NULL CHECK (rehearsal IN (0, 1)),
  closes TEXT NOT NULL,
  result TEXT NOT NULL DEFAULT ''
) STRICT;

-- Every row has the same size before and after the draw (state 0 and 1 take no room in a SQLite record, blinded is 32 bytes
-- from the start), so a draw never moves a row. Keyed by a hash: the order of rows says nothing.
CREATE TABLE invitation (
  code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
  state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1)),
  blinded BLOB NOT NULL DEFAULT (zeroblob(32)) CHECK (length(blinded) = 32),
  wave INTEGER NOT NULL REFERENCES wave (id),
  unit TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Invited and drawn per unit as they stood at the count: the analysis reads this, never the invitations.
CREATE TABLE participation (
  wave INTEGER NOT NULL REFERENCES wave (id),
  unit TEXT NOT NULL,
  invited INTEGER NOT NULL,
  drawn INTEGER NOT NULL,
  PRIMARY KEY (wave, unit)
) STRICT, WITHOUT ROWID;

-- Counted answers in canonical order (sorted by content); item '' or the detached item of the line.
CREATE TABLE counted (
  wave INTEGER NOT NULL REFERENCES wave (id),
  item TEXT NOT NULL,
  position INTEGER NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (wave, item, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 5),
  parent TEXT NOT NULL,
  contact INTEGER NOT NULL CHECK (contact IN (0, 1)),
  reported INTEGER NOT NULL CHECK (reported IN (0, 1)),
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Workforce cube, one delivery a day of reference; 255 and '*' mean "all". heads of a suppressed cell is 0.
CREATE TABLE cube (
  day TEXT NOT NULL CHECK (length(day) = 10),
  position INTEGER NOT NULL,
  unit TEXT NOT NULL,
  band INTEGER NOT NULL,
  employment TEXT NOT NULL,
  leadership INTEGER NOT NULL,
  sex TEXT NOT NULL,
  age INTEGER NOT NULL,
  fixed_term INTEGER NOT NULL,
  part_time INTEGER NOT NULL,
  german INTEGER NOT NULL,
  heads INTEGER NOT NULL CHECK (heads >= 0),
  fte REAL NOT NULL,
  suppressed INTEGER NOT NULL,
  rounded INTEGER NOT NULL,
  PRIMARY KEY (day, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE reference (
  definition INTEGER NOT NULL,
  place TEXT NOT NULL,
  source TEXT NOT NULL,
  scope TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  age_low INTEGER NOT NULL,
  age_high INTEGER NOT NULL,
  total REAL NOT NULL,
  members REAL NOT NULL,
  relative_error REAL NOT NULL,
  PRIMARY KEY (definition, place, source, scope, day, age_low, age_high)
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  name TEXT PRIMARY KEY,
  roles INTEGER NOT NULL,
  password_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  day TEXT NOT NULL,
  person TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL,
  chain BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;
CREATE TRIGGER audit_keep BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_stay BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit rows are never removed'); END;

PRAGMA user_version = 1;

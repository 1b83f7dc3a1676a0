-- What may be published of a wave, as it was protected once. document: every published cell and sign, canonical JSON, all that
-- pages, report and exports know. basis: the tables before protection, so that a later wave is protected knowing this one.
-- data: a hash of what was delivered and counted then. The newest version is the one in force; none is ever changed.
CREATE TABLE release (
  wave INTEGER NOT NULL REFERENCES wave (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  created TEXT NOT NULL CHECK (length(created) = 10),
  program TEXT NOT NULL,
  policy TEXT NOT NULL,
  seed TEXT NOT NULL,
  data TEXT NOT NULL CHECK (length(data) = 64),
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  document TEXT NOT NULL,
  basis TEXT NOT NULL,
  PRIMARY KEY (wave, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER release_stays BEFORE UPDATE ON release BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER release_kept BEFORE DELETE ON release BEGIN SELECT RAISE(ABORT, 'a release is never deleted'); END;

PRAGMA user_version = 7;

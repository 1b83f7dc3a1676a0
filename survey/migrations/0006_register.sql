-- Every file the personnel office has delivered. Rows of tables.def are never overwritten: of two deliveries of one kind and
-- period the later one counts, unless it was undone. period "+": rows that nothing replaces. Units, cube and references are
-- replaced; what they held before stands in *_before, so that the last delivery can be undone.
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  amount INTEGER NOT NULL,
  scope TEXT NOT NULL DEFAULT '',
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
  locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1))
) STRICT;
-- What stands in a finished report stays.
CREATE TRIGGER delivery_lock AFTER UPDATE OF written ON wave WHEN old.written = '' AND new.written <> ''
BEGIN UPDATE delivery SET locked = 1; END;

CREATE TABLE unit_before (
  delivery INTEGER NOT NULL REFERENCES delivery (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  level INTEGER NOT NULL,
  parent TEXT NOT NULL,
  contact INTEGER NOT NULL,
  reported INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (delivery, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cube_before (
  delivery INTEGER NOT NULL REFERENCES delivery (id),
  day TEXT NOT NULL,
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
  heads INTEGER NOT NULL,
  fte REAL NOT NULL,
  suppressed INTEGER NOT NULL,
  rounded INTEGER NOT NULL,
  PRIMARY KEY (delivery, day, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE register (
  delivery INTEGER NOT NULL REFERENCES delivery (id),
  position INTEGER NOT NULL,
  period TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (delivery, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_period ON register (period, delivery);

-- A reference may hold for one sex or one education; "*" is all.
CREATE TABLE reference_all (
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
  sex TEXT NOT NULL,
  education TEXT NOT NULL,
  PRIMARY KEY (definition, place, source, scope, day, sex, education, age_low, age_high)
) STRICT, WITHOUT ROWID;
INSERT INTO reference_all SELECT *, '*', '*' FROM reference;
DROP TABLE reference;
ALTER TABLE reference_all RENAME TO reference;

CREATE TABLE reference_before (
  delivery INTEGER NOT NULL REFERENCES delivery (id),
  definition INTEGER NOT NULL,
  place TEXT NOT NULL,
  source TEXT NOT NULL,
  scope TEXT NOT NULL,
  day TEXT NOT NULL,
  age_low INTEGER NOT NULL,
  age_high INTEGER NOT NULL,
  total REAL NOT NULL,
  members REAL NOT NULL,
  relative_error REAL NOT NULL,
  sex TEXT NOT NULL,
  education TEXT NOT NULL,
  PRIMARY KEY (delivery, definition, place, source, scope, day, sex, education, age_low, age_high)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 6;

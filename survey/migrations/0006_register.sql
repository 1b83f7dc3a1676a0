-- Deliveries of the personnel office's tables beside the workforce cube. Nothing is overwritten: of two deliveries of one kind
-- and period the later one counts, unless it was undone. period "+": rows that nothing replaces.
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE TABLE register (
  delivery INTEGER NOT NULL REFERENCES delivery (id),
  position INTEGER NOT NULL,
  period TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (delivery, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_period ON register (period, delivery);

PRAGMA user_version = 6;

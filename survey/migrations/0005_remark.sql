-- What the administration writes into a report beside the figures. before: the text it replaced, for one step back.
CREATE TABLE remark (
  wave INTEGER NOT NULL REFERENCES wave (id),
  place TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  before TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (wave, place, language)
) STRICT, WITHOUT ROWID;

-- written: the day from which the texts of the report no longer change; '' before.
ALTER TABLE wave ADD COLUMN written TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 5;

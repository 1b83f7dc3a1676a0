-- Day on which ballots, keys and codes of the wave were deleted; '' before. What was counted stays.
ALTER TABLE wave ADD COLUMN erased TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 3;

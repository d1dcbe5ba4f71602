-- The order of a host's list: talks that run, then those that are to come at a time, the next one first, then those to come
-- some day, then those that are over; but for the second, the latest first. Computed from what stands in the row, so that
-- nothing can forget it; kept in the index alone.

ALTER TABLE talks ADD COLUMN list_group INTEGER GENERATED ALWAYS AS (
  iif(started_at IS NULL, iif(starts_at IS NULL, 2, 1), iif(ended_at IS NULL, 0, 3))) VIRTUAL;
ALTER TABLE talks ADD COLUMN list_place INTEGER GENERATED ALWAYS AS (
  iif(started_at IS NULL AND starts_at IS NOT NULL, starts_at, -listed_at)) VIRTUAL;
DROP INDEX talks_by_account;
CREATE INDEX talks_by_account ON talks (account, list_group, list_place, id);

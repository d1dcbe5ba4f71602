-- Since when a new token of the talk may not be known to the root of its session; empty when it is. Whoever died in between
-- is finished by the clock, in turns.
ALTER TABLE talks ADD COLUMN untold_at INTEGER;
ALTER TABLE talks ADD COLUMN tell_at INTEGER; -- before that it has no turn
CREATE INDEX talks_untold ON talks (tell_at) WHERE untold_at IS NOT NULL AND deleting_at IS NULL;

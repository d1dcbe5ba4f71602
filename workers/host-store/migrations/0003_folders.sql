-- Where a deck's objects stand in R2, below its own prefix: a name that nobody can guess, and that no answer says. It is
-- empty for decks of before.
ALTER TABLE decks ADD COLUMN folder TEXT NOT NULL DEFAULT '';

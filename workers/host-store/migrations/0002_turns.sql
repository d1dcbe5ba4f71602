-- Whose turn it is: what can't be done now waits, and keeps nothing else waiting. Times are milliseconds since 1970.

-- What is being erased: before that it has no turn; 0 is at once.
ALTER TABLE accounts ADD COLUMN erase_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX accounts_erasing ON accounts (erase_at) WHERE deleting_at IS NOT NULL;
ALTER TABLE talks ADD COLUMN erase_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX talks_erasing ON talks (erase_at, id) WHERE deleting_at IS NOT NULL;
ALTER TABLE decks ADD COLUMN erase_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX decks_erasing ON decks (erase_at) WHERE status = 'deleting';

-- Since when somebody opens the talk's session, until it is noted that they have: whoever died in between is finished.
ALTER TABLE talks ADD COLUMN opening_at INTEGER;
CREATE INDEX talks_opening ON talks (due_at) WHERE opening_at IS NOT NULL;

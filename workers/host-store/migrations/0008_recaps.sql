-- How often a language model was asked to write for an account (account/recap-budget.ts): `recaps` times in the day that
-- ends at `recaps_until`.

ALTER TABLE accounts ADD COLUMN recaps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN recaps_until INTEGER NOT NULL DEFAULT 0;

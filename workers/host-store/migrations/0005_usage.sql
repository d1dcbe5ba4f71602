-- How much an account uses, counted in the same batch as what changes it (account/usage.ts): no list of accounts, and no
-- limit, reads all that it counts. No triggers: `wrangler d1 migrations apply` can't send all of them (workers-sdk #15178).

ALTER TABLE accounts ADD COLUMN talks INTEGER NOT NULL DEFAULT 0;      -- rows of talks, those being erased included
ALTER TABLE accounts ADD COLUMN decks INTEGER NOT NULL DEFAULT 0;      -- rows of decks, likewise
ALTER TABLE accounts ADD COLUMN deck_bytes INTEGER NOT NULL DEFAULT 0; -- file_bytes and picture_bytes of all of them

UPDATE accounts SET
  talks = (SELECT count(*) FROM talks WHERE talks.account = accounts.id),
  decks = (SELECT count(*) FROM decks WHERE decks.account = accounts.id),
  deck_bytes = (SELECT coalesce(sum(file_bytes + picture_bytes), 0) FROM decks WHERE decks.account = accounts.id);

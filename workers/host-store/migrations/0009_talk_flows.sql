-- Flows saved with a talk: its session has them from its beginning.
CREATE TABLE talk_flows (
  talk TEXT NOT NULL,
  id TEXT NOT NULL,
  flow TEXT NOT NULL,              -- JSON: what its host wrote
  signing_secret TEXT,             -- signs its webhooks: it has to be readable for that
  hook_hash TEXT,                  -- SHA-256 of its hook's secret, which stands nowhere but in the hook's address
  created_at INTEGER NOT NULL,     -- a session that began before does without it
  PRIMARY KEY (talk, id)
) STRICT;

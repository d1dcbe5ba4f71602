-- Everything that is known of hosts. Times are milliseconds since 1970, ids are 128 random bits in base64url.
-- Every list that a page shows is one index away; nothing is ever listed by a scan (see plans.test.ts).

CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL,             -- as it was typed
  email_key TEXT NOT NULL UNIQUE,  -- as it is compared: NFKC, without case
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('host', 'admin')),
  password TEXT,                   -- scrypt$N$r$p$salt$hash; NULL: passkeys alone
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  deleting_at INTEGER              -- since when it is being erased: nobody signs in to it any more
) STRICT;
CREATE INDEX accounts_by_age ON accounts (created_at DESC, id DESC);
CREATE INDEX accounts_admins ON accounts (role) WHERE role = 'admin' AND deleting_at IS NULL;
CREATE INDEX accounts_deleting ON accounts (deleting_at) WHERE deleting_at IS NOT NULL;

CREATE TABLE passkeys (
  id TEXT PRIMARY KEY,             -- the credential's id, base64url
  account TEXT NOT NULL,
  public_key BLOB NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL,        -- a JSON array
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
CREATE INDEX passkeys_by_account ON passkeys (account, created_at);

-- What a browser is asked to sign: good once, and for minutes.
CREATE TABLE challenges (
  challenge TEXT PRIMARY KEY,
  purpose TEXT NOT NULL,           -- JSON: what it was made for
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX challenges_by_end ON challenges (expires_at);

-- A browser that is signed in. Its token stands nowhere but in its cookie.
CREATE TABLE sign_ins (
  token_hash TEXT PRIMARY KEY,     -- SHA-256, base64url
  id TEXT NOT NULL UNIQUE,         -- what lists call it
  account TEXT NOT NULL,
  browser TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_ins_by_account ON sign_ins (account, created_at DESC);
CREATE INDEX sign_ins_by_end ON sign_ins (expires_at);

-- One-time links: invitations and recoveries. The link's secret stands nowhere but in the link.
CREATE TABLE links (
  secret_hash TEXT PRIMARY KEY,    -- SHA-256, base64url
  kind TEXT NOT NULL CHECK (kind IN ('invitation', 'recovery')),
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('host', 'admin')),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX links_by_email ON links (email_key, kind);
CREATE INDEX links_by_end ON links (expires_at);

-- Wrong sign-ins of one address at one account: no other address has to wait for them.
CREATE TABLE attempts (
  key TEXT PRIMARY KEY,            -- SHA-256 of the email as it is compared, and the address
  failures INTEGER NOT NULL,
  next_at INTEGER NOT NULL,        -- before that none is looked at
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attempts_by_end ON attempts (expires_at);

-- What happened at an account's doors, for its host to read.
CREATE TABLE sign_in_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  browser TEXT NOT NULL,
  address TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_log_by_account ON sign_in_log (account, id DESC);
CREATE INDEX sign_in_log_by_age ON sign_in_log (at);

CREATE TABLE talks (
  id TEXT PRIMARY KEY,             -- `talk` of its tokens
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  date TEXT NOT NULL,
  starts_at INTEGER,
  deck TEXT,
  session_hash TEXT NOT NULL UNIQUE,
  token_id TEXT NOT NULL,          -- `id` of the tokens that are good
  token_number INTEGER NOT NULL DEFAULT 1, -- grows with every new one: of two that meet, the later one is right
  listed_at INTEGER NOT NULL,      -- when it starts, or else when it was made: the order of the list
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  looked_at INTEGER,               -- when its session was last asked how it stands
  due_at INTEGER,                  -- when it is to be asked again
  summary TEXT,                    -- JSON: what was known of its session then
  deleting_at INTEGER              -- since when it is being erased: nobody sees it any more, and its tokens are worth nothing
) STRICT;
CREATE INDEX talks_by_account ON talks (account, listed_at DESC, id DESC);
CREATE INDEX talks_running ON talks (due_at) WHERE started_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX talks_deleting ON talks (deleting_at) WHERE deleting_at IS NOT NULL;
CREATE INDEX talks_by_deck ON talks (deck) WHERE deck IS NOT NULL;

-- Activities saved with a talk: definitions, and no answers.
CREATE TABLE talk_activities (
  talk TEXT PRIMARY KEY,
  definitions TEXT NOT NULL        -- a JSON array, 256 KB at most
) STRICT;

CREATE TABLE decks (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('markdown', 'pdf')),
  status TEXT NOT NULL CHECK (status IN ('uploading', 'ready', 'deleting')),
  pages INTEGER,                   -- of a PDF, as its browser counted them; of Markdown, once it is ready
  file_bytes INTEGER NOT NULL,     -- as announced; the store takes neither more nor less
  picture_bytes INTEGER NOT NULL,  -- of all rows in deck_files
  upload TEXT,                     -- R2's name of the upload that is on its way
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX decks_by_account ON decks (account, created_at DESC, id DESC);
CREATE INDEX decks_unfinished ON decks (status, created_at) WHERE status <> 'ready';

-- Parts of an upload that R2 has.
CREATE TABLE deck_parts (
  deck TEXT NOT NULL,
  number INTEGER NOT NULL,
  etag TEXT NOT NULL,
  PRIMARY KEY (deck, number)
) STRICT;

-- Pictures that a Markdown deck brings along.
CREATE TABLE deck_files (
  deck TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,              -- by its content, never by its name
  bytes INTEGER NOT NULL,
  PRIMARY KEY (deck, name)
) STRICT;

-- Who hosted which session, with an account or without one.
CREATE TABLE hosted (
  session TEXT NOT NULL,
  participant TEXT NOT NULL,
  since INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (session, participant)
) STRICT;
CREATE INDEX hosted_by_end ON hosted (expires_at);

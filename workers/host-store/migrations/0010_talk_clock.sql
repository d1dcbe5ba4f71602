-- Sessions that open by themselves, so many minutes before their talks start.
ALTER TABLE talks ADD COLUMN opens_before INTEGER; -- NULL: the host opens it
ALTER TABLE talks ADD COLUMN origin TEXT;          -- where its host uses revint: the session is opened for that address
ALTER TABLE talks ADD COLUMN open_at INTEGER;      -- when the clock opens it, or tries again; NULL: never
CREATE INDEX talks_to_open ON talks (open_at) WHERE open_at IS NOT NULL AND started_at IS NULL AND deleting_at IS NULL;

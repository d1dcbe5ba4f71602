-- SHA-256 of a PDF in hex, as the browser that began its upload has computed it: another file of the same size and title is
-- not gone on with. NULL where that browser could not, and where the upload is older.
ALTER TABLE decks ADD COLUMN digest TEXT;

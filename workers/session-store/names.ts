/** What different spellings of one name have in common: how it is written, and what nobody sees, makes no other one. */
export const foldName = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS names (   -- what people want to be called
    participant TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE
  ) WITHOUT ROWID;`;

/** The names that people have given themselves, each once in a session. Kept by the root alone. */
export class Names {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** @returns false where somebody else is called so already */
  set(participant: string, name: string): boolean {
    this.#sql.exec(SCHEMA);
    const folded = foldName(name);
    const [owner] = this.#sql
      .exec<{ participant: string }>("SELECT participant FROM names WHERE folded = ?", folded)
      .toArray();
    if (owner && owner.participant !== participant) return false;
    this.#sql.exec("INSERT OR REPLACE INTO names VALUES (?, ?, ?)", participant, name, folded);
    return true;
  }

  /** The names of those of them who have one. */
  find(participants: readonly string[]): Map<string, string> {
    if (participants.length === 0 || !this.#isThere) return new Map();
    const rows = this.#sql.exec<{ participant: string; name: string }>(
      "SELECT participant, name FROM names WHERE participant IN (SELECT value FROM json_each(?))",
      JSON.stringify(participants),
    );
    return new Map(Array.from(rows, ({ participant, name }) => [participant, name]));
  }

  delete(participant: string): void {
    if (this.#isThere) this.#sql.exec("DELETE FROM names WHERE participant = ?", participant);
  }

  /** Nobody is called anything any more. */
  clear(): void {
    if (this.#isThere) this.#sql.exec("DELETE FROM names");
  }

  /** Asking a session that has no names writes nothing. */
  get #isThere(): boolean {
    return this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'names'").toArray().length > 0;
  }
}

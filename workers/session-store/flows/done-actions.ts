const SCHEMA = `
  CREATE TABLE IF NOT EXISTS actions (  -- what flows have had done
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
  );`;

/** So many are remembered: whoever sends one again does so soon, and one after the other. */
const KEPT = 2000;

/** The ids of what flows have had done, so that each is done once. A restart forgets them. */
export class DoneActions {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  has(id: string): boolean {
    this.#sql.exec(SCHEMA);
    return this.#sql.exec("SELECT 1 FROM actions WHERE id = ?", id).toArray().length > 0;
  }

  /** In the turn in which it is done. */
  add(id: string): void {
    this.#sql.exec(SCHEMA);
    this.#sql.exec("INSERT OR IGNORE INTO actions (id) VALUES (?)", id);
    this.#sql.exec("DELETE FROM actions WHERE number <= (SELECT max(number) FROM actions) - ?", KEPT);
  }

  startOver(): void {
    this.#sql.exec("DROP TABLE IF EXISTS actions");
  }
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS told (     -- what events have said last
    topic TEXT PRIMARY KEY,
    numbers TEXT NOT NULL               -- JSON, by key: {"👏":31}
  ) WITHOUT ROWID;`;

export type Numbers = Readonly<Record<string, number>>;

/**
 * What the events of a watched session have said last, by topic: so that a room that has just woken, and learns how
 * everything stands, makes events of what has changed and of nothing else.
 */
export class ToldNumbers {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Before anything else. */
  create(): void {
    this.#sql.exec(SCHEMA);
  }

  /** Undefined where nothing was said of it. */
  read(topic: string): Numbers | undefined {
    const [row] = this.#sql
      .exec<{ numbers: string }>("SELECT numbers FROM told WHERE topic = ?", topic)
      .toArray();
    return row && JSON.parse(row.numbers);
  }

  listTopics(): string[] {
    return Array.from(this.#sql.exec<{ topic: string }>("SELECT topic FROM told"), ({ topic }) => topic);
  }

  keep(topic: string, numbers: Numbers): void {
    this.#sql.exec("INSERT OR REPLACE INTO told VALUES (?, ?)", topic, JSON.stringify(numbers));
  }

  delete(topic: string): void {
    this.#sql.exec("DELETE FROM told WHERE topic = ?", topic);
  }

  erase(): void {
    this.#sql.exec("DROP TABLE IF EXISTS told");
  }
}

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
  /** What was read or kept in this life: it is compared with every turn of the counts. */
  readonly #known = new Map<string, Numbers | undefined>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Before anything else. */
  create(): void {
    this.#known.clear();
    this.#sql.exec(SCHEMA);
  }

  /** Undefined where nothing was said of it. */
  read(topic: string): Numbers | undefined {
    if (!this.#known.has(topic)) this.#known.set(topic, this.#readRow(topic));
    return this.#known.get(topic);
  }

  listTopics(): string[] {
    return Array.from(this.#sql.exec<{ topic: string }>("SELECT topic FROM told"), ({ topic }) => topic);
  }

  keep(topic: string, numbers: Numbers): void {
    this.#sql.exec("INSERT OR REPLACE INTO told VALUES (?, ?)", topic, JSON.stringify(numbers));
    this.#known.set(topic, numbers);
  }

  /** A change was taken back. */
  forgetCache(): void {
    this.#known.clear();
  }

  delete(topic: string): void {
    this.#sql.exec("DELETE FROM told WHERE topic = ?", topic);
    this.#known.delete(topic);
  }

  erase(): void {
    this.#known.clear();
    this.#sql.exec("DROP TABLE IF EXISTS told");
  }

  #readRow(topic: string): Numbers | undefined {
    const [row] = this.#sql
      .exec<{ numbers: string }>("SELECT numbers FROM told WHERE topic = ?", topic)
      .toArray();
    return row && JSON.parse(row.numbers);
  }
}

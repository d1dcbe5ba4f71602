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
  /** What was read or told in this life: it is compared with every turn of the counts. */
  readonly #known = new Map<string, Numbers | undefined>();
  readonly #unsaved = new Map<string, Numbers>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Before anything else. */
  create(): void {
    this.#forget();
    this.#sql.exec(SCHEMA);
  }

  /** Undefined where nothing was said of it. */
  read(topic: string): Numbers | undefined {
    if (!this.#known.has(topic)) this.#known.set(topic, this.#readRow(topic));
    return this.#known.get(topic);
  }

  listTopics(): string[] {
    const saved = this.#sql.exec<{ topic: string }>("SELECT topic FROM told").toArray();
    return [...new Set([...saved.map(({ topic }) => topic), ...this.#unsaved.keys()])];
  }

  tell(topic: string, numbers: Numbers): void {
    this.#known.set(topic, numbers);
    this.#unsaved.set(topic, numbers);
  }

  /** Within a transaction; once that is over, they are `saved`. */
  save(): void {
    for (const [topic, numbers] of this.#unsaved)
      this.#sql.exec("INSERT OR REPLACE INTO told VALUES (?, ?)", topic, JSON.stringify(numbers));
  }

  saved(): void {
    this.#unsaved.clear();
  }

  delete(topic: string): void {
    this.#sql.exec("DELETE FROM told WHERE topic = ?", topic);
    this.#known.delete(topic);
    this.#unsaved.delete(topic);
  }

  erase(): void {
    this.#forget();
    this.#sql.exec("DROP TABLE IF EXISTS told");
  }

  #forget(): void {
    this.#known.clear();
    this.#unsaved.clear();
  }

  #readRow(topic: string): Numbers | undefined {
    const [row] = this.#sql
      .exec<{ numbers: string }>("SELECT numbers FROM told WHERE topic = ?", topic)
      .toArray();
    return row && JSON.parse(row.numbers);
  }
}

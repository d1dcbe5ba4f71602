import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { SyncStorage } from "./sync-storage.ts";

/** Keeps copies, as the real one does: what is changed after it was put, or read, changes nothing in here. */
export class MemoryKv implements SyncStorage {
  readonly #values = new Map<string, unknown>();

  get<T>(key: string): T | undefined {
    return structuredClone(this.#values.get(key)) as T | undefined;
  }

  put<T>(key: string, value: T): void {
    this.#values.set(key, structuredClone(value));
  }

  delete(key: string): void {
    this.#values.delete(key);
  }

  /** Everything, as somebody who opens the storage finds it. */
  toJSON(): Record<string, unknown> {
    return structuredClone(Object.fromEntries(this.#values));
  }

  clear(): void {
    this.#values.clear();
  }
}

/** SQL as far as the parts use it: a query with its values, and its rows, at once. */
export class MemorySql {
  #database = new DatabaseSync(":memory:");
  readonly #statements = new Map<string, StatementSync>();

  exec(query: string, ...values: SQLInputValue[]) {
    const rows = this.#run(query, values);
    return {
      toArray: () => rows,
      one: () => {
        const [row] = rows;
        if (!row || rows.length > 1) throw new Error(`${rows.length} rows are not one`);
        return row;
      },
      [Symbol.iterator]: () => rows[Symbol.iterator](),
    };
  }

  /** All of it or nothing. */
  transaction<T>(work: () => T): T {
    this.#database.exec("BEGIN");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  clear(): void {
    this.#statements.clear();
    this.#database.close();
    this.#database = new DatabaseSync(":memory:");
  }

  #run(query: string, values: SQLInputValue[]): Record<string, unknown>[] {
    // A schema is several statements, and they have neither values nor rows.
    if (values.length === 0 && !query.startsWith("SELECT")) {
      this.#database.exec(query);
      return [];
    }
    let statement = this.#statements.get(query);
    if (!statement) {
      statement = this.#database.prepare(query);
      this.#statements.set(query, statement);
    }
    return statement.all(...values).map((row) => ({ ...row }));
  }
}

/** A timer that waits for longer goes off at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** What one object keeps, and its one alarm. It outlives the object: the next life is built over the same storage. */
export class MemoryStorage {
  readonly kv = new MemoryKv();
  readonly #sql = new MemorySql();
  /** When the alarm goes off, in milliseconds since 1970. */
  alarm: number | undefined;
  /** Left out, the alarm is only noted. */
  onAlarm: (() => void) | undefined;

  get sql(): SqlStorage {
    return asSql(this.#sql);
  }

  async setAlarm(at: number): Promise<void> {
    this.alarm = at;
    const ring = this.onAlarm;
    const wait = Math.max(0, at - Date.now());
    if (!ring || wait > LONGEST_MS) return;
    setTimeout(() => {
      if (this.alarm !== at) return; // it was set anew since
      this.alarm = undefined;
      ring();
    }, wait);
  }

  async deleteAlarm(): Promise<void> {
    this.alarm = undefined;
  }

  async deleteAll(): Promise<void> {
    this.kv.clear();
    this.#sql.clear();
  }

  transactionSync<T>(work: () => T): T {
    return this.#sql.transaction(work);
  }
}

export const createSql = (): SqlStorage => asSql(new MemorySql());

/** The runtime's own type asks for more than any part uses. */
const asSql = (sql: MemorySql) => sql as unknown as SqlStorage;

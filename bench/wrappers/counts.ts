/** What Cloudflare would bill, since the start of this isolate. */
export interface Counts {
  /** Calls of a Durable Object by method; pipe messages stand apart, they count 20:1. */
  readonly calls: Record<string, number>;
  messages: number;
  alarms: number;
  rowsRead: number;
  rowsWritten: number;
}

interface Cursor {
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

/** The parts of an object's storage that read or write rows. */
interface Storage {
  readonly sql: { exec(query: string, ...values: unknown[]): Cursor };
  readonly kv: {
    get(key: string): unknown;
    put(key: string, value: unknown): void;
    delete(key: string): boolean;
  };
  setAlarm(time: number): Promise<void>;
}

type Method = (this: object, ...args: unknown[]) => unknown;

const EVENTS = new Set(["webSocketMessage", "webSocketClose", "webSocketError", "alarm"]);
/** A read is complete long before so many more have begun. */
const CURSORS_KEPT = 256;

/** Counts what the Durable Objects of one Worker do, from outside: their code stays as it is deployed. */
export class Counter {
  readonly #counts: Counts = { calls: {}, messages: 0, alarms: 0, rowsRead: 0, rowsWritten: 0 };
  #cursors: Cursor[] = [];
  /** Calls that have begun and not yet given way. */
  #depth = 0;

  /** Counts from now on what this storage reads and writes. */
  watch(storage: Storage): void {
    const { sql, kv } = storage;
    const exec = sql.exec.bind(sql);
    sql.exec = (query, ...values) => {
      const cursor = exec(query, ...values);
      if (this.#cursors.push(cursor) > CURSORS_KEPT) this.#fold();
      return cursor;
    };
    const [get, put, remove] = [kv.get.bind(kv), kv.put.bind(kv), kv.delete.bind(kv)];
    kv.get = (key) => {
      this.#counts.rowsRead++;
      return get(key);
    };
    kv.put = (key, value) => {
      this.#counts.rowsWritten++;
      put(key, value);
    };
    kv.delete = (key) => {
      this.#counts.rowsWritten++;
      return remove(key);
    };
    const setAlarm = storage.setAlarm.bind(storage);
    storage.setAlarm = (time) => {
      this.#counts.rowsWritten++;
      return setAlarm(time);
    };
  }

  /** Counts every call of a method that `from` has and others can reach; `to` is its subclass. */
  countCalls(to: object, from: object): void {
    for (const name of Object.getOwnPropertyNames(from)) {
      const method: unknown = Object.getOwnPropertyDescriptor(from, name)?.value;
      if (name === "constructor" || typeof method !== "function") continue;
      const enter = () => this.#enter(name);
      const leave = () => this.#depth--;
      const counted: Method = function counted(...args) {
        enter();
        try {
          return Reflect.apply(method, this, args);
        } finally {
          leave();
        }
      };
      Object.defineProperty(to, name, { value: counted });
    }
  }

  read(): Counts {
    this.#fold();
    return this.#counts;
  }

  /** What one method of an object calls of its own is no request. */
  #enter(name: string): void {
    if (this.#depth++ > 0) return;
    if (name === "webSocketMessage") this.#counts.messages++;
    else if (name === "alarm") this.#counts.alarms++;
    else if (!EVENTS.has(name)) this.#counts.calls[name] = (this.#counts.calls[name] ?? 0) + 1;
  }

  #fold(): void {
    for (const { rowsRead, rowsWritten } of this.#cursors) {
      this.#counts.rowsRead += rowsRead;
      this.#counts.rowsWritten += rowsWritten;
    }
    this.#cursors = [];
  }
}

import { createHmac, randomBytes } from "node:crypto";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS pseudonyms (
    hash TEXT PRIMARY KEY,        -- of a forgotten participant's name, under the key
    number INTEGER NOT NULL       -- what stands for them in batches
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS pseudonym_key (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    key TEXT                      -- 32 random bytes; NULL: sealed, from here on nothing stands for a name
  );`;

const KEY_BYTES = 32;

/** A name's stand-in, as it was written. */
export interface Pseudonym {
  readonly key: string;
  readonly hash: string;
  readonly number: number;
}

/**
 * What is left of the names that a ledger has forgotten while its session runs: a hash of each, under a
 * key that only this ledger has. It finds the number of whoever comes with the name, so that an id sent
 * again still counts once and a moderator can still take the reactions out of the counts; nobody can
 * read a name out of it. Key and hashes go when the session ends (`seal`).
 *
 * `write…` only writes, inside the caller's transaction; once that is through, `take…` changes what is
 * in memory.
 */
export class Pseudonyms {
  readonly #sql: SqlStorage;
  readonly #numbers = new Map<string, number>();
  /** Made when it is first needed; null once sealed. */
  #key: string | null | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Reads what an earlier life has written; the tables are there only if it has. */
  load(): void {
    this.#numbers.clear();
    const tables = this.#sql.exec("SELECT name FROM sqlite_master WHERE name = 'pseudonym_key'");
    if (tables.toArray().length === 0) return;
    const [kept] = this.#sql.exec<{ key: string | null }>("SELECT key FROM pseudonym_key").toArray();
    this.#key = kept?.key;
    const rows = this.#sql.exec<{ hash: string; number: number }>("SELECT hash, number FROM pseudonyms");
    for (const { hash, number } of rows) this.#numbers.set(hash, number);
  }

  /** The number of a forgotten participant. */
  find(participant: string): number | undefined {
    if (!this.#key || this.#numbers.size === 0) return undefined;
    return this.#numbers.get(hashName(this.#key, participant));
  }

  get isSealed(): boolean {
    return this.#key === null;
  }

  /** @returns undefined when sealed: then a name goes, and nothing stands for it */
  write(participant: string, number: number): Pseudonym | undefined {
    if (this.#key === null) return undefined;
    const key = this.#key ?? randomBytes(KEY_BYTES).toString("base64url");
    if (!this.#key) {
      this.#sql.exec(SCHEMA);
      this.#sql.exec("INSERT INTO pseudonym_key VALUES (1, ?)", key);
    }
    const hash = hashName(key, participant);
    this.#sql.exec("INSERT OR REPLACE INTO pseudonyms VALUES (?, ?)", hash, number);
    return { key, hash, number };
  }

  take({ key, hash, number }: Pseudonym): void {
    this.#key = key;
    this.#numbers.set(hash, number);
  }

  writeSeal(): void {
    this.#sql.exec(SCHEMA);
    this.#sql.exec("DELETE FROM pseudonyms");
    this.#sql.exec("INSERT OR REPLACE INTO pseudonym_key VALUES (1, NULL)");
  }

  takeSeal(): void {
    this.#key = null;
    this.#numbers.clear();
  }

  /** For a session that begins anew: no key, no hashes, no seal. */
  writeNothing(): void {
    if (this.#key === undefined) return;
    this.#sql.exec("DELETE FROM pseudonyms");
    this.#sql.exec("DELETE FROM pseudonym_key");
  }

  takeNothing(): void {
    this.#key = undefined;
    this.#numbers.clear();
  }
}

const hashName = (key: string, participant: string) =>
  createHmac("sha256", key).update(participant).digest("base64url");

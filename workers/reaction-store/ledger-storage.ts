import * as z from "zod";
import { getPageTopic } from "../../shared/interactions/reaction/topic.ts";
import { Pages } from "../../shared/protocol/totals.schema.ts";
import type { EntryKind } from "../lib/ledger.ts";
import type { BatchDraft, KeptEntry } from "./batch-draft.ts";
import type { TopicSum } from "./ledger-counts.ts";

const SCHEMA = `
  CREATE TABLE batches (
    seq INTEGER PRIMARY KEY,      -- when it was kept, in ms since 1970; unique and growing
    kinds TEXT NOT NULL,          -- JSON [[topic, key, mode], …]
    reactions TEXT NOT NULL       -- JSON [[participant number, index into kinds, id], …]
  );
  CREATE TABLE participants (     -- delete a row and nobody can tell whose the number was
    participant TEXT PRIMARY KEY,
    number INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE uncounted (        -- numbers whose entries are kept but not in the totals
    number INTEGER PRIMARY KEY
  );
  CREATE TABLE checkpoint (       -- one row: topics holds what the batches up to seq add up to
    id INTEGER PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    next_number INTEGER NOT NULL
  );`;

const TOPICS_SCHEMA = `
  CREATE TABLE topics (
    topic TEXT PRIMARY KEY,
    counts TEXT NOT NULL,         -- JSON { key: count }
    standing TEXT NOT NULL        -- JSON { key: [participant number, …] }: who has it standing, counted or not
  ) WITHOUT ROWID;`;

/** Made with the first time that is closed: a ledger may be older than the table. */
const CLOSED_SCHEMA = `
  CREATE TABLE IF NOT EXISTS closed (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    before INTEGER NOT NULL       -- nothing more is kept with a time before this one, in ms since 1970
  );`;

/** Without a mode it is a page and a reaction, of a ledger that is older than topics. */
const BatchKinds = z.array(z.tuple([z.string(), z.string(), z.enum(["add", "replace", "once"]).optional()]));
const BatchEntries = z.array(z.tuple([z.number(), z.number(), z.string()]));
const Counts = z.record(z.string(), z.number());
const Standing = z.record(z.string(), z.array(z.number()));

interface BatchRow extends Record<string, SqlStorageValue> {
  seq: number;
  kinds: string;
  reactions: string;
}

/** A batch as it was kept. */
export interface KeptBatch {
  readonly seq: number;
  readonly kinds: readonly EntryKind[];
  readonly entries: readonly KeptEntry[];
}

/** What the ledger was when the last checkpoint was written. */
export interface Checkpoint {
  readonly epoch: number;
  readonly seq: number;
  readonly nextNumber: number;
}

/** What a start reads, except for the batches. */
export interface StoredLedger extends Checkpoint {
  readonly topics: readonly [topic: string, sum: TopicSum][];
  readonly participants: ReadonlyMap<string, number>;
  readonly excluded: readonly number[];
  /** No batch gets a time before this one. */
  readonly notBefore: number;
}

/** All SQL of a ledger, and how its rows are written and read; the pseudonyms have tables of their own. */
export class LedgerStorage {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
  }

  /** Runs `write` whole or not at all. It can't wait for anything, so that nothing comes in between. */
  transaction<T>(write: () => T extends PromiseLike<unknown> ? never : T): T {
    return this.#storage.transactionSync<T>(write);
  }

  /** @returns undefined when nothing was ever written */
  load(): StoredLedger | undefined {
    const tables = new Set<string>();
    for (const { name } of this.#sql.exec<{ name: string }>("SELECT name FROM sqlite_master")) {
      tables.add(name);
    }
    if (!tables.has("checkpoint")) return undefined;
    if (!tables.has("topics")) this.transaction(() => this.#divideCheckpoint());
    const { epoch, seq, next_number } = this.#sql
      .exec<{ epoch: number; seq: number; next_number: number }>("SELECT * FROM checkpoint")
      .one();
    const people = this.#sql.exec<{ participant: string; number: number }>("SELECT * FROM participants");
    const excluded = this.#sql.exec<{ number: number }>("SELECT * FROM uncounted");
    return {
      epoch,
      seq,
      nextNumber: next_number,
      topics: [...this.#readTopics()],
      participants: new Map(Array.from(people, ({ participant, number }) => [participant, number])),
      excluded: Array.from(excluded, ({ number }) => number),
      notBefore: tables.has("closed")
        ? this.#sql.exec<{ before: number }>("SELECT before FROM closed").one().before
        : 0,
    };
  }

  /** Leaves nothing but the epoch. */
  writeBegin({ epoch, seq }: Pick<Checkpoint, "epoch" | "seq">, isFirst: boolean): void {
    if (isFirst) {
      this.#sql.exec(SCHEMA);
      this.#sql.exec(TOPICS_SCHEMA);
    }
    this.#sql.exec("DELETE FROM batches");
    this.#sql.exec("DELETE FROM participants");
    this.#sql.exec("DELETE FROM uncounted");
    this.#sql.exec("DELETE FROM topics");
    this.#sql.exec("INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, 1)", epoch, seq);
  }

  /** Writes what is new of a batch: one row, and one for each newcomer. */
  writeBatch(seq: number, { kinds, entries, numbers }: BatchDraft): void {
    const write = () => {
      for (const [participant, number] of numbers) {
        this.#sql.exec("INSERT INTO participants VALUES (?, ?)", participant, number);
      }
      this.#sql.exec(
        "INSERT INTO batches VALUES (?, ?, ?)",
        seq,
        JSON.stringify(kinds.map(({ topic, key, mode }) => [topic, key, mode])),
        JSON.stringify(entries),
      );
    };
    // One statement is whole by itself.
    if (numbers.size === 0) write();
    else this.transaction(write);
  }

  readBatch(seq: number): KeptBatch | undefined {
    const [row] = this.#sql.exec<BatchRow>("SELECT * FROM batches WHERE seq = ?", seq).toArray();
    return row && decodeBatch(row);
  }

  /** What was kept from one time on, until before another, in its order. */
  *readBatches(since = 0, until = Number.MAX_SAFE_INTEGER): Generator<KeptBatch> {
    const range = "SELECT * FROM batches WHERE seq >= ? AND seq < ? ORDER BY seq";
    for (const row of this.#sql.exec<BatchRow>(range, since, until)) yield decodeBatch(row);
  }

  /** @param topics those that have changed since the last one; undefined: nothing is left of it */
  writeCheckpoint(
    { epoch, seq, nextNumber }: Checkpoint,
    topics: Iterable<readonly [topic: string, sum: TopicSum | undefined]>,
  ): void {
    this.#sql.exec("INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?)", epoch, seq, nextNumber);
    for (const [topic, sum] of topics) this.#writeTopic(topic, sum);
  }

  writeExcluded(number: number, isExcluded: boolean): void {
    if (isExcluded) this.#sql.exec("INSERT INTO uncounted VALUES (?)", number);
    else this.#sql.exec("DELETE FROM uncounted WHERE number = ?", number);
  }

  deleteParticipant(participant: string): void {
    this.#sql.exec("DELETE FROM participants WHERE participant = ?", participant);
  }

  writeClosed(before: number): void {
    this.transaction(() => {
      this.#sql.exec(CLOSED_SCHEMA);
      this.#sql.exec("INSERT OR REPLACE INTO closed VALUES (1, ?)", before);
    });
  }

  async erase(): Promise<void> {
    await this.#storage.deleteAll();
  }

  *#readTopics(): Generator<[topic: string, sum: TopicSum]> {
    const rows = this.#sql.exec<{ topic: string; counts: string; standing: string }>("SELECT * FROM topics");
    for (const { topic, counts, standing } of rows) {
      yield [
        topic,
        { counts: Counts.parse(JSON.parse(counts)), standing: Standing.parse(JSON.parse(standing)) },
      ];
    }
  }

  #writeTopic(topic: string, sum: TopicSum | undefined): void {
    if (!sum) {
      this.#sql.exec("DELETE FROM topics WHERE topic = ?", topic);
      return;
    }
    const [counts, standing] = [JSON.stringify(sum.counts), JSON.stringify(sum.standing)];
    this.#sql.exec("INSERT OR REPLACE INTO topics VALUES (?, ?, ?)", topic, counts, standing);
  }

  /** A ledger that is older than topics has all its counts in the checkpoint, by page. Its batches stay as they are. */
  #divideCheckpoint(): void {
    const { pages } = this.#sql.exec<{ pages: string }>("SELECT pages FROM checkpoint").one();
    this.#sql.exec(TOPICS_SCHEMA);
    for (const [page, counts] of Object.entries(Pages.parse(JSON.parse(pages)))) {
      this.#writeTopic(getPageTopic(page), { counts, standing: {} });
    }
    this.#sql.exec("ALTER TABLE checkpoint DROP COLUMN pages");
  }
}

const decodeBatch = ({ seq, kinds, reactions }: BatchRow): KeptBatch => ({
  seq,
  kinds: BatchKinds.parse(JSON.parse(kinds)).map(([topic, key, mode]) =>
    mode === undefined ? { topic: getPageTopic(topic), key, mode: "add" } : { topic, key, mode },
  ),
  entries: BatchEntries.parse(JSON.parse(reactions)),
});

import * as z from "zod";
import { getPageTopic } from "../../shared/interactions/reaction/topic.ts";
import { TAKEN_BACK } from "../../shared/interactions/topic.ts";
import { Pages } from "../../shared/protocol/totals.schema.ts";
import type { EntryKind } from "../lib/ledger.ts";
import type { BatchDraft, KeptEntry } from "./batch-draft.ts";
import { type KeptCounts, LedgerCounts } from "./ledger-counts.ts";
import type { StandingChunk } from "./standing-entries.ts";

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
    next_number INTEGER NOT NULL,
    entries INTEGER NOT NULL      -- how many were kept up to there
  );`;

const TOPICS_SCHEMA = `
  CREATE TABLE topics (
    topic TEXT PRIMARY KEY,
    counts TEXT NOT NULL          -- JSON { key: count }
  ) WITHOUT ROWID;`;

const STANDING_SCHEMA = `
  CREATE TABLE standing (         -- what stands, counted or not: a row for each chunk of participants of a topic
    topic TEXT NOT NULL,
    chunk INTEGER NOT NULL,
    entries TEXT NOT NULL,        -- JSON [[participant number, entry number, seq, index, key, whole: 0 or 1], …]
    PRIMARY KEY (topic, chunk)
  ) WITHOUT ROWID;`;

/** Made with the first time that is closed: a ledger may be older than the table. */
const CLOSED_SCHEMA = `
  CREATE TABLE IF NOT EXISTS closed (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    before INTEGER NOT NULL       -- nothing more is kept with a time before this one, in ms since 1970
  );`;

/** Made with the first fence, for the same reason. */
const FENCE_SCHEMA = `
  CREATE TABLE IF NOT EXISTS fence (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    fence INTEGER NOT NULL        -- a batch that was sent with another one is not kept
  );`;

/** Without a mode it is a page and a reaction, of a ledger that is older than topics. */
const BatchKinds = z.array(z.tuple([z.string(), z.string(), z.enum(["add", "replace", "once"]).optional()]));
const BatchEntries = z.array(z.tuple([z.number(), z.number(), z.string()]));
const Counts = z.record(z.string(), z.number());
const ChunkEntries = z.array(
  z.tuple([
    z.number(),
    z.number(),
    z.number(),
    z.number(),
    z.string(),
    z.union([z.literal(0), z.literal(1)]),
  ]),
);

/** Batches whose keys are erased in one transaction: each may be a megabyte. */
const ERASED_AT_ONCE = 16;

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
  readonly counts: KeptCounts;
  readonly participants: ReadonlyMap<string, number>;
  readonly excluded: readonly number[];
  /** No batch gets a time before this one. */
  readonly notBefore: number;
  readonly fence: number;
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
    if (!tables.has("standing")) this.transaction(() => this.#bringUpToDate(tables));
    const { epoch, seq, next_number, entries } = this.#sql
      .exec<{ epoch: number; seq: number; next_number: number; entries: number }>("SELECT * FROM checkpoint")
      .one();
    const people = this.#sql.exec<{ participant: string; number: number }>("SELECT * FROM participants");
    const excluded = this.#sql.exec<{ number: number }>("SELECT * FROM uncounted");
    return {
      epoch,
      seq,
      nextNumber: next_number,
      counts: { topics: this.#readTopics(), standing: this.#readStanding(), entries },
      participants: new Map(Array.from(people, ({ participant, number }) => [participant, number])),
      excluded: Array.from(excluded, ({ number }) => number),
      notBefore: tables.has("closed")
        ? this.#sql.exec<{ before: number }>("SELECT before FROM closed").one().before
        : 0,
      fence: tables.has("fence")
        ? Math.max(epoch, this.#sql.exec<{ fence: number }>("SELECT fence FROM fence").one().fence)
        : epoch,
    };
  }

  /** Leaves nothing but the epoch. */
  writeBegin({ epoch, seq }: Pick<Checkpoint, "epoch" | "seq">, isFirst: boolean): void {
    if (isFirst) {
      this.#sql.exec(SCHEMA);
      this.#sql.exec(TOPICS_SCHEMA);
      this.#sql.exec(STANDING_SCHEMA);
    }
    this.#sql.exec("DELETE FROM batches");
    this.#sql.exec("DELETE FROM participants");
    this.#sql.exec("DELETE FROM uncounted");
    this.#sql.exec("DELETE FROM topics");
    this.#sql.exec("DELETE FROM standing");
    this.#sql.exec("INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, 1, 0)", epoch, seq);
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
        encodeKinds(kinds),
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

  /** @param counts what has changed since the last one */
  writeCheckpoint({ epoch, seq, nextNumber }: Checkpoint, { topics, standing, entries }: KeptCounts): void {
    const checkpoint = "INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?, ?)";
    this.#sql.exec(checkpoint, epoch, seq, nextNumber, entries);
    for (const [topic, counts] of topics) this.#writeTopic(topic, counts);
    for (const chunk of standing) this.#writeChunk(chunk);
  }

  /** Takes these topics out of the checkpoint. */
  deleteTopics(topics: readonly string[]): void {
    for (const topic of topics) {
      this.#sql.exec("DELETE FROM topics WHERE topic = ?", topic);
      this.#sql.exec("DELETE FROM standing WHERE topic = ?", topic);
    }
  }

  /** Blanks the keys that batches have of these topics, some batches at a time. All else of the entries stays. */
  eraseKeys(topics: readonly string[]): void {
    let after: number | undefined = -1;
    while (after !== undefined) {
      const from: number = after;
      after = this.transaction(() => this.#eraseSomeKeys(topics, from));
    }
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

  writeFence(fence: number): void {
    this.#sql.exec(FENCE_SCHEMA);
    this.#sql.exec("INSERT OR REPLACE INTO fence VALUES (1, ?)", fence);
  }

  async erase(): Promise<void> {
    await this.#storage.deleteAll();
  }

  /** @returns the last batch that it looked at; undefined where there are no more */
  #eraseSomeKeys(topics: readonly string[], after: number): number | undefined {
    // As they stand in the JSON of a batch.
    const names = JSON.stringify(topics.map((topic) => JSON.stringify(topic)));
    const query = `
      SELECT * FROM batches
      WHERE seq > ? AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(kinds, value) > 0)
      ORDER BY seq LIMIT ?`;
    const rows = this.#sql.exec<BatchRow>(query, after, names, ERASED_AT_ONCE).toArray();
    const erased = new Set(topics);
    for (const row of rows) {
      const { seq, kinds } = decodeBatch(row);
      if (!kinds.some(({ topic, key }) => key !== TAKEN_BACK && erased.has(topic))) continue;
      const left = kinds.map((kind) => (erased.has(kind.topic) ? { ...kind, key: TAKEN_BACK } : kind));
      this.#sql.exec("UPDATE batches SET kinds = ? WHERE seq = ?", encodeKinds(left), seq);
    }
    return rows.at(-1)?.seq;
  }

  *#readTopics(): Generator<[topic: string, counts: Record<string, number>]> {
    const rows = this.#sql.exec<{ topic: string; counts: string }>("SELECT topic, counts FROM topics");
    for (const { topic, counts } of rows) yield [topic, Counts.parse(JSON.parse(counts))];
  }

  *#readStanding(): Generator<StandingChunk> {
    const rows = this.#sql.exec<{ topic: string; chunk: number; entries: string }>("SELECT * FROM standing");
    for (const { topic, chunk, entries } of rows) {
      const all = ChunkEntries.parse(JSON.parse(entries));
      yield {
        topic,
        chunk,
        entries: all.map(([participant, number, seq, index, key, whole]) => [
          participant,
          { number, seq, index, key, isWhole: whole === 1 },
        ]),
      };
    }
  }

  #writeTopic(topic: string, counts: Readonly<Record<string, number>>): void {
    if (Object.keys(counts).length === 0) this.#sql.exec("DELETE FROM topics WHERE topic = ?", topic);
    else this.#sql.exec("INSERT OR REPLACE INTO topics VALUES (?, ?)", topic, JSON.stringify(counts));
  }

  #writeChunk({ topic, chunk, entries }: StandingChunk): void {
    if (entries.length === 0) {
      this.#sql.exec("DELETE FROM standing WHERE topic = ? AND chunk = ?", topic, chunk);
      return;
    }
    const all = entries.map(([participant, { number, seq, index, key, isWhole }]) => [
      participant,
      number,
      seq,
      index,
      key,
      isWhole ? 1 : 0,
    ]);
    this.#sql.exec("INSERT OR REPLACE INTO standing VALUES (?, ?, ?)", topic, chunk, JSON.stringify(all));
  }

  /** A ledger of an older form gets the tables of today. Its batches stay as they are. */
  #bringUpToDate(tables: ReadonlySet<string>): void {
    this.#sql.exec(STANDING_SCHEMA);
    this.#sql.exec("ALTER TABLE checkpoint ADD COLUMN entries INTEGER NOT NULL DEFAULT 0");
    if (tables.has("topics")) this.#divideStanding();
    else this.#divideCheckpoint();
  }

  /** All counts were in the checkpoint, by page. */
  #divideCheckpoint(): void {
    const { pages } = this.#sql.exec<{ pages: string }>("SELECT pages FROM checkpoint").one();
    this.#sql.exec(TOPICS_SCHEMA);
    for (const [page, counts] of Object.entries(Pages.parse(JSON.parse(pages)))) {
      this.#writeTopic(getPageTopic(page), counts);
    }
    this.#sql.exec("ALTER TABLE checkpoint DROP COLUMN pages");
  }

  /** What stands was with its topic, by key. Which entry it is, only the batches know: they are read where there is any. */
  #divideStanding(): void {
    const standing = this.#sql.exec("SELECT topic FROM topics WHERE standing <> '{}'").toArray();
    if (standing.length > 0) {
      const { seq } = this.#sql.exec<{ seq: number }>("SELECT seq FROM checkpoint").one();
      const counts = LedgerCounts.empty();
      for (const batch of this.readBatches(0, seq + 1)) counts.apply(batch);
      this.#sql.exec("UPDATE checkpoint SET entries = ?", counts.entries);
      for (const chunk of counts.listChanged().standing) this.#writeChunk(chunk);
    }
    this.#sql.exec("ALTER TABLE topics DROP COLUMN standing");
  }
}

const encodeKinds = (kinds: readonly EntryKind[]): string =>
  JSON.stringify(kinds.map(({ topic, key, mode }) => [topic, key, mode]));

const decodeBatch = ({ seq, kinds, reactions }: BatchRow): KeptBatch => ({
  seq,
  kinds: BatchKinds.parse(JSON.parse(kinds)).map(([topic, key, mode]) =>
    mode === undefined ? { topic: getPageTopic(topic), key, mode: "add" } : { topic, key, mode },
  ),
  entries: BatchEntries.parse(JSON.parse(reactions)),
});

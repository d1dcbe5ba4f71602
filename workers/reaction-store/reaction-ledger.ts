import { DurableObject } from "cloudflare:workers";
import * as z from "zod";
import { foldReaction } from "../../shared/interactions/reaction/reaction.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { Pages } from "../../shared/protocol/totals.schema.ts";
import { type Kind, Totals } from "../../shared/protocol/totals.ts";
import type { BucketCount } from "../lib/buckets.ts";
import type {
  Batch,
  BatchAnswer,
  KeptReaction,
  LedgerEntry,
  LedgerPage,
  LedgerQuery,
  LedgerTotals,
  Outcome,
} from "../lib/ledger.ts";
import { Pseudonyms } from "./pseudonyms.ts";
import { RecentIds } from "./recent-ids.ts";
import { SecondCounts } from "./second-counts.ts";

/** Batches between two checkpoints: a start reads at most as many rows to have its totals. */
const BATCHES_PER_CHECKPOINT = 128;

const SCHEMA = `
  CREATE TABLE batches (
    seq INTEGER PRIMARY KEY,      -- when it was kept, in ms since 1970; unique and growing
    kinds TEXT NOT NULL,          -- JSON [[page, reaction], …]
    reactions TEXT NOT NULL       -- JSON [[participant number, index into kinds, id], …]
  );
  CREATE TABLE participants (     -- delete a row and nobody can tell whose the number was
    participant TEXT PRIMARY KEY,
    number INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE uncounted (        -- numbers whose reactions are kept but not in the totals
    number INTEGER PRIMARY KEY
  );
  CREATE TABLE checkpoint (       -- one row: what the batches up to seq add up to
    id INTEGER PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    next_number INTEGER NOT NULL,
    pages TEXT NOT NULL           -- JSON { page: { reaction: count } }
  );`;

/** Made with the first time that is closed: a ledger may be older than the table. */
const CLOSED_SCHEMA = `
  CREATE TABLE IF NOT EXISTS closed (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    before INTEGER NOT NULL       -- nothing more is kept with a time before this one, in ms since 1970
  );`;

const BatchKinds = z.array(z.tuple([z.string(), z.string()]));
const BatchReactions = z.array(z.tuple([z.number(), z.number(), z.string()]));

interface BatchRow extends Record<string, SqlStorageValue> {
  seq: number;
  kinds: string;
  reactions: string;
}

/** A batch as it was kept. */
interface KeptBatch {
  readonly seq: number;
  readonly kinds: [page: string, reaction: string][];
  readonly reactions: [number: number, kind: number, id: string][];
}

/** What a batch would change. */
interface Draft extends KeptBatch {
  readonly outcomes: Outcome[];
  /** Participants who get a number with it. */
  readonly numbers: ReadonlyMap<string, number>;
}

type BatchReaction = Batch["reactions"][number];

const readBatch = (row: BatchRow): KeptBatch => ({
  seq: row.seq,
  kinds: BatchKinds.parse(JSON.parse(row.kinds)),
  reactions: BatchReactions.parse(JSON.parse(row.reactions)),
});

const idKey = (number: number, id: string) => `${number} ${id}`;

/** Whether two reactions under one id are one and the same, sent twice. */
const isSameKind = (a: Kind, b: Kind) => a[0] === b[0] && foldReaction(a[1]) === foldReaction(b[1]);

/**
 * One instance is the ledger of one room of one session: every reaction its participants
 * sent, append-only, and their totals. A batch is one row, however many reactions it holds.
 * What an instance answers is durable: the runtime holds an answer back until its writes are.
 * What is in memory is what a fresh start would read: everything is written first, in one
 * transaction, and taken over into memory only when that is through.
 */
export class ReactionLedger extends DurableObject<ReactionStoreEnv> {
  readonly #sql = this.ctx.storage.sql;
  readonly #recent = new RecentIds();
  #totals = new Totals();
  readonly #numbers = new Map<string, number>();
  readonly #pseudonyms = new Pseudonyms(this.#sql);
  readonly #uncounted = new Set<number>();
  /** When they came, once somebody has asked: a whole audience may look at the results at once. */
  #seconds: SecondCounts | undefined;
  /** No batch gets a time before this one: what an export has passed stays as it was. */
  #notBefore = 0;
  /** 0: nothing has been written yet, and asking writes nothing. */
  #epoch = 0;
  #seq = 0;
  #nextNumber = 1;
  #sinceCheckpoint = 0;

  constructor(ctx: DurableObjectState, env: ReactionStoreEnv) {
    super(ctx, env);
    this.#load();
  }

  /**
   * Keeps a batch, each (participant, id) once. What is answered as kept is durable when this
   * returns; a batch of an older epoch is not kept at all.
   */
  append(batch: Batch): BatchAnswer {
    if (batch.epoch < this.#epoch) return { kept: false, epoch: this.#epoch };
    if (batch.epoch > this.#epoch) this.begin(batch.epoch);

    const previous = this.#seq;
    const outcomes = this.#keepBatch(batch.reactions);
    const pages = this.#totals.pick(new Set(batch.reactions.map(({ page }) => page)));
    return { kept: true, outcomes, previous, seq: this.#seq, pages };
  }

  /** What was kept under this id, in the last two hours and since the last restart. */
  find(participant: string, id: string): KeptReaction | undefined {
    const number = this.#findNumber(participant);
    const kept = number === undefined ? undefined : this.#findKept(number, id, new Map());
    return kept && { page: kept[0], reaction: kept[1] };
  }

  /** Raises the epoch: everything of the time before is erased. An older or equal epoch changes nothing. */
  begin(epoch: number): LedgerTotals {
    if (epoch > this.#epoch) {
      const seq = Math.max(this.#seq, Date.now());
      this.ctx.storage.transactionSync(() => {
        if (this.#epoch === 0) this.#sql.exec(SCHEMA);
        this.#sql.exec("DELETE FROM batches");
        this.#sql.exec("DELETE FROM participants");
        this.#sql.exec("DELETE FROM uncounted");
        this.#pseudonyms.writeNothing();
        this.#sql.exec("INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, 1, '{}')", epoch, seq);
      });
      this.#reset(epoch, seq);
    }
    return this.totals();
  }

  /** All counts, and the `seq` they belong to. */
  totals(): LedgerTotals {
    return { epoch: this.#epoch, seq: this.#seq, pages: this.#totals.toJSON() };
  }

  /** Kept reactions in the order they were kept, filtered and paged. */
  list(query: LedgerQuery): LedgerPage {
    const until = Math.min(Math.ceil(query.until ?? Number.MAX_SAFE_INTEGER), this.#now);
    if (query.until !== undefined) this.#closeBefore(until);
    // Whoever is forgotten is found by nobody who asks for their name.
    const number = query.participant === undefined ? undefined : this.#numbers.get(query.participant);
    if (this.#epoch === 0 || (query.participant !== undefined && number === undefined))
      return { entries: [] };

    const [fromSeq = 0, fromIndex = 0] = (query.cursor ?? "0.0").split(".").map(Number);
    const entries: LedgerEntry[] = [];
    const since = Math.max(fromSeq, Math.ceil(query.since ?? 0));
    for (const batch of this.#batches(since, until)) {
      for (const [index, [participant, kind, id]] of batch.reactions.entries()) {
        if (batch.seq === fromSeq && index < fromIndex) continue;
        const [page = "", reaction = ""] = batch.kinds[kind] ?? [];
        if (query.page !== undefined && page !== query.page) continue;
        if (number !== undefined && participant !== number) continue;
        if (entries.length === query.limit) return { entries, cursor: `${batch.seq}.${index}` };
        entries.push({ at: batch.seq, participant, page, reaction, id });
      }
    }
    return { entries };
  }

  /**
   * Ends a window of time for whoever reads the ledger in windows: nothing that is kept from here on
   * gets a time before the answer. It is `until`; or now, where `until` lies ahead of this ledger's
   * clock; or right after the newest that is there, where that is later.
   */
  close(until: number): number {
    const time = Math.min(Math.max(Math.ceil(until), this.#seq + 1), this.#now);
    this.#closeBefore(time);
    return time;
  }

  /** Reactions per page and bucket of so many milliseconds, as far as they count. */
  buckets(bucket: number): BucketCount[] {
    this.#seconds ??= this.#countSeconds();
    return this.#seconds.sum(bucket);
  }

  /**
   * Takes what a participant sent out of the totals, or puts it back. It stays in the ledger. Whoever
   * is forgotten is found too, until the session ends.
   */
  uncount(participant: string, isUncounted: boolean): void {
    const number = this.#findNumber(participant);
    if (number === undefined || this.#uncounted.has(number) === isUncounted) return;
    const totals = Totals.from(this.#totals.toJSON());
    for (const batch of this.#batches()) {
      for (const [by, kind] of batch.reactions) {
        const [page, reaction] = batch.kinds[kind] ?? [];
        if (by !== number || page === undefined || reaction === undefined) continue;
        totals.add(page, reaction, isUncounted ? -1 : 1);
      }
    }
    const seq = Math.max(this.#seq + 1, Date.now());
    this.ctx.storage.transactionSync(() => {
      if (isUncounted) this.#sql.exec("INSERT INTO uncounted VALUES (?)", number);
      else this.#sql.exec("DELETE FROM uncounted WHERE number = ?", number);
      this.#writeCheckpoint(seq, totals);
    });
    if (isUncounted) this.#uncounted.add(number);
    else this.#uncounted.delete(number);
    this.#totals = totals;
    this.#seconds = undefined;
    this.#seq = seq;
    this.#sinceCheckpoint = 0;
  }

  /**
   * Forgets a participant's name. Their reactions stay, and so do the counts. Until the session ends a
   * hash stands for the name, so that what they send again still counts once.
   */
  forget(participant: string): void {
    const number = this.#numbers.get(participant);
    if (number === undefined) return;
    const pseudonym = this.ctx.storage.transactionSync(() => {
      this.#sql.exec("DELETE FROM participants WHERE participant = ?", participant);
      return this.#pseudonyms.write(participant, number);
    });
    this.#numbers.delete(participant);
    if (pseudonym) this.#pseudonyms.take(pseudonym);
  }

  /**
   * The session has ended: nothing stands for a forgotten name any more, from now until a restart. Safe
   * to repeat. With an `epoch`, it is the end of that one alone.
   */
  seal(epoch = this.#epoch): void {
    if (this.#epoch === 0 || epoch < this.#epoch || this.#pseudonyms.isSealed) return;
    this.ctx.storage.transactionSync(() => this.#pseudonyms.writeSeal());
    this.#pseudonyms.takeSeal();
  }

  /** Erases the ledger; the object ceases to exist. */
  async erase(): Promise<void> {
    await this.ctx.storage.deleteAll();
    this.#reset(0, 0);
    this.#notBefore = 0;
  }

  /** The time that the next batch gets: the clock's, but never one that was before. */
  get #now(): number {
    return Math.max(Date.now(), this.#seq + 1, this.#notBefore);
  }

  #closeBefore(time: number): void {
    if (time <= this.#seq + 1 || time <= this.#notBefore) return;
    // A ledger that has nothing stays without a trace, though somebody asked for it.
    if (this.#epoch !== 0) {
      this.ctx.storage.transactionSync(() => {
        this.#sql.exec(CLOSED_SCHEMA);
        this.#sql.exec("INSERT OR REPLACE INTO closed VALUES (1, ?)", time);
      });
    }
    this.#notBefore = time;
  }

  #findNumber(participant: string): number | undefined {
    return this.#numbers.get(participant) ?? this.#pseudonyms.find(participant);
  }

  /** Keeps what is new of these. Where that fails, each participant's alone: nobody goes down with a neighbour. */
  #keepBatch(reactions: readonly BatchReaction[]): Outcome[] {
    try {
      return this.#keep(this.#draft(reactions));
    } catch (error) {
      const ofOne = Map.groupBy(reactions.keys(), (index) => reactions[index]?.participant);
      const outcomes = reactions.map((): Outcome => "unavailable");
      let failed = 0;
      for (const indices of ofOne.values()) {
        try {
          const kept = this.#keep(this.#draft(indices.flatMap((index) => reactions[index] ?? [])));
          indices.forEach((index, at) => {
            outcomes[index] = kept[at] ?? "unavailable";
          });
        } catch {
          failed++;
        }
      }
      if (failed === ofOne.size) throw error;
      console.warn(JSON.stringify({ message: "a batch was kept in parts", failed, error: String(error) }));
      return outcomes;
    }
  }

  /** Sorts a batch into what is new and what is not, without changing anything yet. */
  #draft(batch: readonly BatchReaction[]): Draft {
    const outcomes: Outcome[] = [];
    const kinds: [string, string][] = [];
    const kindOf = new Map<string, number>();
    const fresh = new Totals();
    const numbers = new Map<string, number>();
    const reactions: [number, number, string][] = [];
    const inBatch = new Map<string, Kind>();
    const opened = new Map<number, KeptBatch | undefined>();
    let newKinds = 0;

    for (const { participant, page, reaction, id } of batch) {
      const known = numbers.get(participant) ?? this.#findNumber(participant);
      const number = known ?? this.#nextNumber + numbers.size;
      const kind: Kind = [page, reaction];
      const key = idKey(number, id);

      const earlier = inBatch.get(key) ?? this.#findKept(number, id, opened);
      if (earlier) {
        outcomes.push(isSameKind(earlier, kind) ? "kept" : "conflict");
        continue;
      }
      if (!this.#totals.has(page, reaction) && !fresh.has(page, reaction)) {
        if (this.#totals.kinds + newKinds >= LIMITS.kindsCeiling) {
          outcomes.push("too_many_kinds");
          continue;
        }
        newKinds++;
      }
      if (known === undefined) numbers.set(participant, number);
      const text = JSON.stringify(kind);
      let index = kindOf.get(text);
      if (index === undefined) {
        index = kinds.push([page, reaction]) - 1;
        kindOf.set(text, index);
      }
      inBatch.set(key, kind);
      fresh.add(page, reaction, 1);
      reactions.push([number, index, id]);
      outcomes.push("kept");
    }
    return { seq: this.#now, outcomes, kinds, numbers, reactions };
  }

  /** Writes a draft, then takes it over into memory: a failed write leaves both as they were. */
  #keep({ seq, outcomes, kinds, numbers, reactions }: Draft): Outcome[] {
    if (reactions.length === 0) return outcomes;
    const write = () => {
      for (const [participant, number] of numbers) {
        this.#sql.exec("INSERT INTO participants VALUES (?, ?)", participant, number);
      }
      this.#sql.exec(
        "INSERT INTO batches VALUES (?, ?, ?)",
        seq,
        JSON.stringify(kinds),
        JSON.stringify(reactions),
      );
    };
    // One statement is whole by itself.
    if (numbers.size === 0) write();
    else this.ctx.storage.transactionSync(write);
    for (const [participant, number] of numbers) this.#numbers.set(participant, number);
    this.#apply({ seq, kinds, reactions });
    this.#recent.forgetBefore(seq - LIMITS.rememberMs);
    if (this.#sinceCheckpoint % BATCHES_PER_CHECKPOINT === 0) this.#tryCheckpoint();
    return outcomes;
  }

  /** A checkpoint only makes a start shorter. Without it the batches say the same: they are kept all the same. */
  #tryCheckpoint(): void {
    try {
      this.#writeCheckpoint(this.#seq, this.#totals);
      this.#sinceCheckpoint = 0;
    } catch (error) {
      console.warn(JSON.stringify({ message: "a checkpoint failed", error: String(error) }));
    }
  }

  #writeCheckpoint(seq: number, totals: Totals): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?, ?)",
      this.#epoch,
      seq,
      this.#nextNumber,
      JSON.stringify(totals),
    );
  }

  #apply({ seq, kinds, reactions }: KeptBatch): void {
    for (const [number, index, id] of reactions) {
      const [page, reaction] = kinds[index] ?? [];
      if (page !== undefined && reaction !== undefined && !this.#uncounted.has(number)) {
        this.#totals.add(page, reaction, 1);
        this.#seconds?.add(page, seq);
      }
      this.#recent.add(idKey(number, id), seq);
      this.#nextNumber = Math.max(this.#nextNumber, number + 1);
    }
    this.#seq = seq;
    this.#sinceCheckpoint++;
  }

  /** The kind that (participant, id) was kept with, or undefined. `opened` saves reading a batch twice. */
  #findKept(number: number, id: string, opened: Map<number, KeptBatch | undefined>): Kind | undefined {
    for (const seq of this.#recent.find(idKey(number, id))) {
      if (!opened.has(seq)) {
        const [row] = this.#sql.exec<BatchRow>("SELECT * FROM batches WHERE seq = ?", seq).toArray();
        opened.set(seq, row && readBatch(row));
      }
      const batch = opened.get(seq);
      const kept = batch?.reactions.find(([by, , key]) => by === number && key === id);
      if (kept) return batch?.kinds[kept[1]];
    }
    return undefined;
  }

  /** What was kept from one time on, until before another, in its order. */
  *#batches(since = 0, until = Number.MAX_SAFE_INTEGER): Generator<KeptBatch> {
    const range = "SELECT * FROM batches WHERE seq >= ? AND seq < ? ORDER BY seq";
    for (const row of this.#sql.exec<BatchRow>(range, since, until)) yield readBatch(row);
  }

  #countSeconds(): SecondCounts {
    const seconds = new SecondCounts();
    // Asking what was never written to would be an error.
    if (this.#epoch === 0) return seconds;
    for (const batch of this.#batches()) {
      for (const [number, kind] of batch.reactions) {
        const [page] = batch.kinds[kind] ?? [];
        if (page !== undefined && !this.#uncounted.has(number)) seconds.add(page, batch.seq);
      }
    }
    return seconds;
  }

  #reset(epoch: number, seq: number): void {
    this.#epoch = epoch;
    this.#seq = seq;
    this.#totals = new Totals();
    this.#numbers.clear();
    this.#pseudonyms.takeNothing();
    this.#uncounted.clear();
    this.#seconds = undefined;
    this.#nextNumber = 1;
    this.#sinceCheckpoint = 0;
    this.#recent.clear();
  }

  /** A start: the checkpoint, and every batch that came after it or whose ids may still be sent again. */
  #load(): void {
    const tables = new Set<string>();
    for (const { name } of this.#sql.exec<{ name: string }>("SELECT name FROM sqlite_master")) {
      tables.add(name);
    }
    if (!tables.has("checkpoint")) return;
    const checkpoint = this.#sql
      .exec<{ epoch: number; seq: number; next_number: number; pages: string }>("SELECT * FROM checkpoint")
      .one();
    this.#reset(checkpoint.epoch, checkpoint.seq);
    this.#totals = Totals.from(Pages.parse(JSON.parse(checkpoint.pages)));
    this.#nextNumber = checkpoint.next_number;
    for (const row of this.#sql.exec<{ participant: string; number: number }>("SELECT * FROM participants")) {
      this.#numbers.set(row.participant, row.number);
    }
    for (const { number } of this.#sql.exec<{ number: number }>("SELECT * FROM uncounted")) {
      this.#uncounted.add(number);
    }
    // Younger tables than the others: a ledger has them when it first needed them.
    if (tables.has("pseudonyms")) this.#pseudonyms.load();
    if (tables.has("closed")) {
      this.#notBefore = this.#sql.exec<{ before: number }>("SELECT before FROM closed").one().before;
    }
    const remembered = Date.now() - LIMITS.rememberMs;
    for (const batch of this.#batches(Math.min(checkpoint.seq, remembered) + 1)) {
      if (batch.seq > checkpoint.seq) {
        this.#apply(batch);
      } else {
        for (const [number, , id] of batch.reactions) this.#recent.add(idKey(number, id), batch.seq);
      }
    }
  }
}

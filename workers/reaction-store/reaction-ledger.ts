import { DurableObject } from "cloudflare:workers";
import * as z from "zod";
import type {
  Batch,
  BatchAnswer,
  LedgerEntry,
  LedgerPage,
  LedgerQuery,
  LedgerTotals,
  Outcome,
} from "../../shared/ledger.ts";
import { LIMITS } from "../../shared/limits.ts";
import type { BucketCount } from "../../shared/results.ts";
import { Pages, Totals } from "../../shared/totals.ts";
import { RecentIds } from "./recent-ids.ts";
import { SecondCounts } from "./second-counts.ts";

/** Batches between two checkpoints: a start reads at most as many rows to have its totals. */
const BATCHES_PER_CHECKPOINT = 128;

/** How far apart two machines' clocks may be, in milliseconds. */
const CLOCK_SKEW_MS = 60_000;

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

const readBatch = (row: BatchRow): KeptBatch => ({
  seq: row.seq,
  kinds: BatchKinds.parse(JSON.parse(row.kinds)),
  reactions: BatchReactions.parse(JSON.parse(row.reactions)),
});

const idKey = (number: number, id: string) => `${number} ${id}`;

/**
 * One instance is the ledger of one room of one session: every reaction its participants
 * sent, append-only, and their totals. A batch is one row, however many reactions it holds.
 * What an instance answers is durable: the runtime holds an answer back until its writes are.
 */
export class ReactionLedger extends DurableObject<ReactionStoreEnv> {
  readonly #sql = this.ctx.storage.sql;
  readonly #recent = new RecentIds();
  #totals = new Totals();
  #numbers = new Map<string, number>();
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
   * Keeps a batch, each (participant, id) once. Either all that is new in it is durable when
   * this returns, or the batch is of an older epoch and nothing is.
   */
  append(batch: Batch): BatchAnswer {
    if (batch.epoch < this.#epoch) return { kept: false, epoch: this.#epoch };
    if (batch.epoch > this.#epoch) this.begin(batch.epoch);

    const previous = this.#seq;
    const seq = Math.max(previous + 1, Date.now(), this.#notBefore);
    const draft = this.#draft(batch, seq);
    if (draft.reactions.length > 0) this.#keep(draft);

    const pages = this.#totals.pick(new Set(batch.reactions.map(({ page }) => page)));
    return { kept: true, outcomes: draft.outcomes, previous, seq: this.#seq, pages };
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
    // The clock of whoever asks may be a little ahead of this one.
    if (query.until !== undefined && query.until <= Date.now() + CLOCK_SKEW_MS) {
      this.#notBefore = Math.max(this.#notBefore, Math.ceil(query.until));
    }
    const number = query.participant === undefined ? undefined : this.#numbers.get(query.participant);
    if (this.#epoch === 0 || (query.participant !== undefined && number === undefined))
      return { entries: [] };

    const [fromSeq = 0, fromIndex = 0] = (query.cursor ?? "0.0").split(".").map(Number);
    const entries: LedgerEntry[] = [];
    const since = Math.max(fromSeq, Math.ceil(query.since ?? 0));
    const until = Math.ceil(query.until ?? Number.MAX_SAFE_INTEGER);
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

  /** Reactions per page and bucket of so many milliseconds, as far as they count. */
  buckets(bucket: number): BucketCount[] {
    this.#seconds ??= this.#countSeconds();
    return this.#seconds.sum(bucket);
  }

  /** Takes what a participant sent out of the totals, or puts it back. It stays in the ledger. */
  uncount(participant: string, isUncounted: boolean): void {
    const number = this.#numbers.get(participant);
    if (number === undefined || this.#uncounted.has(number) === isUncounted) return;
    for (const batch of this.#batches()) {
      for (const [by, kind] of batch.reactions) {
        const [page, reaction] = batch.kinds[kind] ?? [];
        if (by !== number || page === undefined || reaction === undefined) continue;
        this.#totals.add(page, reaction, isUncounted ? -1 : 1);
      }
    }
    if (isUncounted) this.#uncounted.add(number);
    else this.#uncounted.delete(number);
    this.#seconds = undefined;
    this.#seq = Math.max(this.#seq + 1, Date.now());
    this.ctx.storage.transactionSync(() => {
      if (isUncounted) this.#sql.exec("INSERT INTO uncounted VALUES (?)", number);
      else this.#sql.exec("DELETE FROM uncounted WHERE number = ?", number);
      this.#writeCheckpoint();
    });
  }

  /** Forgets whose reactions a participant's were. They stay, and so do the counts. */
  forget(participant: string): void {
    if (!this.#numbers.delete(participant)) return;
    this.#sql.exec("DELETE FROM participants WHERE participant = ?", participant);
    // Its number must not come again, and it is known only from the row that is gone.
    this.#writeCheckpoint();
  }

  find(participant: string, id: string): { page: string; reaction: string } | undefined {
    const number = this.#numbers.get(participant);
    const kept = number === undefined ? undefined : this.#findKept(number, id, new Map());
    if (kept === undefined) return undefined;
    const [page, reaction] = JSON.parse(kept) as [string, string];
    return { page, reaction };
  }
  seal(): void {}

  /** Erases the ledger; the object ceases to exist. */
  async erase(): Promise<void> {
    await this.ctx.storage.deleteAll();
    this.#reset(0, 0);
  }

  /** Sorts a batch into what is new and what is not, without changing anything yet. */
  #draft(batch: Batch, seq: number): Draft {
    const outcomes: Outcome[] = [];
    const kinds: [string, string][] = [];
    const kindOf = new Map<string, number>();
    const fresh = new Totals();
    const numbers = new Map<string, number>();
    const reactions: [number, number, string][] = [];
    const inBatch = new Map<string, string>();
    const opened = new Map<number, KeptBatch | undefined>();
    let newKinds = 0;

    for (const { participant, page, reaction, id } of batch.reactions) {
      const number =
        this.#numbers.get(participant) ?? numbers.get(participant) ?? this.#nextNumber + numbers.size;
      const kind = JSON.stringify([page, reaction]);
      const key = idKey(number, id);

      const earlier = inBatch.get(key) ?? this.#findKept(number, id, opened);
      if (earlier !== undefined) {
        outcomes.push(earlier === kind ? "kept" : "conflict");
        continue;
      }
      if (!this.#totals.has(page, reaction) && !fresh.has(page, reaction)) {
        if (this.#totals.kinds + newKinds >= LIMITS.kinds) {
          outcomes.push("too_many_kinds");
          continue;
        }
        newKinds++;
      }
      if (!this.#numbers.has(participant)) numbers.set(participant, number);
      let index = kindOf.get(kind);
      if (index === undefined) {
        index = kinds.push([page, reaction]) - 1;
        kindOf.set(kind, index);
      }
      inBatch.set(key, kind);
      fresh.add(page, reaction, 1);
      reactions.push([number, index, id]);
      outcomes.push("kept");
    }
    return { seq, outcomes, kinds, numbers, reactions };
  }

  /** Writes a draft, then takes it over into memory: a failed write leaves both as they were. */
  #keep({ seq, kinds, numbers, reactions }: Draft): void {
    const checkpoint = this.#sinceCheckpoint + 1 >= BATCHES_PER_CHECKPOINT;
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
    this.#nextNumber += numbers.size;
    this.#apply({ seq, kinds, reactions });
    this.#recent.forgetBefore(seq - LIMITS.rememberMs);
    if (checkpoint) this.#writeCheckpoint();
  }

  #writeCheckpoint(): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?, ?)",
      this.#epoch,
      this.#seq,
      this.#nextNumber,
      JSON.stringify(this.#totals),
    );
    this.#sinceCheckpoint = 0;
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
  #findKept(number: number, id: string, opened: Map<number, KeptBatch | undefined>): string | undefined {
    for (const seq of this.#recent.find(idKey(number, id))) {
      if (!opened.has(seq)) {
        const [row] = this.#sql.exec<BatchRow>("SELECT * FROM batches WHERE seq = ?", seq).toArray();
        opened.set(seq, row && readBatch(row));
      }
      const batch = opened.get(seq);
      const kept = batch?.reactions.find(([by, , key]) => by === number && key === id);
      if (kept) return JSON.stringify(batch?.kinds[kept[1]]);
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
    this.#numbers = new Map();
    this.#uncounted.clear();
    this.#seconds = undefined;
    this.#nextNumber = 1;
    this.#sinceCheckpoint = 0;
    this.#recent.clear();
  }

  /** A start: the checkpoint, and every batch that came after it or whose ids may still be sent again. */
  #load(): void {
    const [exists] = this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'checkpoint'").toArray();
    if (!exists) return;
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

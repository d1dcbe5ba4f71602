import { DurableObject } from "cloudflare:workers";
import { getTopicName } from "../../shared/interactions/topic.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type {
  Batch,
  BatchAnswer,
  Entry,
  EntryAuthor,
  EntryKind,
  LedgerEntry,
  LedgerPage,
  LedgerQuery,
  LedgerTotals,
  ListedStanding,
  Outcome,
  StandingPage,
  StandingQuery,
  TopicBucket,
} from "../lib/ledger.ts";
import { writePoint } from "../lib/metrics.ts";
import type { QuizQuestion, Scores } from "../lib/quiz.ts";
import { type BatchDraft, draftBatch, nameEntry } from "./batch-draft.ts";
import { sumPoints } from "./interactions/activity/scores.ts";
import { LedgerCounts } from "./ledger-counts.ts";
import { type KeptBatch, LedgerStorage } from "./ledger-storage.ts";
import { OpenedBatches } from "./opened-batches.ts";
import { Pseudonyms } from "./pseudonyms.ts";
import { RecentIds } from "./recent-ids.ts";
import { SecondCounts } from "./second-counts.ts";

/**
 * Batches between two checkpoints: a start reads at most as many rows to have its totals. A checkpoint writes a row
 * for each topic that changed, so where many did it waits longer: it adds a row to 16 batches, until the start gets too long.
 */
const BATCHES_PER_CHECKPOINT = { least: 128, perTopic: 16, most: 2048 };

/** Entries that one call of a list looks at: reactions keep waiting meanwhile. */
const LISTED_AT_ONCE = 20 * LIMITS.listPage;

/**
 * One instance is the ledger of one room of one session: everything its participants sent,
 * append-only, and the totals. A batch is one row, however many entries it holds.
 * What an instance answers is durable: the runtime holds an answer back until its writes are.
 * What is in memory is what a fresh start would read: everything is written first, in one
 * transaction, and taken over into memory only when that is through.
 */
export class ReactionLedger extends DurableObject<ReactionStoreEnv> {
  readonly #storage = new LedgerStorage(this.ctx.storage);
  readonly #pseudonyms = new Pseudonyms(this.ctx.storage.sql);
  readonly #recent = new RecentIds();
  readonly #numbers = new Map<string, number>();
  #counts = LedgerCounts.empty();
  /** When what was added came, once somebody has asked: a whole audience may look at the results at once. */
  #seconds: SecondCounts | undefined;
  /** No batch gets a time before this one: what an export has passed stays as it was. */
  #notBefore = 0;
  /** 0: nothing has been written yet, and asking writes nothing. */
  #epoch = 0;
  /** A batch that was sent with another one is not kept: who sent it is dead, or does not wait for it any more. */
  #fence = 0;
  #seq = 0;
  #nextNumber = 1;
  #sinceCheckpoint = 0;

  constructor(ctx: DurableObjectState, env: ReactionStoreEnv) {
    super(ctx, env);
    this.#load();
  }

  /**
   * Keeps a batch, each (participant, id) once. What is answered as kept is durable when this
   * returns; a batch of an older epoch, or of before a fence, is not kept at all.
   */
  append(batch: Batch): BatchAnswer {
    if (batch.epoch < this.#epoch) return { kept: false, epoch: this.#epoch };
    const { fence = this.#fence } = batch;
    if (fence !== this.#fence) return { kept: false, epoch: this.#epoch, fence: this.#fence };
    if (batch.epoch > this.#epoch) this.begin(batch.epoch);

    const previous = this.#seq;
    const outcomes = this.#keepBatch(batch.entries);
    const topics = this.#counts.totals.pick(new Set(batch.entries.map(({ topic }) => topic)));
    return { kept: true, outcomes, previous, seq: this.#seq, topics, fence: this.#fence };
  }

  /** What was kept under this id, in the last two hours and since the last restart. */
  find(participant: string, id: string): EntryKind | undefined {
    const number = this.#findNumber(participant);
    return number === undefined ? undefined : this.#findKept(number, id, new OpenedBatches(this.#storage));
  }

  /** Raises the epoch: everything of the time before is erased. An older or equal epoch changes nothing. */
  begin(epoch: number): LedgerTotals {
    if (epoch > this.#epoch) {
      const seq = Math.max(this.#seq, Date.now());
      this.#storage.transaction(() => {
        this.#storage.writeBegin({ epoch, seq }, this.#epoch === 0);
        this.#pseudonyms.writeNothing();
      });
      this.#reset(epoch, seq);
    }
    return this.totals();
  }

  /** All counts, and the `seq` they belong to. */
  totals(): LedgerTotals {
    return {
      epoch: this.#epoch,
      seq: this.#seq,
      fence: this.#fence,
      topics: this.#counts.totals.toJSON(),
    };
  }

  /** What was sent by now, and is not here yet, is not kept any more. Whoever counts for good asks for this first. */
  raiseFence(): number {
    const fence = this.#nextFence;
    // A ledger that has nothing stays without a trace: it knows of the fence as long as it is awake.
    if (this.#epoch !== 0) this.#storage.writeFence(fence);
    this.#fence = fence;
    return fence;
  }

  /**
   * What an interaction's topics have, in the order it was kept, paged; also of who is excluded, unless only what counts
   * is asked for. Where it is rare
   * a page may be short, and empty: no call looks at all of a ledger.
   */
  list({
    interaction,
    onlyCounted = false,
    since = 0,
    until,
    cursor = "0.0",
    limit,
  }: LedgerQuery): LedgerPage {
    const end = Math.min(Math.ceil(until ?? Number.MAX_SAFE_INTEGER), this.#now);
    if (until !== undefined) this.#closeBefore(end);
    if (this.#epoch === 0) return { entries: [] };

    const [fromSeq = 0, fromIndex = 0] = cursor.split(".").map(Number);
    const entries: LedgerEntry[] = [];
    let looked = 0;
    for (const batch of this.#storage.readBatches(Math.max(fromSeq, Math.ceil(since)), end)) {
      if (looked > LISTED_AT_ONCE) return { entries, cursor: `${batch.seq}.0` };
      looked += batch.entries.length;
      for (const [index, [participant, kind, id]] of batch.entries.entries()) {
        if (batch.seq === fromSeq && index < fromIndex) continue;
        const { topic = "", key = "" } = batch.kinds[kind] ?? {};
        if (getTopicName(interaction, topic) === undefined) continue;
        if (onlyCounted && this.#counts.isExcluded(participant)) continue;
        if (entries.length === limit) return { entries, cursor: `${batch.seq}.${index}` };
        entries.push({ at: batch.seq, index, participant, topic, key, id });
      }
    }
    return { entries };
  }

  /** What a participant has standing under these topics; nothing of somebody unknown. */
  standing(participant: string, topics: readonly string[]): Record<string, string> {
    const number = this.#findNumber(participant);
    if (number === undefined) return {};
    const opened = new OpenedBatches(this.#storage);
    const standing = topics.flatMap((topic): [topic: string, key: string][] => {
      const entry = this.#counts.findStanding(topic, number);
      return entry ? [[topic, opened.readKey(entry)]] : [];
    });
    return Object.fromEntries(standing);
  }

  /** What stands under a topic and counts, in the order in which it was kept, paged. */
  listStanding({ topic, cursor = 0, limit }: StandingQuery): StandingPage {
    const from = this.#counts.listStanding(topic).filter(({ number }) => number >= cursor);
    const entries: ListedStanding[] = [];
    for (const [at, ofBatch] of Map.groupBy(from.slice(0, limit), ({ seq }) => seq)) {
      // No more than one is held at a time.
      const opened = new OpenedBatches(this.#storage);
      for (const entry of ofBatch) entries.push({ at, number: entry.number, key: opened.readKey(entry) });
    }
    const next = from[limit];
    return next ? { entries, cursor: next.number } : { entries };
  }

  /** Whose the entry is that stands with this number under one of these topics, also of who is excluded. */
  findAuthor(topics: readonly string[], number: number): EntryAuthor {
    const author = this.#counts.findAuthor(topics, number);
    if (author === undefined) return "none";
    for (const [participant, each] of this.#numbers) if (each === author) return { participant };
    return "forgotten";
  }

  /** What everybody's answers to these questions are worth, as far as they stand and count. */
  scores(questions: readonly QuizQuestion[]): Scores {
    const opened = new OpenedBatches(this.#storage);
    const sums = sumPoints(questions, (topic) =>
      this.#counts.listCounted(topic).map(([number, entry]) => [number, opened.readKey(entry)] as const),
    );
    const names = new Map(Array.from(this.#numbers, ([name, number]) => [number, name]));
    return Array.from(sums, ([number, points]) => ({ participant: names.get(number) ?? null, points }));
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

  /** How often an interaction's topics were added to, per bucket of so many milliseconds, as far as it counts. */
  buckets(interaction: string, bucket: number): TopicBucket[] {
    this.#seconds ??= this.#countSeconds();
    return this.#seconds.sum(interaction, bucket);
  }

  /**
   * Takes what a participant sent out of the totals, or puts it back. It stays in the ledger. Whoever
   * is forgotten is found too, until the session ends.
   */
  excludeFromTotals(participant: string, isExcluded: boolean): void {
    const number = this.#findNumber(participant);
    if (number === undefined || this.#counts.isExcluded(number) === isExcluded) return;
    const counts = this.#counts.withExcluded(number, isExcluded, this.#listAdded(number));
    const seq = Math.max(this.#seq + 1, Date.now());
    this.#storage.transaction(() => {
      this.#storage.writeExcluded(number, isExcluded);
      this.#writeCheckpoint(seq, counts);
    });
    this.#counts = counts;
    this.#counts.takeCheckpoint();
    this.#seconds = undefined;
    this.#seq = seq;
    this.#sinceCheckpoint = 0;
  }

  /**
   * Erases what was kept under these topics. Ids stay, so that what is sent again does not count anew. What counts is
   * gone at once; where it is in batches, a piece at a time. Safe to repeat, and to be repeated where it failed.
   */
  eraseTopics(topics: readonly string[]): void {
    // Asking what was never written to would be an error.
    if (this.#epoch === 0) return;
    const seq = Math.max(this.#seq + 1, Date.now());
    const fence = this.#nextFence;
    this.#storage.transaction(() => {
      // From here on no start reads of them: the checkpoint is newer than all batches.
      this.#writeCheckpoint(seq, this.#counts);
      this.#storage.deleteTopics(topics);
      // Nor does what is still on its way bring any of it back.
      this.#storage.writeFence(fence);
    });
    this.#fence = fence;
    this.#counts.takeCheckpoint();
    this.#counts.deleteTopics(topics);
    this.#seconds = undefined;
    this.#seq = seq;
    this.#sinceCheckpoint = 0;
    this.#storage.eraseKeys(topics);
  }

  /**
   * Forgets a participant's name. What they sent stays, and so do the counts. Until the session ends a
   * hash stands for the name, so that what they send again still counts once.
   */
  forget(participant: string): void {
    const number = this.#numbers.get(participant);
    if (number === undefined) return;
    const pseudonym = this.#storage.transaction(() => {
      this.#storage.deleteParticipant(participant);
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
    this.#storage.transaction(() => this.#pseudonyms.writeSeal());
    this.#pseudonyms.takeSeal();
  }

  /** Erases the ledger; the object ceases to exist. */
  async erase(): Promise<void> {
    const fence = this.#nextFence;
    await this.#storage.erase();
    this.#reset(0, 0);
    this.#fence = fence;
    this.#notBefore = 0;
  }

  /** Another one than any before: a time, so that it grows over the life of the object. */
  get #nextFence(): number {
    return Math.max(this.#fence + 1, Date.now());
  }

  /** The time that the next batch gets: the clock's, but never one that was before. */
  get #now(): number {
    return Math.max(Date.now(), this.#seq + 1, this.#notBefore);
  }

  #closeBefore(time: number): void {
    if (time <= this.#seq + 1 || time <= this.#notBefore) return;
    // A ledger that has nothing stays without a trace, though somebody asked for it.
    if (this.#epoch !== 0) this.#storage.writeClosed(time);
    this.#notBefore = time;
  }

  #findNumber(participant: string): number | undefined {
    return this.#numbers.get(participant) ?? this.#pseudonyms.find(participant);
  }

  /** Keeps what is new of these. Where that fails, each participant's alone: nobody goes down with a neighbour. */
  #keepBatch(entries: readonly Entry[]): readonly Outcome[] {
    try {
      return this.#keep(this.#draft(entries));
    } catch (error) {
      const ofOne = Map.groupBy(entries.keys(), (index) => entries[index]?.participant);
      const outcomes = entries.map((): Outcome => "unavailable");
      let failed = 0;
      for (const indices of ofOne.values()) {
        try {
          const kept = this.#keep(this.#draft(indices.flatMap((index) => entries[index] ?? [])));
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

  #draft(entries: readonly Entry[]): BatchDraft {
    const { totals } = this.#counts;
    const opened = new OpenedBatches(this.#storage);
    return draftBatch(entries, {
      nextNumber: this.#nextNumber,
      countPairs: (topic) => this.#counts.countPairs(topic),
      has: (topic, key) => totals.has(topic, key),
      countKeys: (topic) => totals.countKeys(topic),
      findStanding: (topic, number) => {
        const entry = this.#counts.findStanding(topic, number);
        return entry && { short: entry.key, read: () => opened.readKey(entry) };
      },
      findNumber: (participant) => this.#findNumber(participant),
      findKept: (number, id) => this.#findKept(number, id, opened),
    });
  }

  /** Writes a draft, then takes it over into memory: a failed write leaves both as they were. */
  #keep(draft: BatchDraft): readonly Outcome[] {
    if (draft.entries.length === 0) return draft.outcomes;
    const seq = this.#now;
    this.#storage.writeBatch(seq, draft);
    for (const [participant, number] of draft.numbers) this.#numbers.set(participant, number);
    this.#apply({ seq, ...draft });
    this.#recent.forgetBefore(seq - LIMITS.rememberMs);
    if (this.#isCheckpointDue()) this.#tryCheckpoint();
    return draft.outcomes;
  }

  #isCheckpointDue(): boolean {
    const { least, perTopic, most } = BATCHES_PER_CHECKPOINT;
    const enough = Math.min(most, perTopic * this.#counts.changes);
    return this.#sinceCheckpoint % least === 0 && this.#sinceCheckpoint >= enough;
  }

  /** A checkpoint only makes a start shorter. Without it the batches say the same: they are kept all the same. */
  #tryCheckpoint(): void {
    const batches = this.#sinceCheckpoint;
    let code = "";
    try {
      this.#storage.transaction(() => this.#writeCheckpoint(this.#seq, this.#counts));
      this.#counts.takeCheckpoint();
      this.#sinceCheckpoint = 0;
    } catch (error) {
      console.warn(JSON.stringify({ message: "a checkpoint failed", error: String(error) }));
      code = "internal";
    }
    const counts = [batches, this.#numbers.size, this.ctx.storage.sql.databaseSize];
    writePoint(this.env, { worker: "reaction-store", event: "checkpoint", code, counts });
  }

  #writeCheckpoint(seq: number, counts: LedgerCounts): void {
    const checkpoint = { epoch: this.#epoch, seq, nextNumber: this.#nextNumber };
    this.#storage.writeCheckpoint(checkpoint, counts.listChanged());
  }

  #apply(batch: KeptBatch): void {
    this.#counts.apply(batch);
    if (this.#seconds) this.#addSeconds(this.#seconds, batch);
    for (const [number, , id] of batch.entries) {
      this.#recent.add(nameEntry(number, id), batch.seq);
      this.#nextNumber = Math.max(this.#nextNumber, number + 1);
    }
    this.#seq = batch.seq;
    this.#sinceCheckpoint++;
  }

  /** What (participant, id) was kept with, or undefined. `opened` saves reading a batch twice. */
  #findKept(number: number, id: string, opened: OpenedBatches): EntryKind | undefined {
    for (const seq of this.#recent.find(nameEntry(number, id))) {
      const batch = opened.get(seq);
      const kept = batch?.entries.find(([by, , key]) => by === number && key === id);
      if (kept) return batch?.kinds[kept[1]];
    }
    return undefined;
  }

  /** Everything that a participant ever added. */
  *#listAdded(number: number): Generator<EntryKind> {
    for (const { kinds, entries } of this.#storage.readBatches()) {
      for (const [by, index] of entries) {
        const kind = kinds[index];
        if (by === number && kind?.mode === "add") yield kind;
      }
    }
  }

  #countSeconds(): SecondCounts {
    const seconds = new SecondCounts();
    // Asking what was never written to would be an error.
    if (this.#epoch === 0) return seconds;
    for (const batch of this.#storage.readBatches()) this.#addSeconds(seconds, batch);
    return seconds;
  }

  #addSeconds(seconds: SecondCounts, { seq, kinds, entries }: KeptBatch): void {
    for (const [number, index] of entries) {
      const kind = kinds[index];
      if (kind?.mode === "add" && !this.#counts.isExcluded(number)) seconds.add(kind.topic, seq);
    }
  }

  #reset(epoch: number, seq: number): void {
    this.#epoch = epoch;
    this.#fence = Math.max(this.#fence, epoch);
    this.#seq = seq;
    this.#counts = LedgerCounts.empty();
    this.#numbers.clear();
    this.#pseudonyms.takeNothing();
    this.#seconds = undefined;
    this.#nextNumber = 1;
    this.#sinceCheckpoint = 0;
    this.#recent.clear();
  }

  /** A start: the checkpoint, and every batch that came after it or whose ids may still be sent again. */
  #load(): void {
    const stored = this.#storage.load();
    if (!stored) return;
    this.#epoch = stored.epoch;
    this.#seq = stored.seq;
    this.#nextNumber = stored.nextNumber;
    this.#notBefore = stored.notBefore;
    this.#fence = stored.fence;
    this.#counts = LedgerCounts.from(stored.counts, stored.excluded);
    for (const [participant, number] of stored.participants) this.#numbers.set(participant, number);
    this.#pseudonyms.load();
    const remembered = Date.now() - LIMITS.rememberMs;
    for (const batch of this.#storage.readBatches(Math.min(stored.seq, remembered) + 1)) {
      if (batch.seq > stored.seq) this.#apply(batch);
      else for (const [number, , id] of batch.entries) this.#recent.add(nameEntry(number, id), batch.seq);
    }
  }
}

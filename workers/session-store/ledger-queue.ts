import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { Batch, BatchAnswer, Entry, Outcome } from "../lib/ledger.ts";
import { TokenBuckets } from "./token-bucket.ts";

/** An entry on its way to the ledger, and who waits for it. `undefined` says that it is kept. */
export interface QueuedEntry {
  readonly entry: Entry;
  /** The room's epoch when it came in. */
  readonly epoch: number;
  /** A request is open for it: it waits a moment at most, and so does who waits with it. */
  readonly isUrgent: boolean;
  readonly settle: (refusal?: Refusal) => void;
}

const UNAVAILABLE: Refusal = {
  code: "unavailable",
  detail: "the ledger did not answer; send it again with the same id",
  retryAfter: 1,
};

/** One id, two contents. */
export const CONFLICT: Refusal = { code: "conflict", detail: "this id was used for something else" };

const REFUSALS: Record<Outcome, Refusal | undefined> = {
  kept: undefined,
  conflict: CONFLICT,
  fixed: { code: "answer_fixed", detail: "answers to this activity can't be changed" },
  too_many_kinds: {
    code: "too_many_kinds",
    detail: `one room keeps up to ${LIMITS.kindsCeiling} kinds of reactions`,
  },
  unavailable: UNAVAILABLE,
};

/** Batches of few reactions: so many a second, and so many at once after a rest. */
const BATCHES_PER_SECOND = 20;
const BATCHES_BURST = 5;
/** So many do not wait for more. */
const ENOUGH = 32;
/** Whoever was there when a batch was settled is back within this, in milliseconds, or not waited for. */
const COMPANY_MS = 20;

/** A code unit of UTF-16 takes up to three bytes of UTF-8. */
const BYTES_PER_UNIT = 3;

/** A rough size in JSON, with the most that its texts can take and without looking at a letter: enough to stay under the limit of a batch. */
const sizeOf = ({ entry: { topic, key, id } }: QueuedEntry) =>
  BYTES_PER_UNIT * (topic.length + key.length) + id.length + 100;

/**
 * Group commit: one batch is on its way at a time, and what comes in meanwhile makes the next.
 * Alone, an entry never waits; at a steady trickle, some share a write; under load, hundreds do.
 */
export class LedgerQueue {
  readonly #append: (batch: Batch) => Promise<BatchAnswer>;
  readonly #afterBatch: () => void;
  #waiting: QueuedEntry[] = [];
  /** A request is open for one of those who wait. */
  #isUrgent = false;
  #draining: Promise<void> | undefined;
  /** The next batch, or the one on its way. */
  #sending: Promise<void> | undefined;
  #added = 0;
  #settled = 0;
  readonly #pace = new TokenBuckets(BATCHES_PER_SECOND, BATCHES_BURST);
  /** The last batch: when it was settled, and how many were in it or waited behind it. */
  #settledAt = 0;
  #company = 0;
  #wake: (() => void) | undefined;

  /**
   * @param append hands a batch to the ledger; it throws when the ledger does not answer in time.
   * @param afterBatch runs when everyone of a batch has been settled.
   */
  constructor(append: (batch: Batch) => Promise<BatchAnswer>, afterBatch: () => void) {
    this.#append = append;
    this.#afterBatch = afterBatch;
  }

  /** Queues an entry; `settle` is called once, when its fate is durable. */
  add(queued: QueuedEntry): void {
    if (this.#waiting.length >= LIMITS.queuedReactions) {
      queued.settle(UNAVAILABLE);
      return;
    }
    this.#waiting.push(queued);
    this.#added++;
    const isFirstUrgent = queued.isUrgent && !this.#isUrgent;
    this.#isUrgent ||= queued.isUrgent;
    if (this.#isEnough || isFirstUrgent) this.#wake?.();
    this.#draining ??= this.#drain();
  }

  /** Resolves when nothing is waiting or on its way. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining;
  }

  /** Resolves when what is waiting or on its way at this moment is settled. */
  async settled(): Promise<void> {
    const added = this.#added;
    while (this.#draining && this.#settled < added) await this.#sending;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      this.#sending = this.#sendNext();
      await this.#sending;
    }
    this.#draining = undefined;
  }

  async #sendNext(): Promise<void> {
    await this.#gather();
    await this.#send(this.#take());
    this.#afterBatch();
  }

  /** Waits a moment for company: a batch costs the same write whether it holds one reaction or hundreds. */
  async #gather(): Promise<void> {
    for (let wait = this.#getWait(); wait > 0; wait = this.#getWait()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = undefined;
  }

  /**
   * Whole milliseconds until the next batch goes. Over pipes, one in a trickle waits for its share of
   * batches. With a request open for it, one waits for those who were there a moment ago: they send
   * again as soon as they have their answers, and as one batch they all have the next ones sooner.
   * Nobody waits who comes alone, or with many.
   */
  #getWait(): number {
    if (this.#isEnough) return 0;
    const now = Date.now();
    // A clock that was put back is not waited for: what lies ahead of it counts as just now.
    this.#settledAt = Math.min(this.#settledAt, now);
    if (this.#isUrgent) return this.#settledAt + COMPANY_MS - now;
    // To a timer less than a millisecond is nothing, and the clock may stand still where one runs.
    return Math.ceil(this.#pace.take("batch", now) * 1000);
  }

  get #isEnough(): boolean {
    return this.#waiting.length >= (this.#isUrgent ? Math.min(ENOUGH, this.#company) : ENOUGH);
  }

  /** The next batch: of one epoch, within the limits. */
  #take(): QueuedEntry[] {
    const epoch = this.#waiting[0]?.epoch;
    let bytes = 0;
    let count = 0;
    for (const queued of this.#waiting) {
      bytes += sizeOf(queued);
      const isFull = count === LIMITS.batchReactions || (count > 0 && bytes > LIMITS.batchBytes);
      if (isFull || queued.epoch !== epoch) break;
      count++;
    }
    const batch = this.#waiting.splice(0, count);
    this.#isUrgent = this.#waiting.some(({ isUrgent }) => isUrgent);
    return batch;
  }

  async #send(queued: QueuedEntry[]): Promise<void> {
    try {
      const answer = await this.#append({
        epoch: queued[0]?.epoch ?? 1,
        entries: queued.map(({ entry }) => entry),
      });
      this.#settled += queued.length;
      this.#settledAt = Date.now();
      this.#company = queued.length + this.#waiting.length;
      queued.forEach(({ settle }, index) => {
        // A batch from before a restart is part of what the restart emptied: done, and gone.
        const outcome = answer.kept ? answer.outcomes[index] : "kept";
        settle(outcome ? REFUSALS[outcome] : UNAVAILABLE);
      });
    } catch (error) {
      console.warn(
        JSON.stringify({ message: "a batch failed", entries: queued.length, error: String(error) }),
      );
      // Who waited behind it would wait for the same answer: everyone hears now, and comes again.
      const failed = [...queued, ...this.#waiting.splice(0)];
      this.#settled += failed.length;
      for (const { settle } of failed) settle(UNAVAILABLE);
    }
  }
}

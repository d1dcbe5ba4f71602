import type { Counts } from "../../shared/interactions/topic.ts";
import type { Batch, BatchAnswer, EntryAuthor } from "../lib/ledger.ts";
import type { QuizQuestion, Scores } from "../lib/quiz.ts";
import type { LedgerClient } from "./ledger-client.ts";
import type { Moment, SessionState } from "./session-state.ts";
import { Throttle } from "./throttle.ts";

/** A question that nobody else may come to ask is asked again this often, in milliseconds. */
const RETRY_MS = 1000;
/** A batch that was sent before a fence was raised is sent again, so often. */
const SEND_TRIES = 3;

/** What the mirror calls of a ledger. */
export type Ledger = Pick<
  LedgerClient,
  | "append"
  | "totals"
  | "raiseFence"
  | "begin"
  | "find"
  | "standing"
  | "findAuthor"
  | "scores"
  | "seal"
  | "excludeFromTotals"
  | "eraseTopics"
  | "erase"
>;

interface LedgerMirrorOptions {
  readonly ledger: Ledger;
  readonly state: SessionState;
  /** The ledger's counts of these topics or, with `whole`, of all. */
  readonly onCounts: (topics: Counts, whole?: "whole") => void;
}

/**
 * What a room's ledger said last. Where it may have changed behind the room's back the mirror is invalid, and
 * asks the ledger for everything before it says anything more.
 */
export class LedgerMirror {
  readonly #options: LedgerMirrorOptions;
  #seq = 0;
  /** The ledger's, as it said last. */
  #fence: number | undefined;
  /** It is raised before the ledger is asked the next time. */
  #isFenceDue = false;
  /** A batch that nobody waits for may still be on its way: this life has given it up, or an earlier one has died. */
  #mayComeLate = true;
  /** The newest that the ledger has answered with. */
  #newestSeq = 0;
  /** How often there was reason to ask the ledger for everything. */
  #invalidations = 1;
  /** As many of them as the last answer covers. */
  #answered = 0;
  #refreshing: Promise<void> | undefined;
  readonly #retries = new Throttle(RETRY_MS, () => this.#refreshOrRetry());

  constructor(options: LedgerMirrorOptions) {
    this.#options = options;
  }

  /** The sequence number of what is known. */
  get seq(): number {
    return this.#seq;
  }

  /** The ledger may have something that it has not said. */
  invalidate(): void {
    this.#invalidations++;
  }

  /** Knows what the ledger has. Throws when it does not answer. */
  async refresh(): Promise<void> {
    const { state } = this.#options;
    while (this.#answered !== this.#invalidations && state.deck) {
      this.#refreshing ??= this.#read(state.capture()).finally(() => {
        this.#refreshing = undefined;
      });
      await this.#refreshing;
    }
  }

  /** Hands a batch to the ledger. Throws when it does not answer in time: it may have kept it all the same. */
  async append(batch: Batch): Promise<BatchAnswer> {
    const { state, onCounts } = this.#options;
    const isOver = () => !state.deck || batch.epoch < state.epoch;
    if (this.#mayComeLate && batch.entries.some(({ mode }) => mode !== "add")) this.#fenceOff();
    await this.refresh().catch((error) => {
      if (!isOver()) throw error;
    });
    // A ledger that never heard of the time before a restart would keep what belongs to it.
    if (isOver()) return { kept: false, epoch: state.epoch || batch.epoch };
    const answer = await this.#send(batch).catch((error) => {
      this.#mayComeLate = true;
      this.invalidate();
      throw error;
    });
    if (!answer.kept) return answer;
    if (!isOver()) this.#newestSeq = answer.seq;
    if (!isOver() && answer.previous === this.#seq) {
      this.#seq = answer.seq;
      onCounts(answer.topics);
    } else {
      // Something else changed them, such as a batch that was kept after it had been given up; or this one
      // was kept by a ledger that did not know of a restart, and is told of it by the refresh.
      this.invalidate();
      await this.#refreshOrRetry(); // these are kept, whatever becomes of the sum
    }
    return answer;
  }

  /** Takes what a participant has sent out of the counts, or puts it back. */
  async excludeFromTotals(participant: string, isExcluded: boolean): Promise<void> {
    try {
      await this.#options.ledger.excludeFromTotals(participant, isExcluded);
    } finally {
      this.invalidate(); // also where the answer is lost
    }
    await this.refresh();
  }

  /** What was kept under an id. A ledger that missed a restart is told of it first. */
  async find(participant: string, id: string) {
    await this.refresh();
    return this.#options.ledger.find(participant, id);
  }

  /** What a participant has standing. A ledger that missed a restart is told of it first. */
  async readStanding(participant: string, topics: readonly string[]) {
    await this.refresh();
    return this.#options.ledger.standing(participant, topics);
  }

  /** Whose an entry is that stands. A ledger that missed a restart is told of it first. */
  async findAuthor(topics: readonly string[], number: number): Promise<EntryAuthor> {
    await this.refresh();
    return this.#options.ledger.findAuthor(topics, number);
  }

  /** What everybody's answers to these questions are worth. A ledger that missed a restart is told of it first. */
  async readScores(questions: readonly QuizQuestion[]): Promise<Scores> {
    await this.refresh();
    return this.#options.ledger.scores(questions);
  }

  /** Erases what was sent under these topics. */
  async eraseTopics(topics: readonly string[]): Promise<void> {
    try {
      await this.#options.ledger.eraseTopics(topics);
    } finally {
      this.invalidate(); // also where the answer is lost
    }
    await this.refresh();
  }

  /**
   * Asks for everything, and not for what was said last. What was sent before, by this life of the room or an earlier
   * one, and is still on its way, is not kept after it.
   */
  async recount(): Promise<void> {
    this.#fenceOff();
    await this.refresh();
  }

  /** The session is over: nothing tells any more whose the entries of forgotten participants were. */
  seal(epoch: number): Promise<void> {
    return this.#options.ledger.seal(epoch);
  }

  async erase(): Promise<void> {
    await this.#refreshing?.catch(() => {});
    await this.#options.ledger.erase();
  }

  /** The ledger is erased. */
  clear(): void {
    this.invalidate();
    this.#seq = 0;
    this.#newestSeq = 0;
    this.#fence = undefined;
    this.#mayComeLate = true;
  }

  /**
   * What was sent before is not kept once the ledger has been asked: what came late would take the place of an answer
   * that was acknowledged since.
   */
  #fenceOff(): void {
    this.#isFenceDue = true;
    this.invalidate();
  }

  async #raiseFence(): Promise<void> {
    this.#isFenceDue = false;
    try {
      this.#fence = await this.#options.ledger.raiseFence();
      this.#mayComeLate = false;
    } catch (error) {
      this.#isFenceDue = true;
      throw error;
    }
  }

  /** Behind a fence it was sent too early, and goes again: somebody waits for it. */
  async #send(batch: Batch): Promise<BatchAnswer> {
    for (let tries = 0; tries < SEND_TRIES; tries++) {
      const fence = this.#fence;
      const answer = await this.#options.ledger.append(fence === undefined ? batch : { ...batch, fence });
      if (answer.fence !== undefined) this.#fence = answer.fence;
      if (answer.kept || answer.fence === undefined) return answer;
    }
    throw new Error("the ledger has raised its fence again and again");
  }

  /** Who sent what is kept does not send it again: without a retry it would be in no sum until somebody else reacts. */
  async #refreshOrRetry(): Promise<void> {
    await this.refresh().catch(() => this.#retries.schedule());
  }

  /** Asks the ledger for all it has; one that missed a restart is told of it. */
  async #read(moment: Moment): Promise<void> {
    const { ledger, state, onCounts } = this.#options;
    const [invalidations, newestSeq] = [this.#invalidations, this.#newestSeq];
    if (this.#isFenceDue) await this.#raiseFence();
    let kept = await ledger.totals();
    if (kept.epoch > 0 && kept.epoch < moment.epoch) kept = await ledger.begin(moment.epoch);
    // A batch that was kept while this was asked for, and that the answer does not hold yet, has overtaken it.
    const isOvertaken = this.#newestSeq !== newestSeq && kept.seq < this.#newestSeq;
    if (!state.isCurrent(moment) || isOvertaken) return;
    this.#seq = kept.seq;
    this.#fence = kept.fence;
    onCounts(kept.epoch === moment.epoch ? kept.topics : {}, "whole");
    this.#answered = invalidations;
  }
}

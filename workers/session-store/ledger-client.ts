import { roomName } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Batch, BatchAnswer, EntryAuthor, EntryKind, LedgerTotals } from "../lib/ledger.ts";
import type { QuizQuestion, Scores } from "../lib/quiz.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import type { ReactionLedger } from "../reaction-store/reaction-ledger.ts";

/**
 * A room's way to its ledger, which has its name. Every call throws when the ledger does not answer
 * in time. What a room sends it has parsed already, and object to object nothing parses it again.
 */
export class LedgerClient {
  readonly #env: SessionStoreEnv;
  readonly #name: string;

  constructor(env: SessionStoreEnv, session: string, room: number) {
    this.#env = env;
    this.#name = roomName(session, room);
  }

  append(batch: Batch): Promise<BatchAnswer> {
    return this.#inTime(async () => this.#ledger.append(batch));
  }

  totals(): Promise<LedgerTotals> {
    return this.#inTime(async () => this.#ledger.totals());
  }

  /** What was sent by now, and has not arrived, is not kept any more. @returns the fence, which the next batches carry */
  raiseFence(): Promise<number> {
    return this.#inTime(async () => this.#ledger.raiseFence());
  }

  /** What a participant's id was kept with; undefined where it was not. */
  find(participant: string, id: string): Promise<EntryKind | undefined> {
    return this.#inTime(async () => this.#ledger.find(participant, id));
  }

  /** What a participant has standing under these topics, as far as they have anything. */
  standing(participant: string, topics: readonly string[]): Promise<Readonly<Record<string, string>>> {
    return this.#inTime(async () => this.#ledger.standing(participant, topics));
  }

  /** Whose the entry is that stands with this number under one of these topics. */
  findAuthor(topics: readonly string[], number: number): Promise<EntryAuthor> {
    return this.#inTime(async () => this.#ledger.findAuthor(topics, number));
  }

  /** What everybody's answers to these questions are worth. */
  scores(questions: readonly QuizQuestion[]): Promise<Scores> {
    return this.#inTime(async () => this.#ledger.scores(questions));
  }

  /** Nothing is left of what was sent under these topics. */
  eraseTopics(topics: readonly string[]): Promise<void> {
    return this.#inTime(async () => this.#ledger.eraseTopics(topics));
  }

  /** The session is over: nothing tells any more whose the entries of forgotten participants were. */
  seal(epoch: number): Promise<void> {
    return this.#inTime(async () => this.#ledger.seal(epoch));
  }

  begin(epoch: number): Promise<LedgerTotals> {
    return this.#inTime(async () => this.#ledger.begin(epoch));
  }

  /** Takes what a participant sent out of the counts, or puts it back. */
  excludeFromTotals(participant: string, isExcluded: boolean): Promise<void> {
    return this.#inTime(async () => this.#ledger.excludeFromTotals(participant, isExcluded));
  }

  erase(): Promise<void> {
    return this.#inTime(async () => this.#ledger.erase());
  }

  #inTime<T>(call: () => Promise<T>): Promise<T> {
    return withTimeout(call, LIMITS.ledgerTimeoutMs);
  }

  /** A stub of its own for every call: one whose object was reset stays broken. */
  get #ledger(): DurableObjectStub<ReactionLedger> {
    const ledgers = this.#env.REACTION_LEDGER as DurableObjectNamespace<ReactionLedger>;
    return ledgers.getByName(this.#name);
  }
}

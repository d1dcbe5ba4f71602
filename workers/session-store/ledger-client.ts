import { type Counts, getTopicName, toTopic } from "../../shared/interactions/topic.ts";
import { roomName } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { BatchAnswer as OldAnswer, LedgerTotals as OldTotals } from "../lib/ledger.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import type { ReactionLedger } from "../reaction-store/reaction-ledger.ts";

export interface Entry {
  readonly participant: string;
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly mode: "add" | "replace";
}
export interface Batch {
  readonly epoch: number;
  readonly entries: readonly Entry[];
}
type KeptAnswer = Extract<OldAnswer, { kept: true }>;
export type BatchAnswer =
  | Extract<OldAnswer, { kept: false }>
  | (Omit<KeptAnswer, "pages"> & { readonly topics: Counts });
export type LedgerTotals = Omit<OldTotals, "pages"> & { readonly topics: Counts };

const toTopics = (pages: Counts): Counts =>
  Object.fromEntries(Object.entries(pages).map(([page, keys]) => [toTopic("reaction", page), keys]));

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

  async append({ epoch, entries }: Batch): Promise<BatchAnswer> {
    const reactions = entries.map(({ participant, id, topic, key }) => ({
      participant,
      id,
      page: getTopicName("reaction", topic) ?? "",
      reaction: key,
    }));
    const answer = await this.#inTime(async () => this.#ledger.append({ epoch, reactions }));
    if (!answer.kept) return answer;
    const { pages, ...rest } = answer;
    return { ...rest, topics: toTopics(pages) };
  }

  async totals(): Promise<LedgerTotals> {
    const { pages, ...rest } = await this.#inTime(async () => this.#ledger.totals());
    return { ...rest, topics: toTopics(pages) };
  }

  /** What a participant's id was kept with; undefined where it was not. */
  async find(participant: string, id: string): Promise<Pick<Entry, "topic" | "key"> | undefined> {
    const kept = await this.#inTime(async () => this.#ledger.find(participant, id));
    return kept && { topic: toTopic("reaction", kept.page), key: kept.reaction };
  }

  /** The session is over: nobody can be told any more by whose reactions were forgotten. */
  seal(epoch: number): Promise<void> {
    return this.#inTime(async () => this.#ledger.seal(epoch));
  }

  async begin(epoch: number): Promise<LedgerTotals> {
    const { pages, ...rest } = await this.#inTime(async () => this.#ledger.begin(epoch));
    return { ...rest, topics: toTopics(pages) };
  }

  /** Takes what a participant sent out of the counts, or puts it back. */
  excludeFromTotals(participant: string, isExcluded: boolean): Promise<void> {
    return this.#inTime(async () => this.#ledger.uncount(participant, isExcluded));
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

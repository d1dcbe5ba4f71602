import type { IdentifiedReaction, NewReaction } from "../../shared/interactions/reaction/reaction.ts";
import type { Counts } from "../../shared/interactions/topic.ts";
import { getTopicName, toTopic } from "../../shared/interactions/topic.ts";
import { roomName } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Pages } from "../../shared/protocol/totals.schema.ts";
import type { Entry, LedgerTotals, Outcome } from "../lib/ledger.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import type { ReactionLedger } from "../reaction-store/reaction-ledger.ts";

/** A batch of reactions, and what the ledger says to it: of topics, a room has the pages. */
export interface ReactionBatch {
  readonly epoch: number;
  readonly reactions: readonly (IdentifiedReaction & { readonly participant: string })[];
}
export type ReactionBatchAnswer =
  | { readonly kept: false; readonly epoch: number }
  | {
      readonly kept: true;
      readonly outcomes: readonly Outcome[];
      readonly previous: number;
      readonly seq: number;
      readonly pages: Pages;
    };
export interface ReactionTotals {
  readonly epoch: number;
  readonly seq: number;
  readonly pages: Pages;
}

const REACTION = "reaction";

const toEntry = ({ participant, id, page, reaction }: ReactionBatch["reactions"][number]): Entry => ({
  participant,
  id,
  topic: toTopic(REACTION, page),
  key: reaction,
  mode: "add",
});

/** What of these counts is reactions, by page. */
const toPages = (topics: Counts): Pages =>
  Object.fromEntries(
    Object.entries(topics).flatMap(([topic, counts]) => {
      const page = getTopicName(REACTION, topic);
      return page === undefined ? [] : [[page, counts]];
    }),
  );

const toReactionTotals = ({ epoch, seq, topics }: LedgerTotals): ReactionTotals => ({
  epoch,
  seq,
  pages: toPages(topics),
});

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

  async append({ epoch, reactions }: ReactionBatch): Promise<ReactionBatchAnswer> {
    const batch = { epoch, entries: reactions.map(toEntry) };
    const answer = await this.#inTime(async () => this.#ledger.append(batch));
    if (!answer.kept) return answer;
    const { topics, ...rest } = answer;
    return { ...rest, pages: toPages(topics) };
  }

  async totals(): Promise<ReactionTotals> {
    return toReactionTotals(await this.#inTime(async () => this.#ledger.totals()));
  }

  /** What a participant's id was kept with; undefined where it was not. */
  async find(participant: string, id: string): Promise<NewReaction | undefined> {
    const kept = await this.#inTime(async () => this.#ledger.find(participant, id));
    if (!kept) return undefined;
    // What is no reaction is the same as none of them: no page is called "".
    return { page: getTopicName(REACTION, kept.topic) ?? "", reaction: kept.key };
  }

  /** The session is over: nobody can be told any more by whose reactions were forgotten. */
  seal(epoch: number): Promise<void> {
    return this.#inTime(async () => this.#ledger.seal(epoch));
  }

  async begin(epoch: number): Promise<ReactionTotals> {
    return toReactionTotals(await this.#inTime(async () => this.#ledger.begin(epoch)));
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

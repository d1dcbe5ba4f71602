import { foldReaction, type IdentifiedReaction } from "../../../../shared/interactions/reaction/reaction.ts";
import { getPageTopic } from "../../../../shared/interactions/reaction/topic.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import type { Entry } from "../../../lib/ledger.ts";
import type { HasteLimit } from "../../haste-limit.ts";
import { CONFLICT, type QueuedEntry } from "../../ledger-queue.ts";
import { NOT_FOUND, UNAVAILABLE } from "../../refusals.ts";
import type { SessionState } from "../../session-state.ts";
import type { Settle } from "../settle-late.ts";
import type { BurstCounter } from "./burst-counter.ts";
import type { KindInUse, KindRegistry } from "./kind-registry.ts";
import { refuseReaction } from "./offer.ts";

const TOO_MANY_KINDS: Refusal = {
  code: "too_many_kinds",
  detail: `a session keeps up to ${LIMITS.kinds} kinds of reactions of its audience's own`,
};
const TOO_MANY_FIRSTS: Refusal = {
  code: "too_many_kinds",
  detail: `one participant brings up to ${LIMITS.kindsPerParticipant} new kinds of reactions`,
};

interface ReactionIntakeOptions {
  readonly state: SessionState;
  readonly kinds: Pick<KindRegistry, "find" | "use">;
  readonly queue: { add(queued: QueuedEntry): void };
  readonly bursts: Pick<BurstCounter, "add">;
  readonly haste: Pick<HasteLimit, "refuse">;
  /** Why a participant has no place; undefined, and at once, for somebody who is known to have one. */
  readonly ensurePlace: (participant: string) => Promise<Refusal | undefined> | undefined;
  /** What the ledger has under an id. Throws when it does not answer. */
  readonly findKept: (participant: string, id: string) => Promise<Pick<Entry, "topic" | "key"> | undefined>;
}

/** Takes one room's reactions: whether the host, the pace and the kinds of the session allow each, and then on to the ledger. */
export class ReactionIntake {
  readonly #options: ReactionIntakeOptions;

  constructor(options: ReactionIntakeOptions) {
    this.#options = options;
  }

  /**
   * Takes a reaction; `settle` is called when it is durable, or refused. A reaction of a kind that is in use, of
   * somebody who has a place, is in the queue when this returns.
   * @param isUrgent a request is open for it
   */
  submit(participant: string, reaction: IdentifiedReaction, isUrgent: boolean, settle: Settle): void {
    const { state, kinds, haste, ensurePlace } = this.#options;
    const refusal = refuseReaction(state, participant, reaction) ?? haste.refuse(participant);
    if (refusal) {
      settle(refusal);
      return;
    }
    const known = kinds.find(reaction.page, reaction.reaction);
    const placing = ensurePlace(participant);
    if (known !== undefined && !placing) {
      this.#enqueue(participant, { ...reaction, reaction: known }, isUrgent, settle);
      return;
    }
    void this.#submitUnknown(participant, reaction, isUrgent, settle, placing);
  }

  /** The same, where the root must be asked for a place, or for a kind that nobody has used. */
  async #submitUnknown(
    participant: string,
    reaction: IdentifiedReaction,
    isUrgent: boolean,
    settle: Settle,
    placing: Promise<Refusal | undefined> | undefined,
  ): Promise<void> {
    const { state } = this.#options;
    const moment = state.capture();
    const found = (await placing) ?? (await this.#useKind(participant, reaction));
    if ("code" in found) {
      settle(found);
      return;
    }
    // Meanwhile the host may have ended the session, or paused it, or blocked this participant.
    const refusal = state.isSameSession(moment) ? refuseReaction(state, participant, reaction) : NOT_FOUND;
    if (refusal) {
      found.end(false);
      settle(refusal);
      return;
    }
    this.#enqueue(
      participant,
      { ...reaction, reaction: found.reaction },
      isUrgent,
      (outcome) => {
        found.end(outcome === undefined);
        settle(outcome);
      },
      moment.epoch,
    );
  }

  /** @param epoch the one that it was checked in: one of before a restart goes with all that the restart empties */
  #enqueue(
    participant: string,
    { page, reaction, id }: IdentifiedReaction,
    isUrgent: boolean,
    settle: Settle,
    epoch = this.#options.state.epoch,
  ): void {
    const { state, queue, bursts } = this.#options;
    queue.add({
      entry: { participant, id, topic: getPageTopic(page), key: reaction, mode: "add" },
      epoch,
      isUrgent,
      settle: (refusal) => {
        // What a restart has emptied is acknowledged, and gone.
        if (!refusal && epoch === state.epoch) bursts.add({ participant, page, reaction, count: 1 });
        settle(refusal);
      },
    });
  }

  /** A kind that nobody has used yet, as far as this room knows: only the root knows whether there is room for it. */
  async #useKind(
    participant: string,
    { page, reaction, id }: IdentifiedReaction,
  ): Promise<KindInUse | Refusal> {
    const { kinds, findKept } = this.#options;
    const known = kinds.find(page, reaction);
    if (known !== undefined) return { reaction: known, end: () => {} };
    try {
      // What was kept under this id before needs no kind, and must not take one.
      const kept = await findKept(participant, id);
      if (kept) {
        const isSame = kept.topic === getPageTopic(page) && foldReaction(kept.key) === foldReaction(reaction);
        return isSame ? { reaction: kept.key, end: () => {} } : CONFLICT;
      }
      const used = await kinds.use(participant, { page, reaction });
      if (used === "stale") return UNAVAILABLE;
      if (used === "full") return TOO_MANY_KINDS;
      if (used === "many") return TOO_MANY_FIRSTS;
      return used;
    } catch {
      return UNAVAILABLE;
    }
  }
}

import type { IdentifiedAnswer } from "../../../../shared/interactions/activity/activity.ts";
import { writeAnswerKey } from "../../../../shared/interactions/activity/answer-key.ts";
import { kinds } from "../../../../shared/interactions/activity/kinds/index.ts";
import type { AnswerValue } from "../../../../shared/interactions/activity/tally.ts";
import { TAKEN_BACK } from "../../../../shared/interactions/topic.ts";
import { isPerson } from "../../../../shared/protocol/identity.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import type { Totals } from "../../../lib/totals.ts";
import type { HasteLimit } from "../../haste-limit.ts";
import type { QueuedEntry } from "../../ledger-queue.ts";
import { BLOCKED, ENDED, NO_ACTIVITY, NOT_FOUND } from "../../refusals.ts";
import type { SessionState } from "../../session-state.ts";
import { type FindKept, type Settle, settleLate } from "../settle-late.ts";
import type { ActivityBoard } from "./activity-board.ts";
import { getRound, getTopic, listTopics, type StoredActivity, type StoredRound } from "./stored-activity.ts";

interface AnswerIntakeOptions {
  readonly state: SessionState;
  readonly board: ActivityBoard;
  readonly queue: { add(queued: QueuedEntry): void };
  readonly haste: Pick<HasteLimit, "refuse">;
  /** What is counted, as far as this room knows: here and below, and everywhere. */
  readonly counted: () => readonly Totals[];
  readonly findKept: FindKept;
  /** Why a participant has no place; undefined, and at once, for somebody who is known to have one. */
  readonly ensurePlace: (participant: string) => Promise<Refusal | undefined> | undefined;
}

const TOO_MANY_WORDS: Refusal = {
  code: "too_many_words",
  detail: `up to ${LIMITS.openKeys} different ones, and ${LIMITS.openBytes / 2 ** 20} MB of all in a session; send one that is there already`,
};

/** Takes one room's answers: whether the activity is open, and whether it is an answer to it, and then on to the ledger. */
export class AnswerIntake {
  readonly #options: AnswerIntakeOptions;

  constructor(options: AnswerIntakeOptions) {
    this.#options = options;
  }

  /**
   * Takes an answer; `settle` is called when it is durable, or refused. The answer of somebody who has a place is in
   * the queue when this returns.
   * @param isUrgent a request is open for it
   */
  submit(participant: string, answer: IdentifiedAnswer, isUrgent: boolean, settle: Settle): void {
    const { haste, state, findKept, ensurePlace } = this.#options;
    const found = this.#find(participant, answer);
    const isLate = "code" in found && found.code === "activity_closed";
    const refusal = "code" in found && !isLate ? found : haste.refuse(participant);
    if (refusal) {
      settle(refusal);
      return;
    }
    if (isLate) {
      const late = { participant, id: answer.id, topic: this.#findTopic(answer), refusal: found };
      void settleLate(late, findKept, settle);
      return;
    }
    // The clock stops here: who has no place yet loses no time by asking for one.
    const at = Date.now();
    const placing = ensurePlace(participant);
    if (!placing) {
      this.#enqueue(participant, answer, at, isUrgent, settle);
      return;
    }
    const moment = state.capture();
    void placing.then((unplaced) => {
      if (unplaced) settle(unplaced);
      else if (!state.isSameSession(moment)) settle(NOT_FOUND);
      else if (!state.isCurrent(moment))
        settle({ code: "activity_closed", detail: "the session has begun anew" });
      else this.#enqueue(participant, answer, at, isUrgent, settle);
    });
  }

  /** What an answer that comes too late would have been kept under. */
  #findTopic(answer: IdentifiedAnswer): string | undefined {
    const activity = this.#options.board.get(answer.activity);
    const round = activity?.rounds[answer.round - 1];
    return activity && round && isMeant(answer, round) ? getTopic(activity, round) : undefined;
  }

  #enqueue(
    participant: string,
    answer: IdentifiedAnswer,
    at: number,
    isUrgent: boolean,
    settle: Settle,
  ): void {
    const { state, board, queue } = this.#options;
    const found = this.#find(participant, answer);
    if ("code" in found) {
      settle(found);
      return;
    }
    const { activity, topic, value } = found;
    const elapsedMs = Math.max(0, at - board.getHeardAt(activity));
    const key = value === null ? TAKEN_BACK : writeAnswerKey({ elapsedMs, value });
    const mode = activity.definition.change ? "replace" : "once";
    queue.add({
      entry: { participant, id: answer.id, topic, key, mode },
      epoch: state.epoch,
      isUrgent,
      settle: (refusal) => settle(refusal?.code === "too_many_kinds" ? TOO_MANY_WORDS : refusal),
    });
  }

  /** What is answered, and the answer as it is kept; or why it is not taken. */
  #find(
    participant: string,
    answer: IdentifiedAnswer,
  ): { activity: StoredActivity; topic: string; value: AnswerValue | null } | Refusal {
    const refusal = this.#refusePerson(participant);
    if (refusal) return refusal;
    const activity = this.#options.board.get(answer.activity);
    if (!activity) return NO_ACTIVITY;
    const { definition, status, rounds } = activity;
    const round = getRound(activity);
    if (status !== "open" || !round) return { code: "activity_closed", detail: "this activity is not open" };
    if (answer.round !== rounds.length || !isMeant(answer, round)) {
      return { code: "activity_closed", detail: `round ${rounds.length} is open, and no other` };
    }
    const topic = getTopic(activity, round);
    if (answer.value === null) return { activity, topic, value: null };
    const kind = kinds[definition.kind];
    const value = kind.accept(definition, answer.value);
    if (value === undefined) {
      return {
        code: "answer_not_valid",
        detail: `this is no answer to a ${definition.kind} activity like this one`,
      };
    }
    if (kind.isOpenEnded && !this.#hasRoom(topic, kind.count(value))) return TOO_MANY_WORDS;
    return { activity, topic, value };
  }

  #refusePerson(participant: string): Refusal | undefined {
    const { state } = this.#options;
    if (!state.facts) return NOT_FOUND;
    if (state.facts.endedAt !== null) return ENDED;
    const sentOut = state.refuseName(participant);
    if (sentOut) return sentOut;
    if (state.facts.blocked.includes(participant)) return BLOCKED;
    if (!isPerson(participant)) {
      return { code: "not_participant", detail: "only the audience answers; join as a user" };
    }
    return undefined;
  }

  /** Whether a round has room for these: it has for those that it has already. */
  #hasRoom(topic: string, keys: Iterable<readonly [key: string, count: number]>): boolean {
    const counted = this.#options.counted();
    const isNew = [...keys].some(([key]) => counted.every((counts) => !counts.has(topic, key)));
    return (
      !isNew ||
      counted.every(
        (counts) => counts.countKeys(topic) < LIMITS.openKeys && this.#countBytes(counts) < LIMITS.openBytes,
      )
    );
  }

  /** The size of all that people have thought of, in bytes: what one is offered to choose from is not among it. */
  #countBytes(counts: Totals): number {
    const open = this.#options.board.all.filter(({ definition }) => kinds[definition.kind].isOpenEnded);
    return open.flatMap(listTopics).reduce((bytes, topic) => bytes + counts.countBytes(topic), 0);
  }
}

/** Whether a round is the one that was answered: another one may have come to its number. */
const isMeant = ({ openedAt }: IdentifiedAnswer, round: StoredRound): boolean =>
  openedAt === undefined || openedAt === round.openedAt;

import type { IdentifiedVote, QuestionStatus } from "../../../../shared/interactions/question/question.ts";
import { FOR, getVoteTopic } from "../../../../shared/interactions/question/topic.ts";
import { TAKEN_BACK } from "../../../../shared/interactions/topic.ts";
import { isPerson } from "../../../../shared/protocol/identity.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import type { HasteLimit } from "../../haste-limit.ts";
import type { QueuedEntry } from "../../ledger-queue.ts";
import { BLOCKED, ENDED, NO_QUESTION, NOT_FOUND, QUESTIONS_OFF } from "../../refusals.ts";
import type { SessionState } from "../../session-state.ts";
import { type FindKept, type Settle, settleLate } from "../settle-late.ts";

/** What votes depend on, of a question. */
interface VotedQuestion {
  readonly author?: string | null | undefined;
  readonly status: QuestionStatus;
  readonly isExcluded: boolean;
}

interface VoteIntakeOptions {
  readonly state: SessionState;
  readonly board: { get(id: string): VotedQuestion | undefined };
  readonly queue: { add(queued: QueuedEntry): void };
  readonly haste: Pick<HasteLimit, "refuse">;
  readonly findKept: FindKept;
  /** Why a participant has no place; undefined, and at once, for somebody who is known to have one. */
  readonly ensurePlace: (participant: string) => Promise<Refusal | undefined> | undefined;
}

/** Takes one room's votes: whether the question is there to be voted for, and by whom, and then on to the ledger. */
export class VoteIntake {
  readonly #options: VoteIntakeOptions;

  constructor(options: VoteIntakeOptions) {
    this.#options = options;
  }

  /**
   * Takes a vote; `settle` is called when it is durable, or refused. The vote of somebody who has a place is in the
   * queue when this returns.
   * @param isUrgent a request is open for it
   */
  submit(participant: string, vote: IdentifiedVote, isUrgent: boolean, settle: Settle): void {
    const { haste, state, board, findKept, ensurePlace } = this.#options;
    const refusal = this.#refusePerson(participant) ?? haste.refuse(participant);
    if (refusal) {
      settle(refusal);
      return;
    }
    const late = this.#refuseBlocked(participant) ?? this.#refuseVote(participant, vote);
    if (late) {
      // It may be kept and count again, too, once its voter is not blocked any more.
      const topic = board.get(vote.question) && getVoteTopic(vote.question);
      void settleLate({ participant, id: vote.id, topic, refusal: late }, findKept, settle);
      return;
    }
    const placing = ensurePlace(participant);
    if (!placing) {
      this.#enqueue(participant, vote, isUrgent, settle);
      return;
    }
    const moment = state.capture();
    void placing.then((unplaced) => {
      if (unplaced) settle(unplaced);
      else if (!state.isSameSession(moment)) settle(NOT_FOUND);
      // A restart has emptied the board, and ids never come again.
      else this.#submitPlaced(participant, vote, isUrgent, settle);
    });
  }

  /** Meanwhile the host may have ended the session, or answered the question. */
  #submitPlaced(participant: string, vote: IdentifiedVote, isUrgent: boolean, settle: Settle): void {
    const refusal =
      this.#refusePerson(participant) ??
      this.#refuseBlocked(participant) ??
      this.#refuseVote(participant, vote);
    if (refusal) settle(refusal);
    else this.#enqueue(participant, vote, isUrgent, settle);
  }

  #enqueue(
    participant: string,
    { id, question, vote }: IdentifiedVote,
    isUrgent: boolean,
    settle: Settle,
  ): void {
    const { state, queue } = this.#options;
    queue.add({
      entry: {
        participant,
        id,
        topic: getVoteTopic(question),
        key: vote ? FOR : TAKEN_BACK,
        mode: "replace",
      },
      epoch: state.epoch,
      isUrgent,
      settle,
    });
  }

  #refusePerson(participant: string): Refusal | undefined {
    const { state } = this.#options;
    if (!state.facts) return NOT_FOUND;
    if (state.facts.endedAt !== null) return ENDED;
    const sentOut = state.refuseName(participant);
    if (sentOut) return sentOut;
    if (!isPerson(participant)) {
      return { code: "not_participant", detail: "only the audience votes; join as a user" };
    }
    return undefined;
  }

  #refuseBlocked(participant: string): Refusal | undefined {
    return this.#options.state.facts?.blocked.includes(participant) ? BLOCKED : undefined;
  }

  /** Why nobody, or not this participant, votes for a question at this moment. */
  #refuseVote(participant: string, { question }: IdentifiedVote): Refusal | undefined {
    const { state, board } = this.#options;
    if (state.facts?.rules.questions === "off") return QUESTIONS_OFF;
    const found = board.get(question);
    if (!found) return NO_QUESTION;
    if (found.author === participant) {
      return { code: "own_question", detail: "others vote for what you have asked" };
    }
    if (found.isExcluded || found.status === "pending" || found.status === "hidden") return NO_QUESTION;
    if (found.status === "answered") {
      return { code: "question_fixed", detail: "this question was answered" };
    }
    return undefined;
  }
}

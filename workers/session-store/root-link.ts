import type { LiveQuestion } from "../../shared/interactions/question/question.ts";
import type { NewReaction } from "../../shared/interactions/reaction/reaction.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import type { Leaders } from "./interactions/activity/quiz.ts";
import type { IdentifiedQuestion } from "./interactions/question/question-commands.ts";
import type { Admission } from "./interactions/reaction/kind-admissions.ts";
import type { ClaimAnswer } from "./place-claims.ts";
import type { SessionState } from "./session-state.ts";

/** How long somebody new waits to hear whether they have a place, before they are let in unasked. */
const CLAIM_WAIT_MS = 2000;

/** What rooms ask of the root, which alone knows the whole session. */
export interface RootRoom {
  claimPlaces(participants: readonly string[], withOthers: boolean): ClaimAnswer | Promise<ClaimAnswer>;
  admitKind(epoch: number, page: string, reaction: string): Promise<Admission>;
  releaseKind(epoch: number, page: string, reaction: string): void | Promise<void>;
  keepName(participant: string, name: string): Refusal | null | Promise<Refusal | null>;
  listLeaders(): Promise<Leaders>;
  keepQuestion(participant: string, question: IdentifiedQuestion): Promise<LiveQuestion | Refusal>;
  withdrawQuestion(participant: string, question: string): Refusal | null | Promise<Refusal | null>;
}

/** A room's way to the root. */
export class RootLink {
  readonly #state: SessionState;
  readonly #getRoot: () => RootRoom;

  /** @param getRoot a stub of its own for every call: one whose object was reset stays broken */
  constructor(state: SessionState, getRoot: () => RootRoom) {
    this.#state = state;
    this.#getRoot = getRoot;
  }

  /**
   * Which of these participants, all of one room, have a place; and who else in it has one, if that is asked for.
   * Throws when the root does not answer in time.
   */
  claimPlaces(participants: readonly string[], withOthers: boolean): Promise<ClaimAnswer> {
    return withTimeout(async () => this.#getRoot().claimPlaces(participants, withOthers), CLAIM_WAIT_MS);
  }

  /** Whether the session has room for a kind of reaction that is new here. */
  async admitKind({ page, reaction }: NewReaction): Promise<Admission> {
    return this.#getRoot().admitKind(this.#state.epoch, page, reaction);
  }

  /** Somebody wants a name. */
  async keepName(participant: string, name: string): Promise<Refusal | null> {
    return this.#getRoot().keepName(participant, name);
  }

  /** How everybody stands in the quiz. */
  async listLeaders(): Promise<Leaders> {
    return this.#getRoot().listLeaders();
  }

  /** Somebody asks something. */
  async keepQuestion(participant: string, question: IdentifiedQuestion): Promise<LiveQuestion | Refusal> {
    return this.#getRoot().keepQuestion(participant, question);
  }

  /** Somebody takes back what they have asked. */
  async withdrawQuestion(participant: string, question: string): Promise<Refusal | null> {
    return this.#getRoot().withdrawQuestion(participant, question);
  }

  /** Nothing came of it. */
  async releaseKind({ page, reaction }: NewReaction): Promise<void> {
    try {
      await this.#getRoot().releaseKind(this.#state.epoch, page, reaction);
    } catch {
      // The admission ends by itself.
    }
  }
}

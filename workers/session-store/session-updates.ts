import type { Activities } from "./interactions/activity/activities.ts";
import type { Questions } from "./interactions/question/questions.ts";
import {
  type CountsUpdate,
  NO_REVISIONS,
  type ParentUpdate,
  type Revisions,
  type SessionUpdate,
  type WholeUpdate,
} from "./room-message.ts";
import type { SessionState, StateChange } from "./session-state.ts";

interface SessionUpdatesOptions {
  readonly state: SessionState;
  readonly activities: Activities;
  readonly questions: Questions;
  /** Tells everybody how the session has changed. */
  readonly announce: (change: StateChange) => void;
  readonly applyCounts: (counts: CountsUpdate) => void;
  readonly getCounts: (topics: Iterable<string> | "whole") => CountsUpdate;
}

/** How a room takes over what its parent says of the session, and what it says of it to the rooms below. */
export class SessionUpdates {
  readonly #options: SessionUpdatesOptions;

  constructor(options: SessionUpdatesOptions) {
    this.#options = options;
  }

  /**
   * From the parent: what it says of the session first, and of the counts only if they are of the same epoch. How the
   * activities stand comes last: whoever hears that a tally is final hears the final one. So do the questions: what is
   * said of one has its votes.
   */
  apply({ session, counts }: ParentUpdate): void {
    const { state, applyCounts, activities, questions } = this.#options;
    if (session && !this.#adoptState(session)) return;
    if (counts.epoch !== state.epoch) throw new Error("knows of another epoch");
    applyCounts(counts);
    activities.adopt(session?.activities);
    questions.adopt(session?.questions);
  }

  /** The session alone: what is of the time before a restart changes nothing. */
  adopt(session: SessionUpdate): void {
    this.#adoptState(session);
  }

  /**
   * The session, before this room counts anew or sums up: what is over is not answered any more. That something is
   * final comes with the counts that belong to it.
   */
  adoptAhead(session: SessionUpdate): void {
    if (this.#adoptState(session)) this.#options.activities.adoptAhead(session.activities);
  }

  /** What a room below is to hear; undefined while there is no session. */
  getUpdate(topics: Iterable<string> | "whole"): WholeUpdate | undefined {
    const session = this.getSession();
    return session && { session, counts: this.#options.getCounts(topics) };
  }

  /** The session as other rooms hear of it; of activities and questions what has changed since these revisions. */
  getSession(since = NO_REVISIONS): SessionUpdate | undefined {
    const session = this.#withActivities(since.activities);
    const questions = this.#options.questions.board.getUpdate(since.questions);
    return session && (questions ? { ...session, questions } : session);
  }

  /** What rooms must know of it before they count anew: nothing of the questions, which are the most of it. */
  getSessionAhead(): SessionUpdate | undefined {
    return this.#withActivities(0);
  }

  /** What a room that was told this knows. */
  get revisions(): Revisions {
    const { activities, questions } = this.#options;
    return { activities: activities.board.revision, questions: questions.board.revision };
  }

  #withActivities(since: number): SessionUpdate | undefined {
    const session = this.#options.state.update;
    const activities = this.#options.activities.board.getUpdate(since);
    return session && (activities ? { ...session, activities } : session);
  }

  #adoptState(session: SessionUpdate): boolean {
    const { state, announce } = this.#options;
    const change = state.adopt(session);
    if (change) announce(change);
    return change !== undefined;
  }
}

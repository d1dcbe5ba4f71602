import type { Activities } from "./interactions/activity/activities.ts";
import type { CountsUpdate, ParentUpdate, SessionUpdate, WholeUpdate } from "./room-message.ts";
import type { SessionState, StateChange } from "./session-state.ts";

interface SessionUpdatesOptions {
  readonly state: SessionState;
  readonly activities: Activities;
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
   * activities stand comes last: whoever hears that a tally is final hears the final one.
   */
  apply({ session, counts }: ParentUpdate): void {
    const { state, applyCounts, activities } = this.#options;
    if (session && !this.#adoptState(session)) return;
    if (counts.epoch !== state.epoch) throw new Error("knows of another epoch");
    applyCounts(counts);
    activities.adopt(session?.activities);
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

  /** The session as other rooms hear of it; of its activities what has changed since this revision. */
  getSession(since = 0): SessionUpdate | undefined {
    const { state, activities } = this.#options;
    const session = state.update;
    const changed = activities.board.getUpdate(since);
    return session && (changed ? { ...session, activities: changed } : session);
  }

  #adoptState(session: SessionUpdate): boolean {
    const { state, announce } = this.#options;
    const change = state.adopt(session);
    if (change) announce(change);
    return change !== undefined;
  }
}

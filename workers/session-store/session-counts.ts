import type { Refusal } from "../../shared/protocol/problem.ts";
import type { SessionTotals } from "../../shared/protocol/totals.ts";
import type { Actor } from "../lib/actor.ts";
import type { FinalTotals } from "../lib/final-totals.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import type { Door } from "./door.ts";
import { getPages, sumReactions } from "./interactions/reaction/reaction-counts.ts";
import { ENDED, NOT_FOUND, UNAVAILABLE } from "./refusals.ts";
import type { RoomCounts } from "./room-counts.ts";
import type { SessionCommands } from "./session-commands.ts";
import type { SessionExpiry } from "./session-expiry.ts";
import type { SessionState } from "./session-state.ts";

/** How long an end waits for the last counts of all rooms: whoever asked gives up after ten seconds. */
const RECOUNT_WAIT_MS = 8000;

interface SessionCountsOptions {
  readonly state: SessionState;
  readonly counts: RoomCounts;
  readonly commands: Pick<SessionCommands, "end">;
  readonly door: Pick<Door, "joined">;
  readonly expiry: Pick<SessionExpiry, "at">;
  /** Nothing is open any more. */
  readonly closeActivities: () => void;
  /** Throw when a room does not answer. */
  readonly becomeComplete: () => Promise<void>;
  readonly recount: () => Promise<void>;
}

/** What the whole session has counted, for whoever asks; and its last counts, when it ends. Of the root alone. */
export class SessionCounts {
  readonly #options: SessionCountsOptions;

  constructor(options: SessionCountsOptions) {
    this.#options = options;
  }

  /** The counts, and how many have joined; after the end, only if `isFinal` asks for them. */
  async read(isFinal: boolean, participant: string | undefined): Promise<SessionTotals | Refusal> {
    const { state, becomeComplete } = this.#options;
    if (!state.facts) return NOT_FOUND;
    const sentOut = state.refuseName(participant);
    if (sentOut) return sentOut;
    if (state.facts.endedAt !== null && !isFinal) return ENDED;
    try {
      await becomeComplete();
    } catch {
      return UNAVAILABLE;
    }
    return state.facts ? this.#totals : NOT_FOUND;
  }

  /** Ends the session. Answers its last totals: each room counts once more. Safe to repeat. */
  async end(actor: Actor): Promise<FinalTotals | Refusal> {
    const { state, commands, expiry, closeActivities, recount } = this.#options;
    const refusal = commands.end(actor);
    if (refusal) return refusal;
    closeActivities();
    try {
      await withTimeout(recount, RECOUNT_WAIT_MS);
    } catch {
      return UNAVAILABLE;
    }
    const endedAt = state.facts?.endedAt ?? null;
    if (endedAt === null) {
      return { ...NOT_FOUND, detail: "this session was restarted, or deleted, while it ended" };
    }
    return { ...this.#totals, endedAt, expiresAt: expiry.at ?? Date.now() };
  }

  get #totals(): SessionTotals {
    const { counts, door } = this.#options;
    const { subtree } = counts;
    return { pages: getPages(subtree), total: sumReactions(subtree), participants: door.joined };
  }
}

import { getRoom } from "../../shared/protocol/identity.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { Actor } from "../lib/actor.ts";
import { UNAVAILABLE } from "./refusals.ts";
import type { SessionUpdate } from "./room-message.ts";
import type { SessionCommands } from "./session-commands.ts";

/** A room, asked to take what somebody sent out of its counts, or to put it back. */
export interface ExcludingRoom {
  excludeFromTotals(participant: string, isExcluded: boolean, session?: SessionUpdate): Promise<void>;
}

interface BlockingOptions {
  readonly commands: Pick<SessionCommands, "block">;
  readonly getRoom: (room: number) => ExcludingRoom;
  /** What the room must know of the session by then. */
  readonly getSession: () => SessionUpdate | undefined;
  /** Somebody's points may count no more, or count again. */
  readonly invalidateQuiz: () => void;
  /** What somebody has asked is hidden, or to be seen again. */
  readonly excludeQuestions: (participant: string, isExcluded: boolean) => void;
}

/** Blocks participants, and lets them in again. Of the root alone. */
export class Blocking {
  readonly #options: BlockingOptions;

  constructor(options: BlockingOptions) {
    this.#options = options;
  }

  /**
   * @param isExcluded what they sent is taken out of the totals, and comes back when they are unblocked; the ledger
   * keeps it either way
   */
  async block(
    actor: Actor,
    participant: string,
    isBlocked: boolean,
    isExcluded: boolean,
  ): Promise<Refusal | null> {
    const { commands, getSession, invalidateQuiz, excludeQuestions } = this.#options;
    const refusal = commands.block(actor, participant, isBlocked);
    if (refusal) return refusal;
    excludeQuestions(participant, isBlocked && isExcluded);
    const room = this.#options.getRoom(getRoom(participant));
    invalidateQuiz(); // so that it is summed up even if this object dies first
    try {
      await room.excludeFromTotals(participant, isBlocked && isExcluded, getSession());
      return null;
    } catch {
      return UNAVAILABLE;
    } finally {
      invalidateQuiz(); // also where the answer is lost
    }
  }
}

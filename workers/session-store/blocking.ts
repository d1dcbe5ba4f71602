import { getRoom } from "../../shared/protocol/identity.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { Actor } from "../lib/actor.ts";
import { type EntryAuthor, splitEntryNumber } from "../lib/ledger.ts";
import type { WrittenText } from "./interactions/activity/activity-commands.ts";
import { NO_TEXT, UNAVAILABLE } from "./refusals.ts";
import type { SessionUpdate } from "./room-message.ts";
import type { SessionCommands } from "./session-commands.ts";
import type { SessionState } from "./session-state.ts";

/** What is asked of the room of somebody who is blocked, or let in again. */
export interface BlockingRoom {
  findAuthor(topics: readonly string[], number: number): Promise<EntryAuthor>;
  /** Takes what they sent out of its counts, or puts it back. */
  excludeFromTotals(participant: string, isExcluded: boolean, session?: SessionUpdate): Promise<void>;
}

interface BlockingOptions {
  readonly state: Pick<SessionState, "capture" | "isCurrent">;
  readonly commands: Pick<SessionCommands, "block">;
  /** Rooms that were opened: others are not asked. */
  readonly countRooms: () => number;
  readonly getRoom: (room: number) => BlockingRoom;
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

  /** The same for whoever has written a text, unnamed: what they sent is taken out, or comes back. */
  async blockAuthor(
    actor: Actor,
    { topics, number }: WrittenText,
    isBlocked: boolean,
  ): Promise<Refusal | null> {
    const { state } = this.#options;
    const asked = state.capture();
    const entry = splitEntryNumber(number);
    if (entry.room >= this.#options.countRooms()) return NO_TEXT;
    let found: EntryAuthor;
    try {
      found = await this.#options.getRoom(entry.room).findAuthor(topics, entry.number);
    } catch {
      return UNAVAILABLE;
    }
    // The numbers of before a restart name others by now.
    if (!state.isCurrent(asked)) return UNAVAILABLE;
    if (found === "forgotten")
      return { code: "invalid_request", detail: "block: whoever wrote this is forgotten" };
    if (found === "none") return NO_TEXT;
    return this.block(actor, found.participant, isBlocked, true);
  }
}

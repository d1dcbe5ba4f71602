import type { Refusal } from "../../shared/protocol/problem.ts";
import { NOT_FOUND, UNAVAILABLE } from "./refusals.ts";
import type { ChildReport, CountsMark, ParentUpdate, ReportAnswer, WholeUpdate } from "./room-message.ts";
import { isOrNewer } from "./room-message.ts";
import type { SessionState } from "./session-state.ts";

/** An answer that this room has overtaken with something newer is asked for again, so often. */
const REGISTER_TRIES = 5;

/** What a room calls of its parent. */
export interface ParentRoom {
  register(room: number): Promise<WholeUpdate | Refusal>;
  /** Null where there is no session, or no such child. */
  takeReport(room: number, report: ChildReport): Promise<ReportAnswer | null>;
}

interface ParentLinkOptions {
  readonly room: number;
  readonly state: SessionState;
  /** A stub of its own for every call: one whose object was reset stays broken. */
  readonly getParent: () => ParentRoom;
  /** The number of the newest counts that this room has. */
  readonly getNumber: () => number;
  readonly apply: (update: ParentUpdate) => void;
  /** What this room and all below it have counted, as far as it differs from what the parent has. */
  readonly getReport: (heard: CountsMark | undefined) => ChildReport;
}

/** The way of one room to the room above it: it registers once a life, and reports what it has counted. */
export class ParentLink {
  readonly #options: ParentLinkOptions;
  #isRegistered = false;
  #registering: Promise<Refusal | undefined> | undefined;
  /** What the parent has confirmed that it has of this room. */
  #heard: CountsMark | undefined;

  constructor(options: ParentLinkOptions) {
    this.#options = options;
  }

  /** Why the session is not known; undefined, and at once, when it is. */
  ensureRegistered(): Promise<Refusal | undefined> | undefined {
    if (this.#isRegistered) return undefined;
    this.#registering ??= this.#register().finally(() => {
      this.#registering = undefined;
    });
    return this.#registering;
  }

  /**
   * The parent hears what this room and all below it have counted. Throws when it does not answer, or has missed what
   * the report builds on: the next one is of what it says that it has.
   */
  async report(): Promise<void> {
    const { room, state, getParent, getReport, apply } = this.#options;
    const moment = state.capture();
    const report = getReport(this.#heard);
    const answer = await getParent().takeReport(room, report);
    if (!answer || !state.isSameSession(moment)) return;
    this.#heard = answer.heard;
    if (answer.update) apply(answer.update);
    if (state.isCurrent(moment) && !isOrNewer(answer.heard, report.mark)) {
      throw new Error("the parent has not taken the report");
    }
  }

  /** The room is being erased. */
  clear(): void {
    this.#isRegistered = false;
  }

  async #register(): Promise<Refusal | undefined> {
    const { room, state, getParent, getNumber, apply } = this.#options;
    const moment = state.capture();
    try {
      for (let tries = 0; tries < REGISTER_TRIES; tries++) {
        const update = await getParent().register(room);
        if ("code" in update) return update;
        if (!state.isSameSession(moment)) return NOT_FOUND;
        // Newer counts came in meanwhile, of some topics only: ask again for all of them.
        if (update.counts.number < getNumber()) continue;
        apply(update);
        this.#isRegistered = true;
        return undefined;
      }
      return UNAVAILABLE;
    } catch {
      return UNAVAILABLE;
    }
  }
}

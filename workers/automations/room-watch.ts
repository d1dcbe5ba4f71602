import { logFailure } from "../lib/log-failure.ts";
import type { RoomEvents } from "../lib/room-event.ts";
import type { FlowRecords, StoredFlow } from "./flow-records.ts";
import { findReach } from "./match/reach.ts";
import type { FactsRow } from "./runner-facts.ts";
import type { RunnerParts } from "./runner-parts.ts";

/** What the root keeps events for. */
const ROOM_TRIGGERS: ReadonlySet<string> = new Set([
  "reactions",
  "page",
  "activity",
  "answers",
  "question",
  "people",
  "ended",
]);

interface RoomWatchOptions {
  readonly parts: Pick<RunnerParts, "watch">;
  readonly facts: FactsRow;
  readonly flows: FlowRecords;
}

/** Has the root keep events as long as a flow waits for some. */
export class RoomWatch {
  readonly #options: RoomWatchOptions;

  constructor(options: RoomWatchOptions) {
    this.#options = options;
  }

  /** A flow that is on waits for what happens in the room. */
  get isWanted(): boolean {
    return this.#waiting.length > 0;
  }

  /** In how many milliseconds at the earliest those who are there can set one off over their pipes; infinite where none waits. */
  findReach(now: RoomEvents["now"]): number {
    const { flows } = this.#options;
    return Math.min(...this.#waiting.map(({ id, flow }) => findReach(flow.on, flows.getMemory(id), now)));
  }

  /**
   * That the root may keep events, or not any more, is noted before it is asked: who dies in between asks again.
   * @throws ProblemError `session_not_found`, `unavailable`
   */
  async set(isWanted: boolean): Promise<void> {
    const { parts, facts } = this.#options;
    const known = facts.find();
    if (!known || known.watch === (isWanted ? "on" : "off")) return;
    facts.change({ watch: "unsure" });
    await parts.watch(known.session, isWanted);
    facts.change({ watch: isWanted ? "on" : "off" });
  }

  /** As the flows want it now. What fails is tried again with the next look. */
  async tune(): Promise<void> {
    try {
      await this.set(this.isWanted);
    } catch (error) {
      logFailure("whether a session is watched is not settled; it is tried again", error);
    }
  }

  get #waiting(): readonly StoredFlow[] {
    return this.#options.flows.enabled.filter(({ flow }) => isForRoom(flow.on));
  }
}

export const isForRoom = ({ event }: { readonly event: string }): boolean => ROOM_TRIGGERS.has(event);

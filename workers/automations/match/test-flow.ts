import type { FlowCondition, FlowTrigger } from "../../../shared/protocol/flow.ts";
import type { RoomEvents } from "../../lib/room-event.ts";
import type { FlowEvent } from "./flow-event.ts";
import { match } from "./match.ts";
import { EMPTY_MEMORY, FlowMemory } from "./memory.ts";

type Now = RoomEvents["now"];

/** An event, as far as it matters. */
export type Told = FlowEvent extends infer Each
  ? Each extends FlowEvent
    ? Omit<Each, "at" | "depth" | "number">
    : never
  : never;

/** A room in which nothing is going on. */
export const createNow = (now: Partial<Now> = {}): Now => ({
  page: "1.0",
  people: 10,
  activities: [],
  openedAt: 0,
  expiresAt: 10 ** 12,
  hasEnded: false,
  reactions: 0,
  pace: { burst: 20, perSecond: 5 },
  ...now,
});

/** A flow of a session, with what it remembers, as its runner keeps it. */
export class TestFlow {
  memory: FlowMemory = EMPTY_MEMORY;
  readonly #flow: { readonly id: string; readonly on: FlowTrigger; readonly if: readonly FlowCondition[] };
  #number = 0;

  constructor(on: FlowTrigger, conditions: readonly FlowCondition[] = []) {
    this.#flow = { id: "f", on, if: conditions };
  }

  /** Tells an event, by default a second after the last one, and says whether that sets it off. */
  hear(told: Told, { at = this.#number * 1000, depth = 0, now = createNow() } = {}): boolean {
    return this.look(told, { at, depth, now }).fires;
  }

  /** The same, with all that matching says. */
  look(told: Told, { at = this.#number * 1000, depth = 0, now = createNow() } = {}) {
    const meta = { number: ++this.#number, at, depth };
    const matched = match(this.#flow, { ...told, ...meta }, this.memory, now);
    // It is kept as JSON.
    this.memory = FlowMemory.parse(JSON.parse(JSON.stringify(matched.memory)));
    return matched;
  }
}

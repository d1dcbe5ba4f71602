import { RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { createId } from "../lib/random.ts";
import type { RoomEvent, RoomEvents } from "../lib/room-event.ts";
import type { Bindings } from "./bindings.ts";
import { FlowRunner as Runner } from "./flow-runner.ts";
import { createParts, type RunnerParts } from "./runner-parts.ts";
import type { StepOrder, StepOutcome } from "./step.ts";

export { default, FlowIndex } from "./index.ts";

type Happening = RoomEvent extends infer E
  ? E extends RoomEvent
    ? Omit<E, "number" | "at" | "depth">
    : never
  : never;

/** A session's root, as a test has it: events by number, kept until they are acknowledged. */
export class ScriptedRoom {
  epoch = 1;
  isWatched = false;
  isGone = false;
  /** How often it does not answer from now on. */
  silent = 0;
  events: RoomEvent[] = [];
  #number = 0;
  recap: RecapStatus = RecapStatus.parse({ status: "none" });
  readonly now: { -readonly [K in keyof RoomEvents["now"]]: RoomEvents["now"][K] } = {
    page: "1.0",
    people: 0,
    activities: [],
    openedAt: Date.now(),
    expiresAt: Date.now() + 86_400_000,
    hasEnded: false,
    reactions: 0,
    pace: { burst: 20, perSecond: 5 },
  };

  happen(event: Happening, depth = 0): void {
    if (!this.isWatched) return;
    this.events.push({ ...event, number: ++this.#number, at: Date.now(), depth } as RoomEvent);
  }

  restart(): void {
    this.epoch++;
    this.events = [];
    this.#number = 0;
    this.now.openedAt = Date.now();
  }
}

/** What tests say, and what was done. */
export const script = {
  rooms: new Map<string, ScriptedRoom>(),
  done: [] as StepOrder[],
  stepMs: 5000,
  /** What doing an action comes to, in place of working well. */
  perform: undefined as ((order: StepOrder, signal: AbortSignal) => Promise<StepOutcome>) | undefined,
  /** Called with what a runner is about to ask of the root. */
  onAsk: undefined as ((what: "watch" | "read") => void) | undefined,
  /** Awaited before events are read. */
  onRead: undefined as (() => Promise<void>) | undefined,
};

export function resetScript(): void {
  Object.assign(script, {
    rooms: new Map(),
    done: [],
    stepMs: 5000,
    perform: undefined,
    onAsk: undefined,
    onRead: undefined,
  });
}

export function openRoom(): { session: string; sessionUid: string; room: ScriptedRoom } {
  const session = createId().slice(0, 18);
  const room = new ScriptedRoom();
  script.rooms.set(session, room);
  return { session, sessionUid: `${session}aaaaaaaa`, room };
}

function ask(session: string, what: "watch" | "read"): ScriptedRoom {
  script.onAsk?.(what);
  const room = script.rooms.get(session);
  if (!room || room.isGone) throw new ProblemError("session_not_found", "it is gone");
  if (room.silent > 0) {
    room.silent--;
    throw new ProblemError("unavailable", "it does not answer");
  }
  return room;
}

function createScriptedParts(env: Bindings): RunnerParts {
  return {
    ...createParts(env),
    get stepMs() {
      return script.stepMs;
    },
    async watch(session, watched) {
      const room = ask(session, "watch");
      room.isWatched = watched;
      if (!watched) room.events = [];
    },
    async readEvents(session, after, worked) {
      await script.onRead?.();
      const room = ask(session, "read");
      const { epoch, now } = room;
      const behind = room.events.filter(({ number }) => number > after);
      if (worked === epoch) room.events = behind;
      // Pages of two: what is longer comes in several.
      return { epoch, events: behind.slice(0, 2), more: behind.length > 2, now: { ...now } };
    },
    async readRecap(session) {
      return ask(session, "read").recap;
    },
    async perform(order, signal) {
      const outcome = (await script.perform?.(order, signal)) ?? ({ ok: true } as const);
      if (outcome.ok) script.done.push(order);
      return outcome;
    },
  };
}

/** A runner of the real kind, with its room as the test says. */
export class FlowRunner extends Runner {
  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env, createScriptedParts(env));
  }
}

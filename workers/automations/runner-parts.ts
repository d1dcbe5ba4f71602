import * as z from "zod";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { RoomEvents } from "../lib/room-event.ts";
import type { Bindings } from "./bindings.ts";
import { createMeasuredPerform } from "./measured-perform.ts";
import { askRecap, askRoom } from "./neighbours.ts";
import { createPerform } from "./perform.ts";
import { clearSnapshots } from "./snapshot.ts";
import type { PerformStep } from "./step.ts";

/** What a runner has done by others: tests put their own in its place. */
export interface RunnerParts {
  readonly stepMs: number;
  /** Has the root keep events, or no longer. @throws ProblemError `session_not_found` */
  watch(session: string, watched: boolean): Promise<void>;
  /**
   * The events behind a number, and how the room stands.
   * @param worked the life of the session in which all up to that number have been worked off
   * @throws ProblemError `session_not_found`
   */
  readEvents(session: string, after: number, worked: number | undefined): Promise<RoomEvents>;
  readRecap(session: string): Promise<RecapStatus>;
  readonly perform: PerformStep;
  /** The clock looks after this session from now on, or no longer. */
  register(session: string): Promise<void>;
  unregister(session: string): Promise<void>;
  /** A flow has ended this session. */
  noteEnded(session: string): Promise<void>;
  /** Nothing is left that flows have written. */
  clearSnapshots(session: string): Promise<void>;
}

const EVENTS_PAGE = 500;
const Watching = z.object({ epoch: z.number() });

export function createParts(env: Bindings): RunnerParts {
  const index = env.FLOW_INDEX.getByName("index");
  return {
    stepMs: LIMITS.flowStepMs,
    async watch(session, watched) {
      const { room, param } = askRoom(env, session);
      await readAnswer(Watching, await room.watch.$put({ param, json: { watched } }));
    },
    async readEvents(session, after, worked) {
      const { room, param } = askRoom(env, session);
      const limit = String(EVENTS_PAGE);
      const query = { after: String(after), limit, ...(worked !== undefined && { worked }) };
      return readAnswer(RoomEvents, await room.events.$get({ param, query }));
    },
    async readRecap(session) {
      const { recap, param } = askRecap(env, session);
      return readAnswer(RecapStatus, await recap.$get({ param, query: { role: "host" } }));
    },
    perform: createMeasuredPerform(env, createPerform(env)),
    async register(session) {
      await index.register(session);
    },
    async unregister(session) {
      await index.unregister(session);
    },
    async noteEnded(session) {
      await index.noteEnded(session);
    },
    clearSnapshots: (session) => clearSnapshots(env.SNAPSHOTS, session),
  };
}

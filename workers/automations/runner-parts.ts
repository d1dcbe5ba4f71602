import { hc } from "hono/client";
import * as z from "zod";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { createId } from "../lib/random.ts";
import { reach } from "../lib/reach.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { RoomEvents } from "../lib/room-event.ts";
import type { RecapStore } from "../recap/index.ts";
import type { Bindings } from "./bindings.ts";
import { createPerform } from "./perform.ts";
import { clearSnapshots } from "./snapshot.ts";
import type { PerformStep } from "./step.ts";

/** What a runner has done by others: tests put their own in its place. */
export interface RunnerParts {
  readonly stepMs: number;
  /** Has the root keep events, or no longer. @throws ProblemError `session_not_found` */
  watch(session: string, watched: boolean): Promise<void>;
  /** The events behind a number, and how the room stands. @throws ProblemError `session_not_found` */
  readEvents(session: string, after: number): Promise<RoomEvents>;
  acknowledge(session: string, epoch: number, number: number): Promise<void>;
  readRecap(session: string): Promise<RecapStatus>;
  readonly perform: PerformStep;
  /** The clock looks after this session from now on, or no longer. */
  register(session: string): Promise<void>;
  unregister(session: string): Promise<void>;
  /** Nothing is left that flows have written. */
  clearSnapshots(session: string): Promise<void>;
}

const EVENTS_PAGE = 500;
const Watching = z.object({ epoch: z.number() });

export function createParts(env: Bindings): RunnerParts {
  const ask = (session: string, path: string, init?: RequestInit) =>
    reach(env.SESSION_STORE, createId())(`http://session-store/session/${session}/${path}`, init);
  const askJson = (method: string, session: string, path: string, json: object) =>
    ask(session, path, {
      method,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(json),
    });
  const recaps = () => hc<RecapStore>("http://recap", { fetch: reach(env.RECAP, createId()) });
  const index = env.FLOW_INDEX.getByName("index");
  return {
    stepMs: LIMITS.flowStepMs,
    async watch(session, watched) {
      await readAnswer(Watching, await askJson("PUT", session, "watch", { watched }));
    },
    async readEvents(session, after) {
      return readAnswer(RoomEvents, await ask(session, `events?after=${after}&limit=${EVENTS_PAGE}`));
    },
    async acknowledge(session, epoch, number) {
      const answer = await askJson("POST", session, "events/ack", { epoch, number });
      await answer.body?.cancel();
      if (!answer.ok) throw new ProblemError("unavailable", "events were not acknowledged");
    },
    async readRecap(session) {
      const query = { role: "host" } as const;
      const answer = await recaps().session[":session"].$get({ param: { session }, query });
      return readAnswer(RecapStatus, answer);
    },
    perform: createPerform(env),
    async register(session) {
      await index.register(session);
    },
    async unregister(session) {
      await index.unregister(session);
    },
    clearSnapshots: (session) => clearSnapshots(env.SNAPSHOTS, session),
  };
}

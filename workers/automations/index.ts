import { Hono } from "hono";
import { requestId } from "hono/request-id";
import * as z from "zod";
import { FlowId, FlowRun, FlowRuns, Flows, NewFlow, SavedFlow } from "../../shared/protocol/flow.schema.ts";
import { SessionHash, SessionUid } from "../../shared/protocol/identity.schema.ts";
import { splitSessionUid } from "../../shared/protocol/identity.ts";
import { Refusal } from "../../shared/protocol/problem.schema.ts";
import type { Done } from "../../shared/protocol/session.schema.ts";
import { logFailure } from "../lib/log-failure.ts";
import { measure } from "../lib/measure.ts";
import { onError, onNotFound } from "../lib/on-error.ts";
import { unwrap } from "../lib/unwrap.ts";
import { validate } from "../lib/validate.ts";
import type { Bindings } from "./bindings.ts";
import { checkFlow } from "./check-flow.ts";
import { FlowMessage } from "./flow-message.ts";
import type { FlowRunner } from "./flow-runner.ts";

export { FlowIndex } from "./flow-index.ts";
export { FlowRunner } from "./flow-runner.ts";

const session = validate("param", z.object({ session: SessionHash }));
const flow = validate("param", z.object({ session: SessionHash, flow: FlowId }));
const run = validate("param", z.object({ session: SessionHash, flow: FlowId, run: z.string().max(64) }));

/** `cursor`: where the page before ended. */
const RunsQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, "not a cursor")
    .optional(),
});

/** A flow, and the session's public name, which only api can make. */
export const FlowToKeep = z.object({ sessionUid: SessionUid, flow: NewFlow });

/** Whoever calls a hook, and how many flows, one after the other, have made them do so. */
const HookCall = z.object({ secretHash: z.string().max(64), depth: z.number().int().min(0).default(0) });

/** What is secret of a flow, as it was made: api makes the hook's address of it. */
export const KeptFlow = SavedFlow.omit({ hookUrl: true }).extend({ hookSecret: z.string().optional() });

/** What a host has said once, done whenever it happens: flows, their runs, and whatever sets them off. */
const app = new Hono<{ Bindings: Bindings }>()
  .use(measure("automations"))
  .use(requestId())

  // Flows
  .get("/session/:session/flows", session, async (c) => {
    const flows = await runnerOf(c.env, c.req.valid("param").session).listFlows();
    return c.json(Flows.parse({ flows }), 200);
  })
  .put("/session/:session/flows/:flow", flow, validate("json", FlowToKeep), async (c) => {
    const { session, flow } = c.req.valid("param");
    const { sessionUid, flow: written } = c.req.valid("json");
    checkFlow(written, c.env);
    const kept = await runnerOf(c.env, session).saveFlow(session, sessionUid, flow, written);
    return c.json(KeptFlow.parse(unwrap(kept)), 200);
  })
  .delete("/session/:session/flows/:flow", flow, async (c) => {
    const { session, flow } = c.req.valid("param");
    return c.json<Done, 200>(unwrap(await runnerOf(c.env, session).removeFlow(flow)), 200);
  })

  // Runs
  .get("/session/:session/flows/:flow/runs", flow, validate("query", RunsQuery), async (c) => {
    const { session, flow } = c.req.valid("param");
    const { cursor } = c.req.valid("query");
    const before = cursor === undefined ? undefined : Number(cursor);
    const runs = await runnerOf(c.env, session).listRuns(flow, before);
    return c.json(FlowRuns.parse(unwrap(runs)), 200);
  })
  .post("/session/:session/flows/:flow/runs/:run/again", run, async (c) => {
    const { session, flow, run } = c.req.valid("param");
    return c.json(FlowRun.parse(unwrap(await runnerOf(c.env, session).sendAgain(flow, run))), 202);
  })
  .post("/session/:session/flows/:flow/run", flow, async (c) => {
    const { session, flow } = c.req.valid("param");
    const steps = unwrap(await runnerOf(c.env, session).tryFlow(flow));
    return c.body(steps, 200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  })

  // What sets them off: a hook that is called, and hints that something may have happened
  .post("/session/:session/flows/:flow/calls", flow, validate("json", HookCall), async (c) => {
    const { session, flow } = c.req.valid("param");
    const { secretHash, depth } = c.req.valid("json");
    const called = await runnerOf(c.env, session).callHook(flow, secretHash, depth);
    return c.json<Done, 202>(unwrap(called), 202);
  })
  .post("/session/:session/hints", session, async (c) => {
    await runnerOf(c.env, c.req.valid("param").session).hint();
    return c.json<Done, 200>({ success: true }, 200);
  })
  .post("/looks", async (c) => {
    await c.env.FLOW_INDEX.getByName("index").look();
    return c.json<Done, 200>({ success: true }, 200);
  })

  // The session is gone
  .delete("/session/:session", session, async (c) => {
    return c.json<Done, 200>(unwrap(await runnerOf(c.env, c.req.valid("param").session).forget()), 200);
  });

app.onError(onError);
app.notFound(onNotFound);

const runnerOf = (env: Bindings, session: string): DurableObjectStub<FlowRunner> =>
  env.FLOW_RUNNER.getByName(session);

/** Messages from the deployment's queue. What nobody can read is dropped; what nobody could take comes again. */
async function queue({ messages }: MessageBatch, env: Bindings): Promise<void> {
  for (const message of messages) {
    const { data } = FlowMessage.safeParse(message.body);
    if (!data) {
      logFailure("a message of the queue is none for flows", "its form is another one", { id: message.id });
      message.ack();
      continue;
    }
    const runner = runnerOf(env, splitSessionUid(data.session).hash);
    const heard = await runner
      .hearMessage(data.topic, data.depth, message.id)
      .catch((error: unknown) => ({ code: "unavailable", detail: String(error) }));
    if (Refusal.safeParse(heard).success) message.retry();
    else message.ack();
  }
}

export type Automations = typeof app;
export default Object.assign(app, { queue });

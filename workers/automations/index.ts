import { Hono } from "hono";
import { requestId } from "hono/request-id";
import * as z from "zod";
import { FlowId, FlowRun, FlowRuns, Flows, NewFlow } from "../../shared/protocol/flow.schema.ts";
import { SessionHash, SessionUid } from "../../shared/protocol/identity.schema.ts";
import { splitSessionUid } from "../../shared/protocol/identity.ts";
import { Refusal } from "../../shared/protocol/problem.schema.ts";
import type { Done } from "../../shared/protocol/session.schema.ts";
import { FlowCopies, KeptFlow, KeptFlows, WrittenFlows } from "../lib/flow-copy.ts";
import { FlowLook } from "../lib/flow-look.ts";
import { health, NO_KEY } from "../lib/health.ts";
import { logFailure } from "../lib/log-failure.ts";
import { measure } from "../lib/measure.ts";
import { onError, onNotFound } from "../lib/on-error.ts";
import { unwrap } from "../lib/unwrap.ts";
import { validate } from "../lib/validate.ts";
import type { Bindings } from "./bindings.ts";
import { checkFlow, checkFlows } from "./check-flow.ts";
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
const FlowsToKeep = WrittenFlows.extend({ sessionUid: SessionUid });
const FlowsToTakeOver = FlowCopies.extend({ sessionUid: SessionUid });

/** Whoever calls a hook, and how many flows, one after the other, have made them do so. */
const HookCall = z.object({ secretHash: z.string().max(64), depth: z.number().int().min(0).default(0) });

/** What a host has said once, done whenever it happens: flows, their runs, and whatever sets them off. */
const app = new Hono<{ Bindings: Bindings }>()
  .use(measure("automations"))
  .use(requestId())
  .route(
    "/",
    health<Bindings>(({ SNAPSHOTS }) => SNAPSHOTS.head(NO_KEY)),
  )

  // Flows
  .get("/session/:session/flows", session, async (c) => {
    const flows = await runnerOf(c.env, c.req.valid("param").session).listFlows();
    return c.json(Flows.parse({ flows }), 200);
  })
  .put("/session/:session/flows/:flow", flow, validate("json", FlowToKeep), async (c) => {
    const { session, flow } = c.req.valid("param");
    const { sessionUid, flow: written } = c.req.valid("json");
    checkFlow(written, c.env);
    const flows = [{ id: flow, flow: written }];
    const kept = unwrap(await runnerOf(c.env, session).saveFlows(session, sessionUid, { flows }));
    return c.json(KeptFlow.parse(kept.flows[0]), 200);
  })
  .post("/session/:session/flows", session, validate("json", FlowsToKeep), async (c) => {
    const { session } = c.req.valid("param");
    const { sessionUid, flows } = c.req.valid("json");
    checkFlows(
      flows.map(({ flow }) => flow),
      c.env,
    );
    const kept = unwrap(await runnerOf(c.env, session).saveFlows(session, sessionUid, { flows }));
    return c.json(KeptFlows.parse(kept), 200);
  })
  .delete("/session/:session/flows/:flow", flow, async (c) => {
    const { session, flow } = c.req.valid("param");
    return c.json<Done, 200>(unwrap(await runnerOf(c.env, session).removeFlow(flow)), 200);
  })

  // Those of the session's talk: what is saved there can be done here; the session gets them, and they are kept again
  .post("/checks", validate("json", NewFlow), (c) => {
    checkFlow(c.req.valid("json"), c.env);
    return c.json<Done, 200>({ success: true }, 200);
  })
  .post("/checks/all", validate("json", WrittenFlows), (c) => {
    const { flows } = c.req.valid("json");
    checkFlows(
      flows.map(({ flow }) => flow),
      c.env,
    );
    return c.json<Done, 200>({ success: true }, 200);
  })
  .put("/session/:session/copies", session, validate("json", FlowsToTakeOver), async (c) => {
    const { session } = c.req.valid("param");
    const { sessionUid, flows } = c.req.valid("json");
    const taken = await runnerOf(c.env, session).takeOver(session, sessionUid, { flows });
    return c.json<Done, 200>(unwrap(taken), 200);
  })
  .get("/session/:session/copies", session, async (c) => {
    const copies = await runnerOf(c.env, c.req.valid("param").session).copyFlows();
    return c.json(FlowCopies.parse(copies), 200);
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
    const ended = await c.env.FLOW_INDEX.getByName("index").look();
    return c.json(FlowLook.parse({ ended }), 200);
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

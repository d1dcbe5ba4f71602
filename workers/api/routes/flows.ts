import type { Context } from "hono";
import { Hono } from "hono";
import * as z from "zod";
import { FlowId, FlowRun, FlowRuns, Flows } from "../../../shared/protocol/flow.schema.ts";
import type { Flow, FlowAction } from "../../../shared/protocol/flow.ts";
import { Done } from "../../../shared/protocol/session.schema.ts";
import { KeptFlow, KeptFlows } from "../../lib/flow-copy.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { validate } from "../../lib/validate.ts";
import {
  requireAnyHost,
  requireGoodInvitation,
  requireHost,
  requireLiving,
  requireSession,
  requireToken,
} from "../auth.ts";
import { parseFlow, parseFlows, readFlow, readFlows, withHook } from "../flow-body.ts";
import type { RequestEnv } from "../request-env.ts";

const requireReader = requireAnyHost("flows are the hosts' to read");

const flow = validate("param", z.object({ flow: FlowId }));
const run = validate(
  "param",
  z.object({ flow: FlowId, run: z.string().regex(/^[\w-]{1,64}$/, "no run's id") }),
);

const RunsQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, "not a cursor")
    .optional(),
});

/** Automations: when this happens in the room, do that. Their host writes and tries them, co-hosts read them. */
export const flows = new Hono<RequestEnv>()
  .get(
    "/:sessionUid/flows",
    requireSession,
    requireToken,
    requireReader,
    requireLiving,
    requireGoodInvitation,
    async (c) => {
      const { flows } = await readAnswer(Flows, await ofSession(c).flows.$get({ param: inStore(c) }));
      const isHost = c.get("grant").role === "host";
      return c.json({ flows: isHost ? flows : flows.map(hideUrls) } satisfies Flows, 200);
    },
  )
  .post("/:sessionUid/flows", requireSession, requireHost, requireLiving, readFlows(), async (c) => {
    const { uid: sessionUid } = c.get("session");
    const json = { sessionUid, ...parseFlows(c.req.valid("json")) };
    const { flows } = await readAnswer(
      KeptFlows,
      await ofSession(c).flows.$post({ param: inStore(c), json }),
    );
    return c.json({ flows: flows.map((kept) => withHook(kept, sessionUid, c.req.url)) }, 200);
  })
  .put(
    "/:sessionUid/flows/:flow",
    requireSession,
    requireHost,
    requireLiving,
    flow,
    readFlow(),
    async (c) => {
      const { uid: sessionUid } = c.get("session");
      const { flow } = c.req.valid("param");
      const json = { sessionUid, flow: parseFlow(c.req.valid("json")) };
      const answer = await ofSession(c).flows[":flow"].$put({ param: { ...inStore(c), flow }, json });
      return c.json(withHook(await readAnswer(KeptFlow, answer), sessionUid, c.req.url), 200);
    },
  )
  .delete("/:sessionUid/flows/:flow", requireSession, requireHost, requireLiving, flow, async (c) => {
    const param = { ...inStore(c), ...c.req.valid("param") };
    await readAnswer(Done, await ofSession(c).flows[":flow"].$delete({ param }));
    return c.body(null, 204);
  })

  // Its steps, as they are done. Whoever leaves cancels what is not done yet.
  .post("/:sessionUid/flows/:flow/run", requireSession, requireHost, requireLiving, flow, async (c) => {
    const param = { ...inStore(c), ...c.req.valid("param") };
    const answer = await ofSession(c).flows[":flow"].run.$post({ param });
    if (!answer.ok) await readAnswer(z.never(), answer);
    return c.newResponse(answer.body, 200, { "Content-Type": "text/event-stream" });
  })
  .get(
    "/:sessionUid/flows/:flow/runs",
    requireSession,
    requireHost,
    requireLiving,
    flow,
    validate("query", RunsQuery),
    async (c) => {
      const param = { ...inStore(c), ...c.req.valid("param") };
      const query = c.req.valid("query");
      return c.json(
        await readAnswer(FlowRuns, await ofSession(c).flows[":flow"].runs.$get({ param, query })),
        200,
      );
    },
  )
  .post(
    "/:sessionUid/flows/:flow/runs/:run/again",
    requireSession,
    requireHost,
    requireLiving,
    run,
    async (c) => {
      const param = { ...inStore(c), ...c.req.valid("param") };
      const answer = await ofSession(c).flows[":flow"].runs[":run"].again.$post({ param });
      return c.json(await readAnswer(FlowRun, answer), 202);
    },
  );

const ofSession = (c: Context<RequestEnv>) => c.get("stores").automations.session[":session"];

const inStore = (c: Context<RequestEnv>) => ({ session: c.get("session").hash });

/** Who has the address of somebody's chat may write there: a co-host sees whose it is. */
const hideUrls = (flow: Flow): Flow => ({ ...flow, do: flow.do.map(hideUrl) });

const hideUrl = (action: FlowAction): FlowAction =>
  action.do === "webhook" ? { ...action, url: `${new URL(action.url).origin}/…` } : action;

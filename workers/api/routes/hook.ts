import { Hono } from "hono";
import { FlowId } from "../../../shared/protocol/flow.schema.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { Done } from "../../../shared/protocol/session.schema.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { hashSecret } from "../../lib/random.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { limitAddress } from "../rate-limit.ts";
import type { RequestEnv } from "../request-env.ts";

/**
 * Sets a flow off from elsewhere: whoever has this address may. What is not right about it sounds the same, whatever it
 * is; a body is not read.
 */
export const hook = new Hono<RequestEnv>().post("/:sessionUid/:flow/:secret", async (c) => {
  await limitAddress(c, "hook");
  const { sessionUid, flow, secret } = c.req.param();
  const session = await c.get("keyring").openSessionUid(sessionUid);
  if (session === undefined || !FlowId.safeParse(flow).success) {
    throw new ProblemError("flow_not_found", "no flow has this hook");
  }
  const { calls } = c.get("stores").automations.session[":session"].flows[":flow"];
  const json = { secretHash: await hashSecret(secret), depth: readDepth(c.req.header("Revint-Depth")) };
  await readAnswer(Done, await calls.$post({ param: { session, flow }, json }));
  return c.body(null, 202);
});

/**
 * What our own webhooks say of themselves: a receiver that hands it on keeps flows from going round by way of it. Of several
 * the deepest counts, whatever else stands there.
 */
const readDepth = (header = ""): number =>
  Math.min(LIMITS.flowDepth, Math.max(0, ...(header.match(/\d+/g) ?? []).map(Number)));

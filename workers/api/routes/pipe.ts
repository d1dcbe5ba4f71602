import type { Context } from "hono";
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import * as z from "zod";
import { Uid } from "../../../shared/protocol/identity.schema.ts";
import { getRole } from "../../../shared/protocol/identity.ts";
import { Problem } from "../../../shared/protocol/problem.schema.ts";
import { withContract } from "../../lib/contract.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { WATCHED_HEADER } from "../../lib/watched.ts";
import { requireEventsToken, requireParticipant, requireSession } from "../auth.ts";
import { readEventsUid } from "../credentials.ts";
import type { RequestEnv } from "../request-env.ts";

/** The uid in the path is the proof; nothing of a host's can be done on a pipe, so a leaked URL steers nothing. */
const requirePipe = withContract(
  { param: z.object({ uid: Uid }), problems: ["not_participant", "upgrade_required"] },
  createMiddleware<RequestEnv, "/:role/:uid">(async function requirePipe(c, next) {
    const uid = c.req.param("uid");
    const name = await c.get("keyring").openUid(c.get("session").hash, uid);
    if (name === undefined || getRole(name) !== c.req.param("role")) {
      throw new ProblemError("not_participant", "the path holds no uid of this session");
    }
    if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") {
      c.header("Upgrade", "websocket");
      throw new ProblemError("upgrade_required", "open this address as a WebSocket");
    }
    c.set("participant", { uid, name, role: getRole(name) });
    await next();
  }),
);

/** Live: the socket. Outside every middleware that writes headers, since an upgrade can't take any. */
export const pipe = new Hono<RequestEnv>().get(
  "/:sessionUid/:role{host|user}/:uid/pipe",
  requireSession,
  requirePipe,
  (c) => openLive(c, "pipe"),
);

/** Live, for networks that break sockets: the same messages as server-sent events. */
export const events = new Hono<RequestEnv>().get(
  "/:sessionUid/events",
  requireSession,
  requireEventsToken,
  requireParticipant(undefined, readEventsUid),
  async (c) => {
    // Nobody would read it, and it would count as somebody who is there.
    if (c.req.method === "HEAD") return c.body(null, 200, { "Content-Type": "text/event-stream" });
    const events = await openLive(c, "events");
    return c.newResponse(events.body, events);
  },
);

async function openLive(c: Context<RequestEnv>, kind: "pipe" | "events"): Promise<Response> {
  const path = `/session/${c.get("session").hash}/participant/${c.get("participant").name}/${kind}`;
  const headers = new Headers();
  if (kind === "pipe") headers.set("Upgrade", "websocket");
  const request = new Request(`http://session-store${path}`, { headers });
  const response = await c.get("stores").askSessions(request);
  if (!response.ok && response.status !== 101) await readAnswer(Problem, response);
  if (!response.headers.has(WATCHED_HEADER)) return response;
  const passed = new Response(response.body, response);
  passed.headers.delete(WATCHED_HEADER);
  return passed;
}

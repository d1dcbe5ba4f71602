import { Hono } from "hono";
import { NewName } from "../../../shared/protocol/name.schema.ts";
import type { Done } from "../../../shared/protocol/session.ts";
import { requireParticipant, requireSession, requireToken } from "../auth.ts";
import { readBody } from "../body.ts";
import type { RequestEnv } from "../request-env.ts";

/** What people want to be called. */
export const names = new Hono<RequestEnv>().put(
  "/:sessionUid/user/:uid/name",
  requireSession,
  requireToken,
  requireParticipant("user"),
  readBody(NewName),
  async (c) => {
    const { name } = c.req.valid("json");
    await c.get("stores").setName(c.get("session").hash, c.get("participant").name, name);
    return c.json({ success: true } satisfies Done, 200);
  },
);

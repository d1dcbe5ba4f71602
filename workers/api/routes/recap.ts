import type { Context } from "hono";
import { Hono } from "hono";
import * as z from "zod";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import {
  RecapDocument,
  RecapEdit,
  RecapPublication,
  RecapStatus,
} from "../../../shared/protocol/recap.schema.ts";
import { Done } from "../../../shared/protocol/session.schema.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import {
  requireAnyHost,
  requireGoodInvitation,
  requireHost,
  requireLiving,
  requireSession,
  requireToken,
} from "../auth.ts";
import { readBody } from "../body.ts";
import { hintSession } from "../flow-hint.ts";
import type { RequestEnv } from "../request-env.ts";

const requireReader = requireAnyHost("once it is published, everybody reads it at /recap");

/** A page that somebody's words are in: nothing on it runs, and it is no page of ours. */
const PREVIEW_HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'self'; img-src 'self' data:",
};

/** The page after the talk: its host has it made, changes and publishes it; others read it once it is published. */
export const recap = new Hono<RequestEnv>()
  .post("/:sessionUid/recap", requireSession, requireHost, requireLiving, async (c) => {
    const status = await readAnswer(RecapStatus, await ofSession(c).$post({ param: inStore(c), query: {} }));
    hintSession(c, c.get("session").hash);
    return c.json(status, 202);
  })
  .get(
    "/:sessionUid/recap",
    requireSession,
    requireToken,
    requireLiving,
    requireGoodInvitation,
    async (c) => {
      const answer = await ofSession(c).$get({ param: inStore(c), query: asReader(c) });
      return c.json(await readAnswer(RecapStatus, answer), 200);
    },
  )
  .delete("/:sessionUid/recap", requireSession, requireHost, async (c) => {
    await readAnswer(Done, await ofSession(c).$delete({ param: inStore(c) }));
    return c.body(null, 204);
  })

  // What is written, as it is written. Whoever leaves ends this stream and nothing else.
  .get(
    "/:sessionUid/recap/events",
    requireSession,
    requireToken,
    requireReader,
    requireLiving,
    requireGoodInvitation,
    async (c) => {
      const headers = { "Content-Type": "text/event-stream" };
      if (c.req.method === "HEAD") return c.body(null, 200, headers);
      const answer = await ofSession(c).events.$get({ param: inStore(c) });
      if (!answer.ok) await readAnswer(z.never(), answer);
      return c.newResponse(answer.body, 200, headers);
    },
  )

  .get(
    "/:sessionUid/recap/document",
    requireSession,
    requireToken,
    requireLiving,
    requireGoodInvitation,
    async (c) => {
      const answer = await ofSession(c).document.$get({ param: inStore(c), query: asReader(c) });
      return c.json(await readAnswer(RecapDocument, answer), 200);
    },
  )
  .put(
    "/:sessionUid/recap/document",
    requireSession,
    requireHost,
    requireLiving,
    readBody(RecapEdit, LIMITS.recapBytes),
    async (c) => {
      const json = c.req.valid("json");
      const answer = await ofSession(c).document.$put({ param: inStore(c), json });
      return c.json(await readAnswer(RecapStatus, answer), 200);
    },
  )
  // Published, everybody reads it at /recap; here it is what that would show.
  .get(
    "/:sessionUid/recap/page",
    requireSession,
    requireToken,
    requireReader,
    requireLiving,
    requireGoodInvitation,
    async (c) => {
      const answer = await ofSession(c).page.$get({ param: inStore(c), query: asReader(c) });
      if (!answer.ok) await readAnswer(z.never(), answer);
      return c.newResponse(answer.body, 200, PREVIEW_HEADERS);
    },
  )
  .post(
    "/:sessionUid/recap/publish",
    requireSession,
    requireHost,
    requireLiving,
    readBody(RecapPublication),
    async (c) => {
      const json = c.req.valid("json");
      const answer = await ofSession(c).published.$put({ param: inStore(c), json });
      return c.json(await readAnswer(RecapStatus, answer), 200);
    },
  );

const ofSession = (c: Context<RequestEnv>) => c.get("stores").recaps.session[":session"];

const inStore = (c: Context<RequestEnv>) => ({ session: c.get("session").hash });

/** Hosts read what is not published, too. */
const asReader = (c: Context<RequestEnv>) =>
  ({ role: c.get("grant").role === "user" ? "user" : "host" }) as const;

import type { Context } from "hono";
import { Hono } from "hono";
import { NewReaction } from "../../../shared/interactions/reaction/reaction.schema.ts";
import { PROBLEMS } from "../../../shared/protocol/problem.ts";
import type { Done } from "../../../shared/protocol/session.ts";
import { ReactionId } from "../../../shared/protocol/text.schema.ts";
import { SessionTotals } from "../../../shared/protocol/totals.schema.ts";
import { parse } from "../../lib/problem-error.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { validate } from "../../lib/validate.ts";
import { requireParticipant, requireSession, requireToken } from "../auth.ts";
import { readBody } from "../body.ts";
import { sendJson } from "../headers.ts";
import { requireDecodablePath } from "../path.ts";
import type { RequestEnv } from "../request-env.ts";

/** Reacting, and the counts. */
export const reaction = new Hono<RequestEnv>()
  .post(
    "/:sessionUid/user/:uid/react",
    requireSession,
    requireToken,
    requireParticipant("user"),
    readBody(NewReaction),
    async (c) => sendJson(c, await react(c, c.req.valid("json"))),
  )
  .post(
    "/:sessionUid/user/:uid/react/:page/:reaction",
    requireDecodablePath,
    requireSession,
    requireToken,
    requireParticipant("user"),
    validate("param", NewReaction),
    async (c) => sendJson(c, await react(c, c.req.valid("param"))),
  )
  .get("/:sessionUid/reactions", requireSession, requireToken, requireParticipant(), async (c) => {
    const { sessions, reactions } = c.get("stores");
    const param = { session: c.get("session").hash };
    const { name: participant } = c.get("participant");
    const { totals } = sessions.session[":session"];
    const live = await totals.$get({ param, query: { final: "false", participant } });
    if (Number(live.status) !== PROBLEMS.session_ended.status) {
      return c.json(await readAnswer(SessionTotals, live), 200);
    }
    // The final totals, from KV; and from the root as long as KV does not show them.
    const kept = await reactions.session[":session"].results.$get({ param });
    const final = kept.ok ? kept : await totals.$get({ param, query: { final: "true", participant } });
    return c.json(await readAnswer(SessionTotals, final), 200);
  });

/** Without a key of the caller's, every request is a reaction of its own. */
async function react(c: Context<RequestEnv>, { page, reaction }: NewReaction): Promise<Done> {
  const id = parse(ReactionId, c.req.header("Idempotency-Key") ?? crypto.randomUUID());
  await c.get("stores").react(c.get("session").hash, c.get("participant").name, { page, reaction, id });
  return { success: true };
}

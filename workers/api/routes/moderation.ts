import { type Context, Hono } from "hono";
import * as z from "zod";
import { CoHosts, Driver, NewCoHost } from "../../../shared/protocol/co-host.schema.ts";
import { Participant } from "../../../shared/protocol/identity.schema.ts";
import { HostRules, NewRules, RulesChange } from "../../../shared/protocol/rules.schema.ts";
import { Done } from "../../../shared/protocol/session.schema.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { Seat } from "../../lib/session.ts";
import { validate } from "../../lib/validate.ts";
import { requireActor, requireSession } from "../auth.ts";
import { readBody } from "../body.ts";
import type { RequestEnv } from "../request-env.ts";
import { invalidateTimelines } from "../timeline-cache.ts";

/** Hosts know a participant by the uid without its tag: enough to name someone, not to be them. */
const person = validate("param", z.object({ uid: Participant }));

/** Without a body, what the blocked one has sent stays counted. */
const Blocking = z.object({ uncount: z.boolean().default(false) });

async function setRules(c: Context<RequestEnv>, json: z.output<typeof RulesChange>): Promise<HostRules> {
  const { rules } = c.get("stores").sessions.session[":session"];
  const { hash } = c.get("session");
  const answer = await rules.$patch({ param: { session: hash }, query: c.get("actor"), json });
  const kept = await readAnswer(HostRules, answer);
  if (!kept.publicResults) invalidateTimelines(hash);
  return kept;
}

/** What hosts do besides showing pages: who drives, what is allowed, who is blocked, who hosts too. */
export const moderation = new Hono<RequestEnv>()
  .post("/:sessionUid/driver", requireSession, requireActor("presenter"), async (c) => {
    const { driver } = c.get("stores").sessions.session[":session"];
    const answer = await driver.$put({ param: { session: c.get("session").hash }, query: c.get("actor") });
    return c.json(await readAnswer(Driver, answer), 200);
  })

  .get("/:sessionUid/rules", requireSession, requireActor("presenter", "moderator"), async (c) => {
    const { rules } = c.get("stores").sessions.session[":session"];
    const answer = await rules.$get({ param: { session: c.get("session").hash }, query: c.get("actor") });
    return c.json(await readAnswer(HostRules, answer), 200);
  })
  .post("/:sessionUid/rules", requireSession, requireActor("moderator"), readBody(NewRules), async (c) =>
    c.json(await setRules(c, c.req.valid("json")), 200),
  )
  .patch("/:sessionUid/rules", requireSession, requireActor("moderator"), readBody(RulesChange), async (c) =>
    c.json(await setRules(c, c.req.valid("json")), 200),
  )

  .post(
    "/:sessionUid/user/:uid/block",
    requireSession,
    requireActor("moderator"),
    person,
    readBody(Blocking),
    async (c) => {
      const blocked = c.get("stores").sessions.session[":session"].blocked[":participant"];
      const param = { session: c.get("session").hash, participant: c.req.valid("param").uid };
      const json = { blocked: true, ...c.req.valid("json") };
      return c.json(await readAnswer(Done, await blocked.$put({ param, query: c.get("actor"), json })), 200);
    },
  )
  .post("/:sessionUid/user/:uid/unblock", requireSession, requireActor("moderator"), person, async (c) => {
    const blocked = c.get("stores").sessions.session[":session"].blocked[":participant"];
    const param = { session: c.get("session").hash, participant: c.req.valid("param").uid };
    const json = { blocked: false, uncount: false };
    return c.json(await readAnswer(Done, await blocked.$put({ param, query: c.get("actor"), json })), 200);
  })

  .post("/:sessionUid/hosts", requireSession, requireActor(), readBody(NewCoHost), async (c) => {
    const { hash } = c.get("session");
    const json = c.req.valid("json");
    const { role } = json;
    const keyring = c.get("keyring");
    const invite = c.get("stores").sessions.session[":session"]["co-hosts"].$post;
    const answer = await invite({ param: { session: hash }, query: c.get("actor"), json });
    const { participant } = await readAnswer(Seat, answer);
    const hostUid = await keyring.createUid(hash, participant);
    return c.json({ token: await keyring.createCoHostToken(hash, participant, role), hostUid, role }, 201);
  })
  .get("/:sessionUid/hosts", requireSession, requireActor(), async (c) => {
    const coHosts = c.get("stores").sessions.session[":session"]["co-hosts"];
    const answer = await coHosts.$get({ param: { session: c.get("session").hash }, query: c.get("actor") });
    return c.json(await readAnswer(CoHosts, answer), 200);
  })
  .delete("/:sessionUid/hosts/:uid", requireSession, requireActor(), person, async (c) => {
    const coHost = c.get("stores").sessions.session[":session"]["co-hosts"][":participant"];
    const param = { session: c.get("session").hash, participant: c.req.valid("param").uid };
    await readAnswer(Done, await coHost.$delete({ param, query: c.get("actor") }));
    return c.body(null, 204);
  });

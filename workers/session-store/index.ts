import { type Context, Hono } from "hono";
import { requestId } from "hono/request-id";
import * as z from "zod";
import {
  Hiding,
  LiveActivity,
  NewActivity,
  StatusChange,
} from "../../shared/interactions/activity/activity.schema.ts";
import { ActivityId } from "../../shared/interactions/activity/definition.schema.ts";
import {
  LiveQuestion,
  QuestionChange,
  QuestionId,
} from "../../shared/interactions/question/question.schema.ts";
import { CoHosts, NewCoHost } from "../../shared/protocol/co-host.schema.ts";
import { Participant, SessionHash } from "../../shared/protocol/identity.schema.ts";
import { getRoom } from "../../shared/protocol/identity.ts";
import { NewOverlay, Overlay, Overlays } from "../../shared/protocol/overlay.schema.ts";
import { Refusal } from "../../shared/protocol/problem.schema.ts";
import { RulesChange } from "../../shared/protocol/rules.schema.ts";
import type { Done } from "../../shared/protocol/session.ts";
import { Actor, Block } from "../lib/actor.ts";
import { FinalTotals } from "../lib/final-totals.ts";
import { health, NO_KEY } from "../lib/health.ts";
import { History } from "../lib/history.ts";
import { CurrentToken } from "../lib/host-talk.ts";
import { JoinTag } from "../lib/join-code.ts";
import { logFailure } from "../lib/log-failure.ts";
import { measure } from "../lib/measure.ts";
import { onError, onNotFound } from "../lib/on-error.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { IdentifiedAction } from "../lib/room-event.ts";
import { OpenedSession, OpenSession, Revocation, Session } from "../lib/session.ts";
import { Story } from "../lib/story.ts";
import { TextRound } from "../lib/text-round.ts";
import { unwrap } from "../lib/unwrap.ts";
import { validate } from "../lib/validate.ts";
import { WATCHED_HEADER } from "../lib/watched.ts";
import { streamEvents } from "./events.ts";
import { keepInfo } from "./kept-info.ts";
import { findJoinTarget, getDirectory, keepJoinCode } from "./kept-join-code.ts";
import { keepTotals } from "./kept-totals.ts";
import { roomNamed } from "./room-name.ts";

export type { Keys } from "./interactions/activity/activity-tallies.ts";
export type { IdentifiedQuestion } from "./interactions/question/question-commands.ts";
export type { QuestionPage } from "./interactions/question/question-list.ts";
export { JoinDirectory } from "./join-directory.ts";
export { SessionRoom } from "./session-room.ts";

const session = validate("param", z.object({ session: SessionHash }));
const participant = validate("param", z.object({ session: SessionHash, participant: Participant }));

const activity = validate("param", z.object({ session: SessionHash, activity: ActivityId }));
const question = validate("param", z.object({ session: SessionHash, question: QuestionId }));
const exportLease = validate("param", z.object({ session: SessionHash, lease: z.uuid() }));
const actor = validate("query", Actor);

/** `final=true` asks for the totals also after the end. */
const FinalQuery = z.object({
  final: z.enum(["true", "false"]).default("false"),
  participant: Participant.optional(),
});

/** A page of a session's events. */
const EventsQuery = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
  /** The epoch in which all up to `after` have been worked off. */
  worked: z.coerce.number().int().optional(),
});

/** Like `unwrap`, for a call that has nothing to say but that it is done. */
function done(refusal: Refusal | null): Done {
  if (refusal) throw ProblemError.from(refusal);
  return { success: true };
}

/** Like `unwrap`, for what may have made an event: where somebody pulls them, the answer says so. */
function unwrapEventful<T extends object>(c: Context, answer: T): Exclude<T, Refusal> {
  const value = unwrap(answer);
  if ("isWatched" in value) c.header(WATCHED_HEADER, "true");
  return value;
}

/** What has begun comes to its end without being asked again; until then, there is no session. */
function throwUnerased(error: unknown): never {
  logFailure("erasing failed; it goes on", error);
  throw new ProblemError("unavailable", "a part of the session did not answer; its deletion goes on", {
    retryAfter: 5,
  });
}

/** The room's half of a new pipe; what it refuses becomes a problem. */
async function openPipe(env: SessionStoreEnv, session: string, participant: string): Promise<Response> {
  const room = roomNamed(env, session, getRoom(participant));
  const response = await room.fetch(`http://room/${participant}`, { headers: { Upgrade: "websocket" } });
  if (response.status === 101) return response;
  throw ProblemError.from(Refusal.parse(await response.json()));
}

/** Everything about a session: its facts through KV, the rest in the rooms. */
const app = new Hono<{ Bindings: SessionStoreEnv }>()
  .use(measure("session-store"))
  .use(requestId())
  // What sessions are kept in: KV, and objects
  .route(
    "/",
    health<SessionStoreEnv>(async (env) => {
      await env.SESSION_KV.get(NO_KEY);
      await getDirectory(env).find(NO_KEY);
    }),
  )

  // The session
  .put("/session/:session", session, validate("json", OpenSession), async (c) => {
    const name = c.req.valid("param").session;
    const opened = OpenedSession.parse(unwrap(await roomNamed(c.env, name, 0).open(c.req.valid("json"))));
    const { session, joinCode } = opened;
    c.executionCtx.waitUntil(keepInfo(c.env, name, session));
    if (joinCode?.isNew) {
      c.executionCtx.waitUntil(keepJoinCode(c.env, joinCode.tag, name, session.retentionDays));
    }
    return c.json(opened, 200);
  })
  .get("/session/:session", session, async (c) => {
    const name = c.req.valid("param").session;
    const known = Session.safeParse(await c.env.SESSION_KV.get(name, "json"));
    if (known.success) return c.json(known.data, 200);
    const info = await roomNamed(c.env, name, 0).info();
    if (!info)
      throw new ProblemError("session_not_found", "this session was never started, or it is forgotten");
    c.executionCtx.waitUntil(keepInfo(c.env, name, info));
    return c.json(info, 200);
  })
  .get("/join-code/:tag", validate("param", z.object({ tag: JoinTag })), async (c) => {
    const after = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
    const session = await findJoinTarget(c.env, c.req.valid("param").tag, after);
    return c.json({ session }, 200);
  })
  .delete("/session/:session/join-code", session, async (c) => {
    await roomNamed(c.env, c.req.valid("param").session, 0).dropJoinCode();
    return c.json(done(null), 200);
  })
  .delete("/session/:session", session, async (c) => {
    await roomNamed(c.env, c.req.valid("param").session, 0).erase().catch(throwUnerased);
    return c.json({ success: true as const }, 200);
  })

  // What hosts do; the root knows what each may
  .put("/session/:session/generation", session, async (c) => {
    const name = c.req.valid("param").session;
    const root = roomNamed(c.env, name, 0);
    const revoked = Revocation.parse(unwrap(await root.revoke()));
    // The copy still has the userToken.
    const info = await root.info();
    if (info) await keepInfo(c.env, name, info);
    return c.json(revoked, 200);
  })
  .put("/session/:session/token", session, validate("json", CurrentToken), async (c) => {
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    return c.json(done(await root.setToken(c.req.valid("json"))), 200);
  })
  .put("/session/:session/driver", session, actor, async (c) => {
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    return c.json(unwrap(await root.drive(c.req.valid("query"))), 200);
  })
  .patch("/session/:session/rules", session, actor, validate("json", RulesChange), async (c) => {
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    return c.json(unwrap(await root.setRules(c.req.valid("query"), c.req.valid("json"))), 200);
  })
  .get("/session/:session/rules", session, actor, async (c) => {
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    return c.json(unwrap(await root.getRules(c.req.valid("query"))), 200);
  })
  .put("/session/:session/blocked/:participant", participant, actor, validate("json", Block), async (c) => {
    const { session, participant } = c.req.valid("param");
    const { blocked, uncount } = c.req.valid("json");
    const root = roomNamed(c.env, session, 0);
    return c.json(done(await root.block(c.req.valid("query"), participant, blocked, uncount)), 200);
  })
  .post("/session/:session/co-hosts", session, actor, validate("json", NewCoHost), async (c) => {
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    return c.json(unwrap(await root.invite(c.req.valid("query"), c.req.valid("json"))), 200);
  })
  .delete("/session/:session/co-hosts/:participant", participant, actor, async (c) => {
    const { session, participant } = c.req.valid("param");
    return c.json(done(await roomNamed(c.env, session, 0).uninvite(c.req.valid("query"), participant)), 200);
  })
  .get("/session/:session/co-hosts", session, actor, async (c) => {
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    return c.json(CoHosts.parse(unwrap(await root.listCoHosts(c.req.valid("query")))), 200);
  })
  .post("/session/:session/overlays", session, actor, validate("json", NewOverlay), async (c) => {
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    const overlay = await root.addOverlay(c.req.valid("query"), c.req.valid("json"));
    return c.json(Overlay.parse(unwrap(overlay)), 200);
  })
  .delete("/session/:session/overlays/:participant", participant, actor, async (c) => {
    const { session, participant } = c.req.valid("param");
    const root = roomNamed(c.env, session, 0);
    return c.json(done(await root.removeOverlay(c.req.valid("query"), participant)), 200);
  })
  .get("/session/:session/overlays", session, actor, async (c) => {
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    return c.json(Overlays.parse(unwrap(await root.listOverlays(c.req.valid("query")))), 200);
  })
  .put(
    "/session/:session/activities/:activity",
    activity,
    actor,
    validate("json", NewActivity),
    async (c) => {
      const { session, activity } = c.req.valid("param");
      const root = roomNamed(c.env, session, 0);
      const written = await root.writeActivity(c.req.valid("query"), activity, c.req.valid("json"));
      return c.json(LiveActivity.parse(unwrap(written)), 200);
    },
  )
  .delete("/session/:session/activities/:activity", activity, actor, async (c) => {
    const { session, activity } = c.req.valid("param");
    return c.json(
      done(await roomNamed(c.env, session, 0).removeActivity(c.req.valid("query"), activity)),
      200,
    );
  })
  .put(
    "/session/:session/activities/:activity/status",
    activity,
    actor,
    validate("json", StatusChange),
    async (c) => {
      const { session, activity } = c.req.valid("param");
      const root = roomNamed(c.env, session, 0);
      const changed = await root.setActivity(c.req.valid("query"), activity, c.req.valid("json"));
      return c.json(LiveActivity.parse(unwrapEventful(c, changed)), 200);
    },
  )
  .put(
    "/session/:session/activities/:activity/hidden",
    activity,
    actor,
    validate("json", Hiding),
    async (c) => {
      const { session, activity } = c.req.valid("param");
      const root = roomNamed(c.env, session, 0);
      return c.json(done(await root.hide(c.req.valid("query"), activity, c.req.valid("json"))), 200);
    },
  )
  // Without a role, a user asks
  .get(
    "/session/:session/activities/:activity/texts",
    activity,
    validate("query", Actor.partial().extend({ round: z.coerce.number().int().min(1).optional() })),
    async (c) => {
      const { session, activity } = c.req.valid("param");
      const { round, ...who } = c.req.valid("query");
      const root = roomNamed(c.env, session, 0);
      const found = await root.findTexts(Actor.safeParse(who).data, who.participant, activity, round);
      return c.json(TextRound.parse(unwrap(found)), 200);
    },
  )
  .put(
    "/session/:session/questions/:question",
    question,
    actor,
    validate("json", QuestionChange),
    async (c) => {
      const { session, question } = c.req.valid("param");
      const root = roomNamed(c.env, session, 0);
      const changed = await root.setQuestion(c.req.valid("query"), question, c.req.valid("json"));
      return c.json(LiveQuestion.parse(unwrapEventful(c, changed)), 200);
    },
  )
  .put("/session/:session/end", session, actor, async (c) => {
    const { session } = c.req.valid("param");
    const ended = await roomNamed(c.env, session, 0).end(c.req.valid("query"));
    const final = FinalTotals.parse(unwrapEventful(c, ended));
    await keepTotals(c.env, session, final);
    return c.json(final, 200);
  })
  // Without a role, a user asks
  .get("/session/:session/history", session, validate("query", Actor.partial()), async (c) => {
    const query = c.req.valid("query");
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    const history = await root.history(Actor.safeParse(query).data, query.participant);
    return c.json(History.parse(unwrap(history)), 200);
  })

  // Nobody asks but who retells it to everybody
  .get("/session/:session/story", session, async (c) => {
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    return c.json(Story.parse(unwrap(await root.story())), 200);
  })

  // Whoever runs the session's flows: what happens, and what is to be done
  .put(
    "/session/:session/watch",
    session,
    validate("json", z.object({ watched: z.boolean() })),
    async (c) => {
      const root = roomNamed(c.env, c.req.valid("param").session, 0);
      return c.json(unwrap(await root.watch(c.req.valid("json").watched)), 200);
    },
  )
  .get("/session/:session/events", session, validate("query", EventsQuery), async (c) => {
    const { after, limit, worked } = c.req.valid("query");
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    return c.json(unwrap(await root.readEvents(after, limit, worked)), 200);
  })
  .post("/session/:session/actions", session, validate("json", IdentifiedAction), async (c) => {
    const { session } = c.req.valid("param");
    const { done, final } = unwrap(await roomNamed(c.env, session, 0).act(c.req.valid("json")));
    if (final) await keepTotals(c.env, session, FinalTotals.parse(final));
    return c.json({ done }, 200);
  })

  // Users who read every reaction: a few at a time
  .post("/session/:session/exports/:participant", participant, async (c) => {
    const { session, participant } = c.req.valid("param");
    return c.json(unwrap(await roomNamed(c.env, session, 0).takeExport(participant)), 200);
  })
  .put("/session/:session/exports/:lease", exportLease, async (c) => {
    const { session, lease } = c.req.valid("param");
    return c.json(done(await roomNamed(c.env, session, 0).renewExport(lease)), 200);
  })
  .delete("/session/:session/exports/:lease", exportLease, async (c) => {
    const { session, lease } = c.req.valid("param");
    await roomNamed(c.env, session, 0).endExport(lease);
    return c.json({ success: true as const }, 200);
  })

  .get("/session/:session/totals", session, validate("query", FinalQuery), async (c) => {
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    const { final, participant } = c.req.valid("query");
    return c.json(unwrap(await root.getTotals(final === "true", participant)), 200);
  })

  // One participant, in the room that the name says. Reacting and reading the state need no router:
  // api calls the room itself
  .get("/session/:session/participant/:participant/pipe", participant, (c) => {
    const { session, participant } = c.req.valid("param");
    return openPipe(c.env, session, participant);
  })
  .get("/session/:session/participant/:participant/events", participant, async (c) => {
    const { session, participant } = c.req.valid("param");
    const { webSocket, headers } = await openPipe(c.env, session, participant);
    if (!webSocket) throw new ProblemError("unavailable", "the room gave no pipe; try again");
    if (headers.has(WATCHED_HEADER)) c.header(WATCHED_HEADER, "true");
    const events = streamEvents(webSocket);
    return c.newResponse(events.body, events);
  });

app.onError(onError);
app.notFound(onNotFound);

export type SessionStore = typeof app;
export default app;

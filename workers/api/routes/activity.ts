import { Hono } from "hono";
import * as z from "zod";
import {
  Answer,
  Hiding,
  LiveActivity,
  NewActivity,
  StatusChange,
} from "../../../shared/interactions/activity/activity.schema.ts";
import type { Activities, TextAnswers } from "../../../shared/interactions/activity/activity.ts";
import { readAnswerKey } from "../../../shared/interactions/activity/answer-key.ts";
import { ActivityId } from "../../../shared/interactions/activity/definition.schema.ts";
import type { Ranking } from "../../../shared/interactions/activity/ranking.ts";
import { Done } from "../../../shared/protocol/session.schema.ts";
import { ReactionId } from "../../../shared/protocol/text.schema.ts";
import { parse } from "../../lib/problem-error.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { StandingList, TextRound } from "../../lib/text-round.ts";
import { validate } from "../../lib/validate.ts";
import {
  isHost,
  requireActor,
  requireParticipant,
  requireReader,
  requireSession,
  requireToken,
} from "../auth.ts";
import { readBody } from "../body.ts";
import type { RequestEnv } from "../request-env.ts";

const activity = validate("param", z.object({ activity: ActivityId }));

/** Without it, of many different words or numbers the most frequent ones are told. */
const KeysQuery = validate("query", z.object({ keys: z.enum(["frequent", "every"]).default("frequent") }));

const TextsQuery = z.object({
  /** The current one, if it is left out. */
  round: z.coerce.number().int().min(1).optional(),
  cursor: z.coerce.number().int().nonnegative().optional(),
});

/** @param isUser nobody but hosts reads what is hidden */
function toTexts(
  { entries, cursor }: StandingList,
  hidden: ReadonlySet<string>,
  isUser: boolean,
): TextAnswers {
  const answers = entries.flatMap(({ at, number, key }) => {
    const value = readAnswerKey(key)?.value;
    const isHidden = hidden.has(`${number}`);
    if (typeof value !== "string" || (isHidden && isUser)) return [];
    return [{ number, value, at, hidden: isHidden }];
  });
  return { answers, ...(cursor !== undefined && { cursor: `${cursor}` }) };
}

/** Polls, quizzes, ratings, word clouds: what hosts ask, and what people answer. */
export const activities = new Hono<RequestEnv>()
  .get(
    "/:sessionUid/activities",
    requireSession,
    requireToken,
    requireParticipant(),
    KeysQuery,
    async (c) => {
      const { name } = c.get("participant");
      const role = isHost(c.get("grant"), name) ? "host" : "user";
      const listed = await c
        .get("stores")
        .listActivities(c.get("session").hash, name, role, c.req.valid("query").keys);
      return c.json(listed satisfies Activities, 200);
    },
  )
  .put(
    "/:sessionUid/activities/:activity",
    requireSession,
    requireActor("presenter"),
    activity,
    readBody(NewActivity),
    async (c) => {
      const param = { session: c.get("session").hash, activity: c.req.valid("param").activity };
      const one = c.get("stores").sessions.session[":session"].activities[":activity"];
      const answer = await one.$put({ param, query: c.get("actor"), json: c.req.valid("json") });
      return c.json(await readAnswer(LiveActivity, answer), 200);
    },
  )
  .delete(
    "/:sessionUid/activities/:activity",
    requireSession,
    requireActor("presenter"),
    activity,
    async (c) => {
      const param = { session: c.get("session").hash, activity: c.req.valid("param").activity };
      const one = c.get("stores").sessions.session[":session"].activities[":activity"];
      await readAnswer(Done, await one.$delete({ param, query: c.get("actor") }));
      return c.body(null, 204);
    },
  )
  .post(
    "/:sessionUid/activities/:activity/status",
    requireSession,
    requireActor("presenter"),
    activity,
    readBody(StatusChange),
    async (c) => {
      const param = { session: c.get("session").hash, activity: c.req.valid("param").activity };
      const { status } = c.get("stores").sessions.session[":session"].activities[":activity"];
      const answer = await status.$put({ param, query: c.get("actor"), json: c.req.valid("json") });
      return c.json(await readAnswer(LiveActivity, answer), 200);
    },
  )
  .post(
    "/:sessionUid/activities/:activity/hidden",
    requireSession,
    requireActor("moderator"),
    activity,
    readBody(Hiding),
    async (c) => {
      const param = { session: c.get("session").hash, activity: c.req.valid("param").activity };
      const { hidden } = c.get("stores").sessions.session[":session"].activities[":activity"];
      const answer = await hidden.$put({ param, query: c.get("actor"), json: c.req.valid("json") });
      return c.json(await readAnswer(Done, answer), 200);
    },
  )
  .get(
    "/:sessionUid/activities/:activity/answers",
    requireSession,
    requireReader,
    activity,
    validate("query", TextsQuery),
    async (c) => {
      const { round, cursor } = c.req.valid("query");
      const param = { session: c.get("session").hash, activity: c.req.valid("param").activity };
      const isUser = c.get("grant").role === "user";
      const who = isUser ? { participant: c.get("participant").name } : c.get("actor");
      const { sessions, reactions } = c.get("stores");
      const { texts } = sessions.session[":session"].activities[":activity"];
      const found = await texts.$get({ param, query: { ...who, ...(round !== undefined && { round }) } });
      const { topic, rooms, hidden } = await readAnswer(TextRound, found);
      const query = { topic, rooms: `${rooms}`, ...(cursor !== undefined && { cursor }) };
      const listed = await reactions.session[":session"].standing.$get({ param, query });
      return c.json(toTexts(await readAnswer(StandingList, listed), new Set(hidden), isUser), 200);
    },
  )
  .get(
    "/:sessionUid/activities/:activity/ranking",
    requireSession,
    requireToken,
    requireParticipant(),
    activity,
    async (c) => {
      const { name } = c.get("participant");
      const role = isHost(c.get("grant"), name) ? "host" : "user";
      const id = c.req.valid("param").activity;
      const ranking = await c.get("stores").readRanking(c.get("session").hash, name, role, id);
      return c.json(ranking satisfies Ranking, 200);
    },
  )
  .put(
    "/:sessionUid/user/:uid/answers/:activity",
    requireSession,
    requireToken,
    requireParticipant("user"),
    activity,
    readBody(Answer),
    async (c) => {
      // Without a key of the caller's, every request is an answer of its own.
      const id = parse(ReactionId, c.req.header("Idempotency-Key") ?? crypto.randomUUID());
      const answer = { id, activity: c.req.valid("param").activity, ...c.req.valid("json") };
      await c.get("stores").answer(c.get("session").hash, c.get("participant").name, answer);
      return c.json({ success: true } satisfies Done, 200);
    },
  );

import type { Context } from "hono";
import { Hono } from "hono";
import * as z from "zod";
import type { DeletionAnswer } from "../../../shared/protocol/deletion.ts";
import { ExportQuery } from "../../../shared/protocol/export.schema.ts";
import { createRandom, getRoom, roomName } from "../../../shared/protocol/identity.ts";
import { Done } from "../../../shared/protocol/session.schema.ts";
import { TimelineQuery } from "../../../shared/protocol/timeline.schema.ts";
import { SessionTotals } from "../../../shared/protocol/totals.schema.ts";
import { BucketCounts } from "../../lib/buckets.ts";
import { splitCursor } from "../../lib/export-cursor.ts";
import { FinalTotals } from "../../lib/final-totals.ts";
import { History } from "../../lib/history.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { validate } from "../../lib/validate.ts";
import {
  requireActor,
  requireHost,
  requireParticipant,
  requireReader,
  requireSession,
  requireToken,
} from "../auth.ts";
import { eraseSession } from "../erase-session.ts";
import { ExportPlace } from "../export-place.ts";
import { keepInTime } from "../history.ts";
import { forgetJoining } from "../joinings.ts";
import type { RequestEnv } from "../request-env.ts";
import { checkIssue } from "../talk-session.ts";
import { createTimeline, fitBucket, pickBucket, roundBucket } from "../timeline.ts";
import { invalidateTimelines, tellTimeline } from "../timeline-cache.ts";

/** After the talk, or while it runs: the story, every reaction, the end, and forgetting. */
export const results = new Hono<RequestEnv>()
  .get(
    "/:sessionUid/timeline",
    requireSession,
    requireReader,
    validate("query", TimelineQuery),
    async (c) => {
      const isHost = c.get("grant").role !== "user";
      const { bucket } = c.req.valid("query");
      const asked = isHost || bucket === undefined ? bucket : roundBucket(bucket);
      const timeline = await tellTimeline(c.get("session").hash, asked, isHost, () => {
        const reading = readTimeline(c, asked);
        // Others may be waiting for it when whoever asked is gone.
        c.executionCtx.waitUntil(reading.catch(() => {}));
        return reading;
      });
      return c.body(timeline, 200, { "Content-Type": "application/json" });
    },
  )
  .get("/:sessionUid/reactions/export", requireSession, requireReader, validate("query", ExportQuery), (c) =>
    sendExport(c, "reactions", c.req.valid("query")),
  )
  .get("/:sessionUid/answers/export", requireSession, requireReader, validate("query", ExportQuery), (c) =>
    sendExport(c, "answers", c.req.valid("query")),
  )

  .post("/:sessionUid/end", requireSession, requireActor(), async (c) => {
    const ending = endSession(c).then(async (totals) => {
      if (c.get("grant").issue) await keepInTime(c.get("stores"), c.get("session").hash);
      return totals;
    });
    // Whoever asked may be gone before it is done; it is done all the same.
    c.executionCtx.waitUntil(ending.catch(() => {}));
    return c.json(SessionTotals.parse(await ending), 200);
  })

  // Everything goes; what one call can't take, the next one does.
  .delete("/:sessionUid", requireSession, requireHost, async (c) => {
    const { hash } = c.get("session");
    const { issue } = c.get("grant");
    // Where the session is forgotten, its root knows of no token; what outlives it is not for one of before.
    if (issue) await checkIssue(c.get("stores"), issue);
    const left = await eraseSession(c.get("stores"), hash);
    if (issue) await keepInTime(c.get("stores"), hash);
    return left.length > 0 ? c.json({ left } satisfies DeletionAnswer, 202) : c.body(null, 204);
  })

  // The counts stay; whose they were is forgotten.
  .delete("/:sessionUid/user/:uid", requireSession, requireToken, requireParticipant("user"), async (c) => {
    const { users, reactions } = c.get("stores");
    const { name } = c.get("participant");
    const session = c.get("session").hash;
    await c.get("stores").mayForget(session, name);
    await c.get("stores").forgetName(session, name);
    const ledger = roomName(session, getRoom(name));
    const kept = reactions.ledger[":ledger"].participant[":participant"];
    await readAnswer(Done, await kept.$delete({ param: { ledger, participant: name } }));
    forgetJoining(session, name);
    const record = users.session[":session"].people[":participant"];
    await readAnswer(Done, await record.$delete({ param: { session, participant: name } }));
    return c.body(null, 204);
  });

/** Its last totals outlive its rooms. Safe to repeat. */
async function endSession(c: Context<RequestEnv>): Promise<FinalTotals> {
  const { sessions } = c.get("stores");
  const param = { session: c.get("session").hash };
  const answer = await sessions.session[":session"].end.$put({ param, query: c.get("actor") });
  const totals = await readAnswer(FinalTotals, answer);
  invalidateTimelines(param.session);
  return totals;
}

/** What can be exported. */
type Exported = "reactions" | "answers";

/** All of it as a file; for a user only while a place is free. */
async function sendExport(c: Context<RequestEnv>, what: Exported, query: ExportQuery): Promise<Response> {
  const { format, cursor } = query;
  if (cursor !== undefined && !(await c.get("keyring").isCursor(c.get("session").hash, cursor))) {
    throw new ProblemError("invalid_request", "cursor: not a cursor of this session");
  }
  const isUser = c.get("grant").role === "user";
  // A HEAD is answered without anything being read, and so without a place that nobody would give back.
  const place = isUser && c.req.method !== "HEAD" ? await ExportPlace.take(c) : undefined;
  try {
    const answer = await openExport(c, what, query, place?.until);
    return c.newResponse(place && answer.body ? place.hold(answer.body) : answer.body, 200, {
      "Content-Type": answer.headers.get("Content-Type") ?? "application/octet-stream",
      "Content-Disposition": `attachment; filename="${what}.${format}"`,
    });
  } catch (error) {
    place?.end();
    throw error;
  }
}

/** Everything so far as a stream. @param snapshot up to then only, in ms since 1970 */
async function openExport(
  c: Context<RequestEnv>,
  what: Exported,
  { format, cursor }: ExportQuery,
  snapshot: number | undefined,
) {
  // Before the rooms are asked for: one that opens in between has only what comes later.
  const until = snapshot ?? Date.now();
  const { rooms, states, rounds } = await getHistory(c);
  const titles = new Map(states.flatMap(({ page, title }) => (title === null ? [] : [[page, title]])));
  const { hash } = c.get("session");
  const keyring = c.get("keyring");
  const salt = cursor === undefined ? createRandom() : splitCursor(cursor).salt;
  const [key, cursorKey] = await Promise.all([
    keyring.createExportKey(hash, salt),
    keyring.createCursorKey(hash, salt),
  ]);
  const isUser = c.get("grant").role === "user";
  const order = { format, cursor, salt, key, cursorKey, rooms, until, isSnapshot: snapshot !== undefined };
  const param = { session: hash };
  const store = c.get("stores").reactions.session[":session"];
  const answer =
    what === "reactions"
      ? await store.export.$post({ param, json: { ...order, titles: [...titles] } })
      : await store.answers.export.$post({ param, json: { ...order, rounds, isPublic: isUser } });
  if (!answer.ok) await readAnswer(z.never(), answer);
  return answer;
}

async function readTimeline(c: Context<RequestEnv>, asked: number | undefined) {
  const history = await getHistory(c);
  const until = history.endedAt ?? Date.now();
  const duration = until - history.startedAt;
  const isHost = c.get("grant").role !== "user";
  const bucket = isHost ? pickBucket(duration, asked) : fitBucket(duration, asked);
  const { buckets } = c.get("stores").reactions.session[":session"];
  const query = { bucket: String(bucket * 1000), rooms: String(history.rooms) };
  const answer = await buckets.$get({ param: { session: c.get("session").hash }, query });
  const { counts } = await readAnswer(BucketCounts, answer);
  return { timeline: createTimeline(history, counts, bucket, until), isOpen: history.publicResults };
}

async function getHistory(c: Context<RequestEnv>): Promise<History> {
  const { history } = c.get("stores").sessions.session[":session"];
  const { name: participant } = c.get("participant");
  const query = c.get("grant").role === "user" ? { participant } : c.get("actor");
  const answer = await history.$get({ param: { session: c.get("session").hash }, query });
  const found = await readAnswer(History, answer);
  if (found.states.length === 0) throw new ProblemError("session_not_found", "this session is forgotten");
  return found;
}

import { Hono } from "hono";
import { requestId } from "hono/request-id";
import * as z from "zod";
import { REACTION } from "../../shared/interactions/reaction/topic.ts";
import { Participant, RoomName, SessionHash } from "../../shared/protocol/identity.schema.ts";
import { roomName } from "../../shared/protocol/identity.ts";
import { BucketCounts, BucketQuery } from "../lib/buckets.ts";
import { AnswerExportOrder, ReactionExportOrder } from "../lib/export-order.ts";
import { FinalTotals } from "../lib/final-totals.ts";
import { health, NO_KEY } from "../lib/health.ts";
import { measure } from "../lib/measure.ts";
import { onError, onNotFound } from "../lib/on-error.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { StandingListQuery } from "../lib/text-round.ts";
import { validate } from "../lib/validate.ts";
import { createAnswerExport } from "./interactions/activity/export.ts";
import { mergeBuckets } from "./interactions/reaction/buckets.ts";
import { createReactionExport } from "./interactions/reaction/export.ts";

import { listStanding } from "./standing-list.ts";

export { ReactionLedger } from "./reaction-ledger.ts";

const session = validate("param", z.object({ session: SessionHash }));
const person = validate("param", z.object({ ledger: RoomName, participant: Participant }));

/** The ledgers of a session, by room. */
const getLedgers =
  ({ REACTION_LEDGER }: ReactionStoreEnv, { session }: { readonly session: string }) =>
  (room: number) =>
    REACTION_LEDGER.getByName(roomName(session, room));

/**
 * Everything that participants sent, and the totals. A ledger is named like its room: `{session}.{room}`.
 * Rooms call their ledger as an object; here is what others ask for.
 */
const app = new Hono<{ Bindings: ReactionStoreEnv }>()
  .use(measure("reaction-store"))
  .use(requestId())
  .route(
    "/",
    health<ReactionStoreEnv>(({ REACTION_KV }) => REACTION_KV.get(NO_KEY)),
  )

  // Results: reactions, over all ledgers of a session
  .get(
    "/session/:session/buckets",
    session,
    validate("query", BucketQuery.extend({ rooms: z.coerce.number().int().positive() })),
    async (c) => {
      const { bucket, rooms } = c.req.valid("query");
      const getLedger = getLedgers(c.env, c.req.valid("param"));
      const ledgers = Array.from({ length: rooms }, (_, room) => getLedger(room));
      const counts = mergeBuckets(await Promise.all(ledgers.map((stub) => stub.buckets(REACTION, bucket))));
      return c.json(BucketCounts.parse({ counts }), 200);
    },
  )
  .post("/session/:session/export", session, validate("json", ReactionExportOrder), (c) =>
    createReactionExport(c.req.valid("json"), getLedgers(c.env, c.req.valid("param"))),
  )
  // … and answers
  .post("/session/:session/answers/export", session, validate("json", AnswerExportOrder), (c) =>
    createAnswerExport(c.req.valid("json"), getLedgers(c.env, c.req.valid("param"))),
  )
  .get("/session/:session/standing", session, validate("query", StandingListQuery), async (c) => {
    const getLedger = getLedgers(c.env, c.req.valid("param"));
    return c.json(await listStanding(c.req.valid("query"), getLedger), 200);
  })
  // The last totals of a session that has ended
  .put("/session/:session/results", session, validate("json", FinalTotals), async (c) => {
    const final = c.req.valid("json");
    const expiration = Math.ceil(final.expiresAt / 1000);
    // KV takes about one write a second of a key: an end that is repeated at once is asked for again.
    await c.env.REACTION_KV.put(c.req.valid("param").session, JSON.stringify(final), { expiration }).catch(
      () => {
        throw new ProblemError("unavailable", "the last counts could not be kept; try again", {
          retryAfter: 1,
        });
      },
    );
    return c.json({ success: true as const }, 200);
  })
  .get("/session/:session/results", session, async (c) => {
    const final = await c.env.REACTION_KV.get(c.req.valid("param").session, "json");
    if (final === null) throw new ProblemError("not_found", "this session has no final results");
    return c.json(FinalTotals.parse(final), 200);
  })
  .delete("/session/:session/results", session, async (c) => {
    await c.env.REACTION_KV.delete(c.req.valid("param").session);
    return c.json({ success: true as const }, 200);
  })

  // Forget
  .delete("/ledger/:ledger/participant/:participant", person, async (c) => {
    const { ledger, participant } = c.req.valid("param");
    await c.env.REACTION_LEDGER.getByName(ledger).forget(participant);
    return c.json({ success: true as const }, 200);
  });

app.onError(onError);
app.notFound(onNotFound);

export type ReactionStore = typeof app;
export default app;

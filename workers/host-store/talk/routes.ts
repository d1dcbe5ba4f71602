import { Hono } from "hono";
import * as z from "zod";
import { FlowId, NewFlow } from "../../../shared/protocol/flow.schema.ts";
import { HostId } from "../../../shared/protocol/host/account.schema.ts";
import { SavedActivities } from "../../../shared/protocol/host/talk.schema.ts";
import { SessionHash } from "../../../shared/protocol/identity.schema.ts";
import type { Done } from "../../../shared/protocol/session.ts";
import { FlowCopies, WrittenFlows } from "../../lib/flow-copy.ts";
import {
  NewStoredTalk,
  Opening,
  StoredTalkChange,
  StoredTalks,
  TalkLook,
  type TalkWithToken,
} from "../../lib/host-talk.ts";
import { validate } from "../../lib/validate.ts";
import { countRecap } from "../account/recap-budget.ts";
import { openStore } from "../store.ts";
import { beginOpening, checkToken, noteOpening, replaceToken } from "./current-token.ts";
import { eraseTalk, markTalk, markTalksOf, takeVanishing } from "./deletion.ts";
import { takeDue } from "./due-talks.ts";
import { addActivities, readActivities, readSavedActivities, saveActivities } from "./saved-activities.ts";
import { addFlows, listFlows, readSavedFlows, removeFlow, saveFlow, saveFlows } from "./saved-flows.ts";
import { keepLook, takeUnseen } from "./summaries.ts";
import { createTalkToken } from "./talk-token.ts";
import {
  changeTalk,
  createTalk,
  type KeptTalk,
  listTalks,
  readPlanned,
  readTalk,
  talksKey,
} from "./talks.ts";
import { noteTold, takeUntold } from "./untold-tokens.ts";

const account = validate("param", z.object({ account: HostId }));
const own = validate("param", z.object({ account: HostId, talk: HostId }));
const talk = validate("param", z.object({ talk: HostId }));
const flow = validate("param", z.object({ account: HostId, talk: HostId, flow: FlowId }));
const token = validate("param", z.object({ talk: HostId, id: HostId }));
const page = validate("query", z.object({ cursor: z.string().optional() }));
const session = validate("param", z.object({ session: SessionHash }));

/** Whoever reads a talk gets a token for it, made for them. */
async function withToken(env: HostStoreEnv, { talk, current }: KeptTalk): Promise<TalkWithToken> {
  const { name, date, id } = talk;
  return { talk, token: await createTalkToken(env, { name, date, talk: id, id: current.id }) };
}

/** Talks, and the tokens that open their sessions. */
export const talks = new Hono<{ Bindings: HostStoreEnv }>()
  // An account's own
  .get("/accounts/:account/talks", account, page, async (c) => {
    const { account } = c.req.valid("param");
    const { cursor } = c.req.valid("query");
    const { db, cache } = openStore(c);
    if (cursor !== undefined) return c.json(await listTalks(db, account, cursor), 200);
    return c.json(await cache.read(talksKey(account), StoredTalks, () => listTalks(db, account)), 200);
  })
  .post("/accounts/:account/talks", account, validate("json", NewStoredTalk), async (c) => {
    const { account } = c.req.valid("param");
    const { db, cache, now } = openStore(c);
    const made = await createTalk(db, account, c.req.valid("json"), now);
    await cache.forget(talksKey(account));
    return c.json(await withToken(c.env, made), 201);
  })
  .get("/accounts/:account/talks/:talk", own, async (c) =>
    c.json(await withToken(c.env, await readTalk(c.env.HOST_DB, c.req.valid("param"))), 200),
  )
  .patch("/accounts/:account/talks/:talk", own, validate("json", StoredTalkChange), async (c) => {
    const { db, cache } = openStore(c);
    const changed = await changeTalk(db, c.req.valid("param"), c.req.valid("json"));
    await cache.forget(talksKey(c.req.valid("param").account));
    return c.json(await withToken(c.env, changed), 200);
  })
  .post("/accounts/:account/talks/:talk/token", own, async (c) => {
    const kept = await replaceToken(c.env.HOST_DB, c.req.valid("param"), Date.now());
    return c.json({ ...(await withToken(c.env, kept)), current: kept.current }, 200);
  })
  .get("/accounts/:account/talks/:talk/activities", own, async (c) =>
    c.json(await readActivities(c.env.HOST_DB, c.req.valid("param")), 200),
  )
  .put("/accounts/:account/talks/:talk/activities", own, validate("json", SavedActivities), async (c) =>
    c.json(await saveActivities(c.env.HOST_DB, c.req.valid("param"), c.req.valid("json")), 200),
  )
  .post("/accounts/:account/talks/:talk/activities", own, validate("json", SavedActivities), async (c) =>
    c.json(await addActivities(c.env.HOST_DB, c.req.valid("param"), c.req.valid("json")), 200),
  )
  .get("/accounts/:account/talks/:talk/flows", own, async (c) =>
    c.json(await listFlows(c.env.HOST_DB, c.req.valid("param")), 200),
  )
  .post("/accounts/:account/talks/:talk/flows", own, validate("json", WrittenFlows), async (c) => {
    const { flows } = c.req.valid("json");
    return c.json({ flows: await saveFlows(c.env.HOST_DB, c.req.valid("param"), flows, Date.now()) }, 200);
  })
  .post("/accounts/:account/talks/:talk/flow-copies", own, validate("json", FlowCopies), async (c) =>
    c.json(await addFlows(c.env.HOST_DB, c.req.valid("param"), c.req.valid("json"), Date.now()), 200),
  )
  .put("/accounts/:account/talks/:talk/flows/:flow", flow, validate("json", NewFlow), async (c) => {
    const { flow: id, ...own } = c.req.valid("param");
    const written = { id, flow: c.req.valid("json") };
    return c.json(await saveFlow(c.env.HOST_DB, own, written, Date.now()), 200);
  })
  .delete("/accounts/:account/talks/:talk/flows/:flow", flow, async (c) => {
    const { flow, ...own } = c.req.valid("param");
    await removeFlow(c.env.HOST_DB, own, flow);
    return c.json<Done, 200>({ success: true }, 200);
  })
  .delete("/accounts/:account/talks/:talk", own, async (c) => {
    const { db, cache, now } = openStore(c);
    const marked = await markTalk(db, c.req.valid("param"), now);
    await cache.forget(talksKey(c.req.valid("param").account));
    return c.json(marked, 200);
  })

  // The root of its session knows the token
  .put("/talks/:talk/tokens/:id/told", token, async (c) => {
    const { talk, id } = c.req.valid("param");
    await noteTold(c.env.HOST_DB, talk, id);
    return c.json({ success: true as const }, 200);
  })
  .post("/talks/untold", async (c) => c.json(await takeUntold(c.env.HOST_DB, Date.now()), 200))

  // A host opens a talk's session
  .get("/talks/:talk/tokens/:id", token, async (c) => {
    const { talk, id } = c.req.valid("param");
    return c.json(await checkToken(c.env.HOST_DB, talk, id), 200);
  })
  .get("/talks/:talk/activities", talk, async (c) =>
    c.json(await readSavedActivities(c.env.HOST_DB, c.req.valid("param").talk), 200),
  )
  .post("/talks/:talk/tokens/:id/opening", token, async (c) => {
    const { talk, id } = c.req.valid("param");
    return c.json(await beginOpening(c.env.HOST_DB, talk, id, Date.now()), 200);
  })
  .put("/talks/:talk/tokens/:id/opening", token, validate("json", Opening), async (c) => {
    const { talk, id } = c.req.valid("param");
    const opening = c.req.valid("json");
    const { openedAt } = opening;
    const current = await noteOpening(openStore(c), talk, id, opening);
    const isGood = current?.id === id && openedAt !== undefined;
    return c.json({ current, flows: isGood ? await readSavedFlows(c.env.HOST_DB, talk, openedAt) : [] }, 200);
  })
  // The clock does
  .post("/talks/due", async (c) => c.json(await takeDue(c.env.HOST_DB, Date.now()), 200))

  // How their sessions stand, as api has seen it; and what is left of those that are being erased
  .put("/session/:session/look", session, validate("json", TalkLook), async (c) => {
    const { look, askedAt } = c.req.valid("json");
    const { db, cache } = openStore(c);
    const account = await keepLook(db, c.req.valid("param").session, look, askedAt);
    if (account !== null) await cache.forget(talksKey(account));
    return c.json({ success: true as const }, 200);
  })
  // Somebody has the link of one that nobody has opened
  .get("/session/:session/planned", session, async (c) =>
    c.json(await readPlanned(c.env.HOST_DB, c.req.valid("param").session), 200),
  )
  // A model is about to be asked to write the recap of one
  .post("/session/:session/recap", session, async (c) => {
    await countRecap(c.env.HOST_DB, c.req.valid("param").session, Date.now());
    return c.json({ success: true as const }, 200);
  })
  .post("/talks/unseen", async (c) => c.json(await takeUnseen(c.env.HOST_DB, Date.now()), 200))
  .post("/talks/vanishing", async (c) => c.json(await takeVanishing(c.env.HOST_DB, Date.now()), 200))
  .post("/accounts/:account/vanishing-talks", account, async (c) =>
    c.json(await markTalksOf(c.env.HOST_DB, c.req.valid("param").account, Date.now()), 200),
  )
  .delete("/talks/:talk", talk, async (c) =>
    c.json({ left: await eraseTalk(c.env.HOST_DB, c.req.valid("param").talk) }, 200),
  );

import type { Context } from "hono";
import { Hono } from "hono";
import * as z from "zod";
import { getJoinLink, getLinks } from "../../../../shared/links.ts";
import { HostId } from "../../../../shared/protocol/host/account.schema.ts";
import { NewTalk, SavedActivities, TalkChange } from "../../../../shared/protocol/host/talk.schema.ts";
import type { SummaryAnswer, Talk, TalkAnswer, Talks } from "../../../../shared/protocol/host/talk.ts";
import { RecapStatus } from "../../../../shared/protocol/recap.schema.ts";
import { type StoredTalk, StoredTalks, TalkWithNewToken, TalkWithToken } from "../../../lib/host-talk.ts";
import { readAnswer } from "../../../lib/read-answer.ts";
import { validate } from "../../../lib/validate.ts";
import { requireAccount, requireAccountToRead } from "../../account.ts";
import { readBody } from "../../body.ts";
import { eraseTalks, markTalk } from "../../erase-talks.ts";
import type { Keyring } from "../../keyring.ts";
import type { RequestEnv } from "../../request-env.ts";
import { readMade, tellNewToken } from "../../talk-session.ts";

const talk = validate("param", z.object({ talk: HostId }));
const page = validate("query", z.object({ cursor: z.string().optional() }));

/** A host's talks, and the tokens and links that they are given with. */
export const talks = new Hono<RequestEnv>()
  .get("/talks", requireAccountToRead, page, async (c) => {
    const all = c.get("stores").hosts.accounts[":account"].talks;
    const answer = await all.$get({ param: c.get("account"), query: c.req.valid("query") });
    const { talks, cursor } = await readAnswer(StoredTalks, answer);
    const named = await Promise.all(talks.map((each) => nameTalk(c.get("keyring"), each)));
    return c.json({ talks: named, ...(cursor !== undefined && { cursor }) } satisfies Talks, 200);
  })
  .post("/talks", requireAccount, readBody(NewTalk), async (c) => {
    const all = c.get("stores").hosts.accounts[":account"].talks;
    const json = { ...c.req.valid("json"), origin: new URL(c.req.url).origin };
    const made = await all.$post({ param: c.get("account"), json });
    return c.json(await withLinks(c, await readAnswer(TalkWithToken, made)), 201);
  })

  .get("/talks/:talk", requireAccount, talk, async (c) => {
    const found = await ownTalk(c).$get({ param: ownParam(c, c.req.valid("param")) });
    return c.json(await withLinks(c, await readAnswer(TalkWithToken, found)), 200);
  })
  .patch("/talks/:talk", requireAccount, talk, readBody(TalkChange), async (c) => {
    const param = ownParam(c, c.req.valid("param"));
    const json = { ...c.req.valid("json"), origin: new URL(c.req.url).origin };
    const changed = await ownTalk(c).$patch({ param, json });
    return c.json(await withLinks(c, await readAnswer(TalkWithToken, changed)), 200);
  })
  // Its session goes with it: what one call can't take, the next one does, or the clock.
  .delete("/talks/:talk", requireAccount, talk, async (c) => {
    const marked = await markTalk(c.get("stores"), ownParam(c, c.req.valid("param")));
    const isDone = await eraseTalks(c.get("stores"), marked);
    return isDone ? c.body(null, 204) : c.body(null, 202);
  })

  // The answer comes when the session refuses those of before, too. Whoever gets none tries again.
  .post("/talks/:talk/token", requireAccount, talk, async (c) => {
    const replaced = await ownTalk(c).token.$post({ param: ownParam(c, c.req.valid("param")) });
    const { current, ...talk } = await readAnswer(TalkWithNewToken, replaced);
    const { id, session } = talk.talk;
    await tellNewToken(c.get("stores"), { talk: id, session, current });
    return c.json(await withLinks(c, talk), 200);
  })

  // Only of a talk that runs is its session asked: the list wakes none.
  .get("/talks/:talk/summary", requireAccountToRead, talk, async (c) => {
    const found = await ownTalk(c).$get({ param: ownParam(c, c.req.valid("param")) });
    const { status, session, summary } = (await readAnswer(TalkWithToken, found)).talk;
    const look = status === "running" ? await c.get("stores").look(session) : null;
    return c.json({ summary: look?.summary ?? summary } satisfies SummaryAnswer, 200);
  })

  // How the recap of its session stands; `none` also where the session is forgotten. It wakes no session.
  .get("/talks/:talk/recap", requireAccountToRead, talk, async (c) => {
    const found = await ownTalk(c).$get({ param: ownParam(c, c.req.valid("param")) });
    const { session } = (await readAnswer(TalkWithToken, found)).talk;
    const recap = c.get("stores").recaps.session[":session"];
    const answer = await recap.$get({ param: { session }, query: { role: "host" } });
    return c.json(await readAnswer(RecapStatus, answer), 200);
  })

  .get("/talks/:talk/activities", requireAccount, talk, async (c) => {
    const found = await ownTalk(c).activities.$get({ param: ownParam(c, c.req.valid("param")) });
    return c.json(await readAnswer(SavedActivities, found), 200);
  })
  .put("/talks/:talk/activities", requireAccount, talk, readBody(SavedActivities), async (c) => {
    const param = ownParam(c, c.req.valid("param"));
    const saved = await ownTalk(c).activities.$put({ param, json: c.req.valid("json") });
    return c.json(await readAnswer(SavedActivities, saved), 200);
  })
  // What was made during the talk, kept for the next time.
  .post("/talks/:talk/activities/from-session", requireAccount, talk, async (c) => {
    const param = ownParam(c, c.req.valid("param"));
    const found = await ownTalk(c).$get({ param });
    const { session } = (await readAnswer(TalkWithToken, found)).talk;
    const json = await readMade(c.get("stores"), session);
    const saved = await ownTalk(c).activities.$post({ param, json });
    return c.json(await readAnswer(SavedActivities, saved), 200);
  });

const ownTalk = (c: Context<RequestEnv>) => c.get("stores").hosts.accounts[":account"].talks[":talk"];

const ownParam = (c: Context<RequestEnv>, { talk }: { talk: string }) => ({
  account: c.get("account").account,
  talk,
});

/** As its host knows it: with the public name of its session. */
async function nameTalk(keyring: Keyring, { session, ...talk }: StoredTalk): Promise<Talk> {
  return { ...talk, sessionUid: await keyring.nameSession(session) };
}

async function withLinks(
  c: Context<RequestEnv>,
  { talk: stored, token }: TalkWithToken,
): Promise<TalkAnswer> {
  const talk = await nameTalk(c.get("keyring"), stored);
  const { origin } = new URL(c.req.url);
  const place = { hostUrl: origin, audienceUrl: origin };
  const { sessionUid } = talk;
  const deckPath = talk.deck === null ? undefined : `/deck/${talk.deck}`;
  const { deck, stage, results } = getLinks(place, token, { sessionUid, deckPath });
  const join = getJoinLink(origin, sessionUid);
  const links = { deck: deckPath === undefined ? null : deck, stage, results, join };
  return { talk, token, links };
}

import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { SavedActivities } from "../../../shared/protocol/host/talk.schema.ts";
import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";
import {
  CurrentToken,
  OpeningAnswer,
  StoredTalks,
  TalkWithNewToken,
  TalkWithToken,
} from "../../lib/host-talk.ts";
import { createId } from "../../lib/random.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { hashTalk } from "../../lib/talk-hash.ts";
import { eraseAccount, markVanishing, sweepAccounts } from "../account/erasure.ts";
import { HostCache } from "../cache.ts";
import { readRefusal, signUp, store } from "../test-client.ts";
import { findScans, recordStatements } from "../test-plans.ts";
import { recount } from "../test-usage.ts";
import { beginOpening, checkToken, noteOpening, replaceToken } from "./current-token.ts";
import { eraseTalk, markTalk, markTalksOf, takeVanishing } from "./deletion.ts";
import { addActivities, readActivities, saveActivities } from "./saved-activities.ts";
import { keepLook, takeUnseen } from "./summaries.ts";
import { changeTalk, createTalk, listTalks, readTalk } from "./talks.ts";
import { noteTold, takeUntold } from "./untold-tokens.ts";

const talksOf = store.accounts[":account"].talks;

const create = async (account: string, json: Record<string, unknown> & { name: string }) =>
  readAnswer(TalkWithToken, await talksOf.$post({ param: { account }, json }));

const list = async (account: string, cursor?: string) =>
  readAnswer(
    StoredTalks,
    await talksOf.$get({ param: { account }, query: cursor === undefined ? {} : { cursor } }),
  );

const cache = new HostCache(env.HOST_KV, () => {});

const createAccount = async () => (await signUp()).account.id;

describe("a talk", () => {
  test("is made with a token, its session's name and the day, and read by its host alone", async () => {
    const [account, other] = [await createAccount(), await createAccount()];
    const { talk, token } = await create(account, { name: "On rooms" });
    expect(talk).toMatchObject({
      name: "On rooms",
      date: new Date().toISOString().slice(0, 10),
      status: "upcoming",
      session: await hashTalk(talk.id),
      deck: null,
      summary: null,
    });
    const param = { account, talk: talk.id };
    const read = await readAnswer(TalkWithToken, await talksOf[":talk"].$get({ param }));
    expect(read.talk).toEqual(talk);
    expect(token.split(".")).toHaveLength(2);
    const foreign = { account: other, talk: talk.id };
    const refusals = await Promise.all([
      talksOf[":talk"].$get({ param: foreign }),
      talksOf[":talk"].$patch({ param: foreign, json: { name: "Mine" } }),
      talksOf[":talk"].$delete({ param: foreign }),
      talksOf[":talk"].token.$post({ param: foreign }),
      talksOf[":talk"].activities.$get({ param: foreign }),
      talksOf[":talk"].activities.$put({ param: foreign, json: { activities: [] } }),
    ]);
    for (const refused of refusals) expect((await readRefusal(refused)).code).toBe("talk_not_found");
    expect((await list(other)).talks).toEqual([]);
  });

  test("changes what it is told, and keeps the rest", async () => {
    const account = await createAccount();
    const { talk } = await create(account, { name: "A", date: "soon", startsAt: 5 });
    const change = async (json: Record<string, unknown>) =>
      (
        await readAnswer(
          TalkWithToken,
          await talksOf[":talk"].$patch({ param: { account, talk: talk.id }, json }),
        )
      ).talk;
    expect(await change({ name: "B" })).toEqual({ ...talk, name: "B" });
    expect(await change({ startsAt: null })).toEqual({ ...talk, name: "B", startsAt: null });
    expect(await change({ date: "later", startsAt: 7 })).toMatchObject({ date: "later", startsAt: 7 });
  });

  test("stands with a deck of its own host, and with no other", async () => {
    const [account, other] = [await createAccount(), await createAccount()];
    const decks = [createId(), createId(), createId()];
    for (const [index, deck] of decks.entries()) {
      await env.HOST_DB.prepare(
        `INSERT INTO decks (id, account, title, kind, status, file_bytes, picture_bytes, created_at)
         VALUES (?1, ?2, 'a', 'pdf', ?3, 5, 0, 1)`,
      )
        .bind(deck, index === 1 ? other : account, index === 2 ? "deleting" : "ready")
        .run();
    }
    const { talk } = await create(account, { name: "A", deck: decks[0] });
    expect(talk.deck).toBe(decks[0]);
    const param = { account, talk: talk.id };
    for (const deck of [decks[1], decks[2], createId()]) {
      const made = await talksOf.$post({ param: { account }, json: { name: "B", deck } });
      expect((await readRefusal(made)).code).toBe("deck_not_found");
      const changed = await talksOf[":talk"].$patch({ param, json: { deck } });
      expect((await readRefusal(changed)).code).toBe("deck_not_found");
    }
    const without = await talksOf[":talk"].$patch({ param, json: { deck: null } });
    expect((await readAnswer(TalkWithToken, without)).talk.deck).toBeNull();
  });

  test("has activities saved with it: definitions, all at once", async () => {
    const account = await createAccount();
    const { talk } = await create(account, { name: "A" });
    const { activities } = talksOf[":talk"];
    const param = { account, talk: talk.id };
    expect(await readAnswer(SavedActivities, await activities.$get({ param }))).toEqual({ activities: [] });
    const json = SavedActivities.parse({
      activities: [
        {
          id: "why",
          kind: "choice",
          prompt: "Why?",
          options: [
            { id: "a", text: "A" },
            { id: "b", text: "B" },
          ],
        },
      ],
    });
    await readAnswer(SavedActivities, await activities.$put({ param, json }));
    expect(await readAnswer(SavedActivities, await activities.$get({ param }))).toEqual(json);
  });

  test("takes more to what is saved with it: of two with one id the later one, all of them or none", async () => {
    const account = await createAccount();
    const { talk } = await create(account, { name: "A" });
    const own = { account, talk: talk.id };
    const add = async (...activities: ReturnType<typeof createText>[]) =>
      (await addActivities(env.HOST_DB, own, { activities })).activities.map(({ prompt }) => prompt);
    expect(await add()).toEqual([]);
    expect(await add(createText("a"), createText("b"))).toEqual(["a?", "b?"]);
    expect(await add(createText("c"), createText("a", "A, once more?"))).toEqual([
      "A, once more?",
      "b?",
      "c?",
    ]);
    const read = async () => (await readActivities(env.HOST_DB, own)).activities.length;
    const many = Array.from({ length: LIMITS.activities - 2 }, (_, index) => createText(`many-${index}`));
    await expect(add(...many)).rejects.toMatchObject({ code: "limit_reached" });
    const long = Array.from({ length: 150 }, (_, index) => createText(`long-${index}`, "é".repeat(900)));
    await expect(add(...long)).rejects.toMatchObject({ code: "too_large" });
    expect(await read()).toBe(3);
    // Of many who add at once, nobody loses what somebody else has added.
    const adding = await Promise.allSettled(
      Array.from({ length: 4 }, (_, index) => add(createText(`at-once-${index}`))),
    );
    const added = adding.filter(({ status }) => status === "fulfilled").length;
    expect(added).toBeGreaterThan(0);
    expect(await read()).toBe(3 + added);
    await markTalk(env.HOST_DB, own, 1);
    await expect(add(createText("late"))).rejects.toMatchObject({ code: "talk_not_found" });
  });
});

const createText = (id: string, prompt = `${id}?`) =>
  ({ id, kind: "text", prompt, show: "closed", change: true }) as const;

describe("the list", () => {
  test("has what runs, what is to come with the next one first, and then the latest first, over all pages", async () => {
    const account = await createAccount();
    const made = LIMITS.consolePage + 5;
    // Several at the same time; the page ends among them.
    const times = Array.from({ length: made - 8 }, (_, index) => Math.floor(((index * 37) % made) / 9));
    for (const startsAt of times) await create(account, { name: "upcoming", startsAt });
    const others = [
      ["running", 2, null],
      ["running", 1, null],
      ["over", 8, 9],
      ["over", 7, 9],
    ] as const;
    for (let round = 0; round < 2; round++) {
      for (const [status, startedAt, endedAt] of others) {
        const { talk } = await create(account, { name: status, startsAt: startedAt + 10 * round });
        await env.HOST_DB.prepare("UPDATE talks SET started_at = ?2, ended_at = ?3 WHERE id = ?1")
          .bind(talk.id, startedAt, endedAt)
          .run();
      }
    }
    const someDay = await create(account, { name: "some day" });
    const first = await list(account);
    expect(first.talks).toHaveLength(LIMITS.consolePage);
    const second = await list(account, first.cursor);
    expect(second.cursor).toBeUndefined();
    const all = [...first.talks, ...second.talks];
    expect(new Set(all.map(({ id }) => id)).size).toBe(made + 1);
    const next = times.toSorted((a, b) => a - b).map((startsAt) => ["upcoming", startsAt]);
    expect(all.map(({ name, startsAt }) => [name, startsAt])).toEqual([
      ...[12, 11, 2, 1].map((startsAt) => ["running", startsAt]),
      ...next,
      ["some day", someDay.talk.startsAt],
      ...[18, 17, 8, 7].map((startsAt) => ["over", startsAt]),
    ]);
    const refused = await talksOf.$get({ param: { account }, query: { cursor: "5" } });
    expect((await readRefusal(refused)).code).toBe("invalid_request");
  });

  test("is read from the cache, and anew by whoever has just changed something", async () => {
    const account = await createAccount();
    const { talk } = await create(account, { name: "A" });
    const names = async () => (await list(account)).talks.map(({ name }) => name);
    expect(await names()).toEqual(["A"]);
    const param = { account, talk: talk.id };
    await talksOf[":talk"].$patch({ param, json: { name: "B" } });
    expect(await names()).toEqual(["B"]);
    await talksOf[":talk"].$delete({ param });
    expect(await names()).toEqual([]);
    // Elsewhere, where nobody has changed anything, the cache answers.
    const elsewhere = createId();
    const kept = { talks: [{ ...talk, name: "kept" }] };
    await env.HOST_KV.put(`talks/${elsewhere}`, JSON.stringify(kept));
    expect(await list(elsewhere)).toEqual(kept);
  });

  test("takes 10,000 of one account and no more, however many come at once, each page in one indexed query", async () => {
    const account = await createAccount();
    await env.HOST_DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
       INSERT INTO talks (id, account, name, date, session_hash, token_id, listed_at, created_at)
       SELECT substr(?1, 1, 16) || printf('%06d', i), ?1, 'a', 'b', substr(?1, 1, 12) || printf('%06d', i), ?1, i, i FROM n`,
    )
      .bind(account, LIMITS.talks - 2)
      .run();
    await recount();
    const tries = Array.from({ length: 6 }, () =>
      talksOf.$post({ param: { account }, json: { name: "more" } }),
    );
    const codes = await Promise.all(
      (await Promise.all(tries)).map(async (answer) =>
        answer.ok ? "made" : (await readRefusal(answer)).code,
      ),
    );
    expect(codes.filter((code) => code === "made")).toHaveLength(2);
    expect(codes.filter((code) => code === "limit_reached")).toHaveLength(4);
    const page = await list(account);
    expect(page.talks).toHaveLength(LIMITS.consolePage);
  });
});

describe("a talk's tokens", () => {
  const start = async () => {
    const account = await createAccount();
    const { talk } = await create(account, { name: "A" });
    const renew = async () => {
      const answer = await talksOf[":talk"].token.$post({ param: { account, talk: talk.id } });
      return readAnswer(TalkWithNewToken, answer);
    };
    const check = (id: string) => store.talks[":talk"].tokens[":id"].$get({ param: { talk: talk.id, id } });
    return { account, talk, renew, check };
  };

  test("a new one ends those of before, and names the same session", async () => {
    const { talk, renew, check } = await start();
    const [first, second] = [await renew(), await renew()];
    expect(second.current.number).toBe(first.current.number + 1);
    expect(second.talk.session).toBe(talk.session);
    expect(await readAnswer(CurrentToken, await check(second.current.id))).toEqual(second.current);
    expect((await readRefusal(await check(first.current.id))).code).toBe("invalid_token");
  });

  test("who opens its session with one that was replaced meanwhile is told which one is good, or that the talk is gone", async () => {
    const { account, talk, renew } = await start();
    const [first, second] = [await renew(), await renew()];
    const note = (id: string) =>
      noteOpening({ db: env.HOST_DB, cache, now: 5 }, talk.id, id, { isNew: true, isOver: false });
    expect(await note(first.current.id)).toEqual(second.current);
    const read = async () => (await readTalk(env.HOST_DB, { account, talk: talk.id })).talk;
    expect((await read()).status).toBe("upcoming");
    expect(await note(second.current.id)).toEqual(second.current);
    expect(await read()).toMatchObject({ status: "running", startedAt: 5 });
    await talksOf[":talk"].$delete({ param: { account, talk: talk.id } });
    expect(await note(second.current.id)).toBeNull();
  });

  test("opens nothing any more once its account was deleted, also before anything of that is erased", async () => {
    const { account, talk, renew, check } = await start();
    const { current } = await renew();
    expect((await check(current.id)).status).toBe(200);
    await env.HOST_DB.prepare("UPDATE accounts SET deleting_at = 1 WHERE id = ?1").bind(account).run();
    expect((await readRefusal(await check(current.id))).code).toBe("invalid_token");
    const opening = store.talks[":talk"].tokens[":id"].opening;
    const param = { talk: talk.id, id: current.id };
    expect((await readRefusal(await opening.$post({ param }))).code).toBe("invalid_token");
    const json = { isNew: true, isOver: false };
    expect(await readAnswer(OpeningAnswer, await opening.$put({ param, json }))).toEqual({
      current: null,
      flows: [],
    });
  });

  test("of many that are made at once, each has its own number, and the highest is good", async () => {
    const { renew, check } = await start();
    const made = (await Promise.all(Array.from({ length: 5 }, renew))).map(({ current }) => current);
    made.sort((a, b) => a.number - b.number);
    expect(new Set(made.map(({ number }) => number)).size).toBe(5);
    const good = await Promise.all(made.map(async ({ id }) => (await check(id)).ok));
    expect(good).toEqual([false, false, false, false, true]);
  });
});

describe("looks", () => {
  const summary = { people: 3, reactions: 9, top: {}, moments: [], activities: 0, questions: 0, at: 5 };
  const start = async () => {
    const account = await createAccount();
    const { talk } = await create(account, { name: "A" });
    const answer = await talksOf[":talk"].token.$post({ param: { account, talk: talk.id } });
    const { current } = await readAnswer(TalkWithNewToken, answer);
    const note = (isNew: boolean, isOver = false) =>
      noteOpening({ db: env.HOST_DB, cache, now: Date.now() }, talk.id, current.id, { isNew, isOver });
    const read = async () => (await readTalk(env.HOST_DB, { account, talk: talk.id })).talk;
    const keep = (endedAt: number | null | "gone", askedAt = Date.now()) =>
      keepLook(env.HOST_DB, talk.session, endedAt === "gone" ? null : { endedAt, summary }, askedAt);
    return { talk, note, read, keep };
  };

  test("a talk that was never opened stays as it is", async () => {
    const { talk, read, keep } = await start();
    await keep(7);
    await keep("gone");
    expect(await read()).toEqual(talk);
  });

  test("what is known of a talk that runs, has ended and is gone stays with it", async () => {
    const { note, read, keep } = await start();
    await note(true);
    await keep(null);
    expect(await read()).toMatchObject({ status: "running", summary });
    await keep(7);
    expect(await read()).toMatchObject({ status: "over", endedAt: 7, summary });
    await keep("gone");
    expect(await read()).toMatchObject({ status: "over", endedAt: 7, summary });
  });

  test("one that is gone without an end was over when it was last looked at", async () => {
    const { note, read, keep } = await start();
    await note(true);
    const seen = Date.now();
    await keep(null, seen);
    await keep("gone", seen + 5);
    expect(await read()).toMatchObject({ status: "over", endedAt: seen, summary });
  });

  test("a talk that is opened again runs again, and an answer from before changes nothing", async () => {
    const { note, read, keep } = await start();
    await note(true);
    const before = Date.now() - 1;
    await keep(7);
    await note(false, true);
    expect((await read()).status).toBe("over");
    await note(true);
    await keep("gone", before);
    await keep(7, before);
    expect(await read()).toMatchObject({ status: "running", endedAt: null });
  });

  test("those that run are looked at in turn, and less often the longer they run", async () => {
    const { talk, note } = await start();
    await note(true);
    const started = Date.now();
    const isTaken = async (after: number) =>
      (await takeUnseen(env.HOST_DB, started + after)).talks.some(({ id }) => id === talk.id);
    const hour = DAY_MS / 24;
    expect(await isTaken(hour / 2)).toBe(false);
    expect(await isTaken(hour + 1000)).toBe(true);
    // It has had its turn, also where its session did not answer.
    expect(await isTaken(hour + 2000)).toBe(false);
    expect(await isTaken(8 * hour)).toBe(true);
    expect(await isTaken(9.5 * hour)).toBe(false);
    expect(await isTaken(10.5 * hour)).toBe(true);
  });
});

describe("an opening", () => {
  const summary = { people: 3, reactions: 9, top: {}, moments: [], activities: 0, questions: 0, at: 5 };
  const MINUTE = DAY_MS / 1440;
  const start = async () => {
    const account = await createAccount();
    const { talk } = await create(account, { name: "A" });
    const answer = await talksOf[":talk"].token.$post({ param: { account, talk: talk.id } });
    const { id } = (await readAnswer(TalkWithNewToken, answer)).current;
    const begin = (now: number) => beginOpening(env.HOST_DB, talk.id, id, now);
    const note = (now: number, since: number | undefined, isNew = true) =>
      noteOpening({ db: env.HOST_DB, cache, now }, talk.id, id, { isNew, isOver: false, since });
    const read = async () => (await readTalk(env.HOST_DB, { account, talk: talk.id })).talk;
    const look = (at: number, endedAt: number | null | "gone") =>
      keepLook(env.HOST_DB, talk.session, endedAt === "gone" ? null : { endedAt, summary }, at);
    const isTaken = async (at: number) =>
      (await takeUnseen(env.HOST_DB, at)).talks.some(({ id }) => id === talk.id);
    const mark = (at: number) => markTalk(env.HOST_DB, { account, talk: talk.id }, at);
    const erase = (at: number) => eraseTalk(env.HOST_DB, talk.id, at);
    return { talk, begin, note, read, look, isTaken, mark, erase };
  };
  const now = 1_795_180_000_000;

  test("that nobody finished is found by the clock, and the talk has its history all the same", async () => {
    const { begin, read, look, isTaken } = await start();
    await begin(now);
    expect((await read()).status).toBe("upcoming");
    expect(await isTaken(now + MINUTE / 2)).toBe(false);
    expect(await isTaken(now + 2 * MINUTE)).toBe(true);
    await look(now + 2 * MINUTE, null);
    expect(await read()).toMatchObject({ status: "running", startedAt: now, summary });
    // From here on it is a talk like any other.
    expect(await isTaken(now + 3 * MINUTE)).toBe(false);
    expect(await isTaken(now + 70 * MINUTE)).toBe(true);
  });

  test("that nobody finished has its history also where the session is ended before the clock strikes", async () => {
    const { begin, read, look, isTaken } = await start();
    await begin(now);
    await look(now + 1000, now + 900);
    expect(await read()).toMatchObject({ status: "over", startedAt: now, endedAt: now + 900, summary });
    expect(await isTaken(now + 2 * MINUTE)).toBe(true);
    await look(now + 2 * MINUTE, now + 900);
    expect(await isTaken(now + DAY_MS)).toBe(false);
  });

  test("that came to nothing leaves the talk as it was", async () => {
    const { talk, begin, read, look, isTaken } = await start();
    await begin(now);
    expect(await isTaken(now + 2 * MINUTE)).toBe(true);
    await look(now + 2 * MINUTE, "gone");
    expect(await read()).toEqual(talk);
    expect(await isTaken(now + DAY_MS)).toBe(false);
  });

  test("of a talk that is over, which began it anew and was not finished, has it run again", async () => {
    const { begin, note, read, look, isTaken } = await start();
    await note(now, (await begin(now)).since);
    await look(now + MINUTE, now + MINUTE);
    await begin(now + DAY_MS);
    expect(await isTaken(now + DAY_MS + 2 * MINUTE)).toBe(true);
    await look(now + DAY_MS + 2 * MINUTE, null);
    expect(await read()).toMatchObject({ status: "running", startedAt: now + DAY_MS, endedAt: null });
  });

  test("keeps a deleted talk from being forgotten before its session can't be opened any more", async () => {
    const { begin, note, mark, erase } = await start();
    const { since } = await begin(now);
    await mark(now + 1);
    expect(await erase(now + 2)).toBe(true);
    // Its session is yet to be erased by whoever has opened it; they may die before.
    expect(await note(now + 3, since)).toBeNull();
    expect(await erase(now + 4)).toBe(true);
    expect(await erase(now + 2 * MINUTE)).toBe(false);
  });

  test("that is finished holds up nothing, and one that has begun since is still on its way", async () => {
    const { begin, note, mark, erase } = await start();
    const first = await begin(now);
    const second = await begin(now + 1);
    await note(now + 2, first.since);
    await note(now + 3, second.since, false);
    await mark(now + 4);
    expect(await erase(now + 5)).toBe(false);

    const other = await start();
    const older = await other.begin(now);
    await other.begin(now + 1);
    await other.note(now + 2, older.since);
    await other.mark(now + 3);
    expect(await other.erase(now + 4)).toBe(true);
  });
});

test("no statement about talks walks through a table", async () => {
  const { db, statements } = recordStatements(env.HOST_DB);
  const account = await createAccount();
  const { talk } = await createTalk(db, account, { name: "A" }, 1);
  const own = { account, talk: talk.id };
  await createTalk(db, createId(), { name: "A" }, 1).catch(() => {});
  await changeTalk(db, own, { name: "B" });
  await listTalks(db, account);
  const { current } = await replaceToken(db, own, 1);
  await noteTold(db, talk.id, current.id);
  await takeUntold(db, 1);
  await checkToken(db, talk.id, current.id);
  await beginOpening(db, talk.id, current.id, 1);
  await noteOpening({ db, cache, now: 1 }, talk.id, current.id, { isNew: true, isOver: false });
  await keepLook(db, talk.session, { endedAt: null, summary: talkSummary }, 2);
  await keepLook(db, talk.session, null, 2);
  await takeUnseen(db, 1);
  await saveActivities(db, own, { activities: [] });
  await addActivities(db, own, { activities: [createText("why")] });
  await readActivities(db, own);
  await markTalk(db, own, 1);
  await markTalksOf(db, account, 1);
  await takeVanishing(db, 1);
  await eraseTalk(db, talk.id);
  await markVanishing(db, 1);
  await sweepAccounts({ ...env, HOST_DB: db }, 1);
  await eraseAccount({ ...env, HOST_DB: db }, account);
  expect(statements.size).toBeGreaterThan(20);
  for (const sql of statements) expect([sql, await findScans(env.HOST_DB, sql)]).toEqual([sql, []]);
});

const talkSummary = { people: 0, reactions: 0, top: {}, moments: [], activities: 0, questions: 0, at: 1 };

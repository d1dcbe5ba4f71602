import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createRandom } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { JoinTarget, type NewJoinCode } from "../lib/join-code.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { OpenedSession } from "../lib/session.ts";
import { getDirectory, keepJoinCode } from "./kept-join-code.ts";
import { call, getRoomOf, host } from "./test-client.ts";

afterEach(() => {
  vi.useRealTimers();
});
const later = (ms: number) => vi.useFakeTimers({ now: Date.now() + ms, toFake: ["Date"] });

/** Other seeds make other stories. */
const SEED = Number(process.env.CODES_SEED ?? 20_261_127);
const RUNS = Number(process.env.CODES_RUNS ?? 8);

const stores = env as unknown as SessionStoreEnv;
let names = 0;
const nameSession = () => `coded-${++names}`.padEnd(18, "-");
const createTag = () => `${createRandom()}${createRandom()}`.slice(0, 22);

/** Codes as api proposes them. */
const propose = (...tags: string[]): NewJoinCode[] =>
  tags.map((tag) => ({ tag, sealed: "482913", otherTags: [] }));

async function open(session: string, joinCodes = propose(createTag(), createTag()), restart = false) {
  const facts = { name: "n", date: "d", apiUrl: "https://a.example", webUiUrl: "https://a.example/join" };
  const body = JSON.stringify({ session: facts, restart, joinCodes });
  const answer = await call(`/session/${session}`, { method: "PUT", body });
  return (await readAnswer(OpenedSession, answer)).joinCode;
}
/** Opens it, and expects it to have a code. @returns its tag */
async function openCoded(session: string, tag = createTag()): Promise<string> {
  const given = await open(session, propose(tag, createTag()));
  if (!given) throw new Error("no join code");
  return given.tag;
}
const erase = (session: string) => call(`/session/${session}`, { method: "DELETE" });
const lookUp = async (tag: string) => (await readAnswer(JoinTarget, await call(`/join-code/${tag}`))).session;
const readKept = (tag: string) => stores.SESSION_KV.get(`join/${tag}`);
/** What the directory has of a session. */
const listRows = (session: string) =>
  runInDurableObject(getDirectory(stores), (_, { storage }) =>
    storage.sql.exec("SELECT tag, freed_at FROM codes WHERE session = ?", session).toArray(),
  );

describe("a session's join code", () => {
  test("is the first of those proposed, leads to it, and stays when it is opened again", async () => {
    const session = nameSession();
    const [first, second] = [createTag(), createTag()];
    expect(await open(session, propose(first, second))).toEqual({
      tag: first,
      sealed: "482913",
      isNew: true,
    });
    expect(await lookUp(first)).toBe(session);
    expect(await lookUp(second)).toBeNull();
    expect(await open(session)).toEqual({ tag: first, sealed: "482913", isNew: false });
    expect(await open(session, undefined, true)).toMatchObject({ tag: first });
  });

  test("is one for all who open it at once", async () => {
    const session = nameSession();
    const given = await Promise.all(Array.from({ length: 10 }, () => open(session)));
    expect(new Set(given.map((each) => each?.tag)).size).toBe(1);
    expect(await listRows(session)).toHaveLength(1);
  });

  test("is no other session's, under no secret", async () => {
    const [one, other, third] = [nameSession(), nameSession(), nameSession()];
    const [tag, free] = [createTag(), createTag()];
    await openCoded(one, tag);
    expect(await open(other, propose(tag, free))).toMatchObject({ tag: free });
    const renamed = { tag: createTag(), sealed: "482913", otherTags: [tag] };
    expect(await open(third, [renamed])).toBeUndefined();
    expect(await lookUp(tag)).toBe(one);
  });

  test("comes to a session that was opened before there were any", async () => {
    const session = nameSession();
    expect(await open(session, [])).toBeUndefined();
    const tag = await openCoded(session);
    expect(await lookUp(tag)).toBe(session);
  });

  test("is longer when a tenth of the shorter ones are taken", async () => {
    const directory = getDirectory(stores);
    await runInDurableObject(directory, (_, { storage }) => {
      storage.sql.exec(`
        WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 90000)
        INSERT INTO codes SELECT 'many' || n, '482913', 'many' || n, 6, NULL FROM numbers`);
    });
    await evictDurableObject(directory);
    const long = { tag: createTag(), sealed: "48291357", otherTags: [] };
    const session = nameSession();
    expect(await open(session, [...propose(createTag()), long])).toMatchObject({ tag: long.tag });
    await runInDurableObject(directory, (_, { storage }) => {
      storage.sql.exec("DELETE FROM codes WHERE tag LIKE 'many%'");
    });
    await evictDurableObject(directory);
    expect(await open(nameSession(), propose(createTag()))).toBeDefined();
  });
});

describe("where a code leads", () => {
  test("is read from KV, and kept there again where it is gone", async () => {
    const session = nameSession();
    const tag = await openCoded(session);
    await vi.waitFor(async () => expect(await readKept(tag)).toBe(session));
    await stores.SESSION_KV.delete(`join/${tag}`);
    expect(await lookUp(tag)).toBe(session);
    await vi.waitFor(async () => expect(await readKept(tag)).toBe(session));
    // Read there, and not in the directory.
    await stores.SESSION_KV.put(`join/${tag}`, "somewhere-else----");
    expect(await lookUp(tag)).toBe("somewhere-else----");
  });

  test("is not kept when it was freed before it could be", async () => {
    const session = nameSession();
    const tag = await openCoded(session);
    await erase(session);
    await keepJoinCode(stores, tag, session, 30);
    expect(await readKept(tag)).toBeNull();
  });

  test("is nowhere for one whose session is not there, and frees it", async () => {
    const [session, tag] = [nameSession(), createTag()];
    await getDirectory(stores).give(session, propose(tag));
    expect(await lookUp(tag)).toBeNull();
    await vi.waitFor(async () => expect(await listRows(session)).toEqual([]));
  });
});

describe("an erased session's code", () => {
  test("leads nowhere at once, nothing tells whose it was, and it rests for a day", async () => {
    const session = nameSession();
    const tag = await openCoded(session);
    await vi.waitFor(async () => expect(await readKept(tag)).toBe(session));
    expect((await erase(session)).status).toBe(200);
    expect(await lookUp(tag)).toBeNull();
    expect(await readKept(tag)).toBeNull();
    expect(await listRows(session)).toEqual([]);
    expect(await open(nameSession(), propose(tag))).toBeUndefined();
    later(LIMITS.joinCodeRestMs);
    const next = nameSession();
    expect(await openCoded(next, tag)).toBe(tag);
    expect(await lookUp(tag)).toBe(next);
  });

  test("is not the next life's", async () => {
    const session = nameSession();
    const before = await openCoded(session);
    await erase(session);
    const after = await openCoded(session, before);
    expect(after).not.toBe(before);
    expect(await lookUp(before)).toBeNull();
    expect(await lookUp(after)).toBe(session);
  });
});

describe("an ended session's code", () => {
  const end = (session: string) => getRoomOf(session).end(host);

  test("leads to it for a day, and nowhere then, without being asked", async () => {
    const session = nameSession();
    const tag = await openCoded(session);
    await end(session);
    await runDurableObjectAlarm(getRoomOf(session));
    expect(await lookUp(tag)).toBe(session);
    later(LIMITS.joinCodeMs);
    await runDurableObjectAlarm(getRoomOf(session));
    expect(await lookUp(tag)).toBeNull();
    expect(await listRows(session)).toEqual([]);
    // It is there as ever, under its long name, and gets another code only when it goes on.
    expect(await getRoomOf(session).info()).toBeDefined();
    expect(await open(session)).toBeUndefined();
    expect(await open(session, undefined, true)).toMatchObject({ isNew: true });
  });

  test("has its alarm, whatever comes before it, and the session's own date after it", async () => {
    const session = nameSession();
    await openCoded(session);
    await end(session);
    await vi.waitFor(async () => {
      await runDurableObjectAlarm(getRoomOf(session));
      await runInDurableObject(getRoomOf(session), async (_, { storage }) => {
        const at = (await storage.getAlarm()) ?? 0;
        expect(Math.abs(at - Date.now() - LIMITS.joinCodeMs)).toBeLessThan(60_000);
      });
    });
    later(LIMITS.joinCodeMs);
    await vi.waitFor(async () => {
      await runDurableObjectAlarm(getRoomOf(session));
      await runInDurableObject(getRoomOf(session), async (_, { storage }) => {
        expect(await storage.getAlarm()).toBe(storage.kv.get("expiresAt"));
      });
    });
  });

  test("stays where the session goes on before", async () => {
    const session = nameSession();
    const tag = await openCoded(session);
    await end(session);
    expect(await open(session, undefined, true)).toMatchObject({ tag });
    later(LIMITS.joinCodeMs);
    await runDurableObjectAlarm(getRoomOf(session));
    expect(await lookUp(tag)).toBe(session);
  });
});

test("whatever dies in between: no code leads to two sessions, or to another one than it was given to, and none is lost", async () => {
  const Step = fc.oneof(
    { weight: 4, arbitrary: fc.constant("open" as const) },
    { weight: 2, arbitrary: fc.constant("erase" as const) },
    { weight: 1, arbitrary: fc.constant("end" as const) },
    { weight: 1, arbitrary: fc.constant("restart" as const) },
  );
  const Act = fc.record({
    step: Step,
    session: fc.integer({ min: 0, max: 2 }),
    // How many turns later everything dies; none: it is waited for.
    dies: fc.option(fc.integer({ min: 0, max: 12 }), { freq: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(Act, { minLength: 4, maxLength: 10 }), async (acts) => {
      const sessions = [nameSession(), nameSession(), nameSession()];
      // So few that they meet.
      const tags = Array.from({ length: 4 }, createTag);
      const steps = {
        open: (session: string) => open(session, propose(...tags)),
        restart: (session: string) => open(session, propose(...tags), true),
        erase,
        end: (session: string) => getRoomOf(session).end(host),
      };
      for (const { step, session, dies } of acts) {
        const name = sessions[session] ?? "";
        const done = steps[step](name).catch(() => undefined);
        if (dies === null) {
          const given = await done;
          if (given && "tag" in given) expect(await lookUp(given.tag)).toBe(name);
          continue;
        }
        for (let turn = 0; turn < dies; turn++) await scheduler.wait(0);
        await abortAllDurableObjects();
        await done;
      }
      // Everything comes to its end by itself, by its alarms.
      for (const session of sessions) {
        await vi.waitFor(async () => {
          await runDurableObjectAlarm(getRoomOf(session));
          await runInDurableObject(getRoomOf(session), (_, { storage }) => {
            expect(storage.kv.get("erasing")).toBeUndefined();
          });
        });
      }
      for (const tag of tags) {
        const session = await lookUp(tag);
        if (session === null) continue;
        expect(sessions).toContain(session);
        expect(await getRoomOf(session).info()).toBeDefined();
        expect((await open(session, propose(createTag())))?.tag).toBe(tag);
      }
      for (const session of sessions) {
        const isThere = (await getRoomOf(session).info()) !== undefined;
        const rows = await listRows(session);
        if (!isThere) expect(rows).toEqual([]);
        expect(rows.length).toBeLessThanOrEqual(1);
      }
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  );
});

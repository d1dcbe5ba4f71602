import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";
import { createId } from "../../lib/random.ts";
import { hashTalk } from "../../lib/talk-hash.ts";
import { createTalk } from "../talk/talks.ts";
import { createAccount } from "../test-account.ts";
import { store } from "../test-client.ts";
import { findScans, recordStatements } from "../test-plans.ts";
import { countRecap } from "./recap-budget.ts";

const db = env.HOST_DB;
const NOW = 1_795_180_000_000;

async function createSession(account: string): Promise<string> {
  const { talk } = await createTalk(db, account, { name: "Tides" }, NOW);
  return hashTalk(talk.id);
}

/** How many of so many at once are counted. */
async function count(session: string, times: number, now: number): Promise<number> {
  const tries = await Promise.allSettled(Array.from({ length: times }, () => countRecap(db, session, now)));
  return tries.filter(({ status }) => status === "fulfilled").length;
}

test("an account has a model asked so often in a day, for all of its talks together, and then again", async () => {
  const account = await createAccount();
  const [session, other] = await Promise.all([createSession(account), createSession(account)]);
  const half = Math.floor(LIMITS.recapsPerDay / 2);
  expect(await count(session, half, NOW)).toBe(half);
  expect(await count(other, LIMITS.recapsPerDay, NOW + 1000)).toBe(LIMITS.recapsPerDay - half);
  await expect(countRecap(db, session, NOW + DAY_MS - 60_000)).rejects.toMatchObject({
    code: "rate_limited",
    retryAfter: 60,
  });
  expect(await count(session, LIMITS.recapsPerDay + 1, NOW + DAY_MS)).toBe(LIMITS.recapsPerDay);
  expect(await count(await createSession(await createAccount()), 1, NOW)).toBe(1);
});

test("a session of no account is not counted", async () => {
  const session = createId().slice(0, 18);
  expect(await count(session, LIMITS.recapsPerDay + 1, NOW)).toBe(LIMITS.recapsPerDay + 1);
});

test("what is refused is told with the time when it makes sense again, and nothing of it walks through a table", async () => {
  const session = await createSession(await createAccount());
  const { db: watched, statements } = recordStatements(db);
  for (let i = 0; i < LIMITS.recapsPerDay; i++) await countRecap(watched, session, Date.now());
  for (const sql of statements) expect([sql, await findScans(db, sql)]).toEqual([sql, []]);
  const answer = await store.session[":session"].recap.$post({ param: { session } });
  expect([answer.status, Number(answer.headers.get("Retry-After")) > 0]).toEqual([429, true]);
});

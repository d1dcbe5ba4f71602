import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { DAY_MS } from "../../shared/protocol/limits.ts";
import { createId } from "../lib/random.ts";
import { takeVanishing as takeAccounts } from "./account/erasure.ts";
import { sweepDecks } from "./deck/erase.ts";
import { deckPrefix } from "./deck/keys.ts";
import { replaceToken } from "./talk/current-token.ts";
import { markTalk, takeVanishing as takeTalks } from "./talk/deletion.ts";
import { createTalk } from "./talk/talks.ts";
import { noteTold, takeUntold } from "./talk/untold-tokens.ts";
import { createAccount } from "./test-account.ts";

const MINUTE = DAY_MS / 1440;
const START = 1_795_180_000_000;

/** Which of these have a turn at each of these moments; nothing is ever erased. */
async function watch(
  ids: readonly string[],
  take: (now: number) => Promise<readonly string[]>,
  minutes: readonly number[],
) {
  const turns: string[][] = [];
  for (const minute of minutes) {
    turns.push((await take(START + minute * MINUTE)).filter((id) => ids.includes(id)));
  }
  return turns;
}

const count = (turns: readonly (readonly string[])[], id: string) =>
  turns.filter((ids) => ids.includes(id)).length;

/** Every five minutes of a day. */
const STRIKES = Array.from({ length: 288 }, (_, strike) => strike * 5);

const talksOf = async (now: number) => (await takeTalks(env.HOST_DB, now)).talks.map(({ id }) => id);
const accountsOf = (now: number) => takeAccounts(env.HOST_DB, now);

async function deleteTalks(count: number): Promise<string[]> {
  const account = await createAccount();
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    const { talk } = await createTalk(env.HOST_DB, account, { name: `${number}` }, START);
    await markTalk(env.HOST_DB, { account, talk: talk.id }, START);
    ids.push(talk.id);
  }
  return ids;
}

test("of talks that can't be erased, a new one waits for none, and each waits longer", async () => {
  const stuck = await deleteTalks(10);
  const turns = await watch(stuck, talksOf, STRIKES);
  expect(Math.max(...turns.map((ids) => ids.length))).toBeLessThanOrEqual(3);
  for (const id of stuck) {
    expect(count(turns, id)).toBeGreaterThan(5);
    expect(count(turns, id)).toBeLessThan(40);
  }
  const [young = ""] = await deleteTalks(1);
  expect(await talksOf(START + DAY_MS)).toContain(young);
});

test("of accounts that can't be erased, a new one waits for none, and each waits longer", async () => {
  const mark = async () => {
    const id = await createAccount();
    await env.HOST_DB.prepare("UPDATE accounts SET deleting_at = ?2 WHERE id = ?1").bind(id, START).run();
    return id;
  };
  const stuck = [await mark(), await mark(), await mark(), await mark(), await mark()];
  const turns = await watch(stuck, accountsOf, STRIKES);
  expect(Math.max(...turns.map((ids) => ids.length))).toBeLessThanOrEqual(2);
  for (const id of stuck) {
    expect(count(turns, id)).toBeGreaterThan(5);
    expect(count(turns, id)).toBeLessThan(40);
  }
  const young = await mark();
  expect(await accountsOf(START + DAY_MS)).toContain(young);
});

const untoldOf = async (now: number) => (await takeUntold(env.HOST_DB, now)).tokens.map(({ talk }) => talk);

async function replaceTokens(count: number) {
  const account = await createAccount();
  const made: { own: { account: string; talk: string }; current: { id: string; number: number } }[] = [];
  for (let number = 0; number < count; number++) {
    const { talk } = await createTalk(env.HOST_DB, account, { name: `${number}` }, START);
    const own = { account, talk: talk.id };
    made.push({ own, current: (await replaceToken(env.HOST_DB, own, START)).current });
  }
  return made;
}

test("of tokens that can't be told, a new one waits for none, and each waits longer", async () => {
  const stuck = (await replaceTokens(10)).map(({ own }) => own.talk);
  const turns = await watch(stuck, untoldOf, STRIKES);
  expect(Math.max(...turns.map((ids) => ids.length))).toBeLessThanOrEqual(2);
  for (const id of stuck) {
    expect(count(turns, id)).toBeGreaterThan(5);
    expect(count(turns, id)).toBeLessThan(40);
  }
  const [young] = await replaceTokens(1);
  expect(await untoldOf(START + DAY_MS)).toContain(young?.own.talk);
});

test("a token that is told has no turn any more, and one that was made since has", async () => {
  const [first, second, deleted] = await replaceTokens(3);
  if (!first || !second || !deleted) throw new RangeError("three were made");
  const untold = async (now: number) => {
    const { tokens } = await takeUntold(env.HOST_DB, now);
    return tokens.filter(({ talk }) => [first, second, deleted].some(({ own }) => own.talk === talk));
  };
  await noteTold(env.HOST_DB, first.own.talk, first.current.id);
  await markTalk(env.HOST_DB, deleted.own, START);
  const next = await replaceToken(env.HOST_DB, second.own, START);
  await noteTold(env.HOST_DB, second.own.talk, second.current.id);
  const { talk, current } = next;
  let found: Awaited<ReturnType<typeof untold>> = [];
  for (let strike = 1; found.length === 0; strike++) found = await untold(START + strike * 5 * MINUTE);
  expect(found).toEqual([{ talk: talk.id, session: talk.session, current }]);
  await noteTold(env.HOST_DB, talk.id, current.id);
  const isTold = "SELECT 1 FROM talks WHERE id = ?1 AND untold_at IS NULL AND tell_at IS NULL";
  for (const { own } of [first, second]) {
    expect(await env.HOST_DB.prepare(isTold).bind(own.talk).first()).not.toBeNull();
  }
});

test("of decks that can't be erased, the others need not wait", async () => {
  const account = await createAccount();
  const mark = async () => {
    const id = createId();
    await env.HOST_DB.prepare(
      `INSERT INTO decks (id, account, title, kind, status, file_bytes, picture_bytes, created_at)
       VALUES (?1, ?2, 'a', 'markdown', 'deleting', 5, 5, ?3)`,
    )
      .bind(id, account, START)
      .run();
    await env.DECKS.put(`${deckPrefix(id)}file`, "a");
    return id;
  };
  const stuck = await Promise.all(Array.from({ length: 25 }, mark));
  /** R2 answers of none of them. */
  const list: R2Bucket["list"] = async (options) => {
    if (stuck.some((id) => options?.prefix === deckPrefix(id))) throw new Error("R2 is out of reach");
    return env.DECKS.list(options);
  };
  const DECKS = new Proxy(env.DECKS, {
    get: (target, name) => {
      if (name === "list") return list;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const there = async () => {
    const { results } = await env.HOST_DB.prepare("SELECT id FROM decks WHERE account = ?1")
      .bind(account)
      .all<{ id: string }>();
    return results.map(({ id }) => id).sort();
  };
  const young = await mark();
  expect(await sweepDecks({ ...env, DECKS }, START)).toBe(true);
  expect(await sweepDecks({ ...env, DECKS }, START + 5 * MINUTE)).toBe(false);
  expect(await there()).toEqual([...stuck].sort());
  expect(await there()).not.toContain(young);
  // Later they can be.
  await sweepDecks(env, START + DAY_MS);
  await sweepDecks(env, START + DAY_MS);
  expect(await there()).toEqual([]);
});

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { AccountAnswer, Me, SignInLog } from "../../../shared/protocol/host/account.schema.ts";
import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";
import type { Entrant } from "../../lib/host-account.ts";
import { SignedInAccount } from "../../lib/host-account.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { createEntrant, isSignedIn, PASSWORD, readRefusal, signUp, store } from "../test-client.ts";
import { sweep } from "./sweep.ts";

const db = env.HOST_DB;
const one = store.accounts[":account"];

const signIn = async (email: string, password = PASSWORD, entrant?: Entrant) => {
  const who = entrant ?? (await createEntrant());
  const answer = await store["sign-ins"].$post({ json: { signIn: { email, password }, entrant: who } });
  return { entrant: who, answer };
};

/** What lists call this browser. */
const nameOf = async ({ tokenHash }: Entrant): Promise<string> => {
  const answer = await store["sign-ins"][":tokenHash"].$get({
    param: { tokenHash },
    query: { cached: "false" },
  });
  return (await readAnswer(SignedInAccount, answer)).signIn;
};

const changePassword = async (account: string, by: Entrant, change: { password: string; current?: string }) =>
  one.password.$put({ param: { account }, json: { change, signIn: await nameOf(by), visitor: by.visitor } });

const readMe = async (account: string, signIn: string): Promise<Me> =>
  readAnswer(Me, await one.me.$get({ param: { account }, query: { signIn } }));

test("a password takes the old one, and signs every other browser out", async () => {
  const { account, entrant } = await signUp();
  const { entrant: other } = await signIn(account.email);
  const wrong = await changePassword(account.id, entrant, { password: "a new password", current: "wrong" });
  expect((await readRefusal(wrong)).code).toBe("sign_in_failed");
  const without = await changePassword(account.id, entrant, { password: "a new password" });
  expect((await readRefusal(without)).code).toBe("sign_in_failed");
  expect(await isSignedIn(other)).toBe(true);
  const change = { password: "a new password", current: PASSWORD };
  expect((await changePassword(account.id, entrant, change)).status).toBe(200);
  expect([await isSignedIn(entrant), await isSignedIn(other)]).toEqual([true, false]);
  expect((await signIn(account.email)).answer.status).toBe(401);
  expect((await signIn(account.email, "a new password")).answer.status).toBe(200);
});

test("who has found an open browser guesses its password no faster than anybody", async () => {
  const { account, entrant } = await signUp();
  const change = { password: "a new password", current: "wrong" };
  expect((await changePassword(account.id, entrant, change)).status).toBe(401);
  await db
    .prepare("UPDATE attempts SET next_at = ?1")
    .bind(Date.now() + DAY_MS)
    .run();
  const right = await changePassword(account.id, entrant, { password: "a new password", current: PASSWORD });
  expect((await readRefusal(right)).code).toBe("too_many_attempts");
  // At the door nobody waits for it.
  const door = await createEntrant({ address: entrant.visitor.address });
  expect((await signIn(account.email, PASSWORD, door)).answer.status).toBe(200);
});

test("a wrong current password stands in the log, for the host to see that somebody tries", async () => {
  const { account, entrant } = await signUp();
  await changePassword(account.id, entrant, { password: "a new password", current: "wrong" });
  const read = async () =>
    readAnswer(SignInLog, await one.log.$get({ param: { account: account.id }, query: {} }));
  await expect
    .poll(async () => (await read()).events.map(({ event, address }) => [event, address]))
    .toContainEqual(["failed", entrant.visitor.address]);
});

test("of two changes at once one is made", async () => {
  const { account, entrant } = await signUp();
  const passwords = ["the first new one", "the second new one"];
  const answers = await Promise.all(
    passwords.map((password) => changePassword(account.id, entrant, { password, current: PASSWORD })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  const kept = passwords[answers.findIndex(({ ok }) => ok)];
  expect((await signIn(account.email, kept)).answer.status).toBe(200);
});

test("the log says what happened, the newest first, in pages, and to nobody else", async () => {
  const { account, entrant } = await signUp();
  await signIn(account.email, "wrong");
  const { entrant: second } = await signIn(account.email);
  await changePassword(account.id, entrant, { password: "a new password", current: PASSWORD });
  await store["sign-outs"].$post({
    json: { tokenHash: entrant.tokenHash, visitor: second.visitor, signOut: { everywhere: true } },
  });
  const read = async (cursor?: string) =>
    readAnswer(
      SignInLog,
      await one.log.$get({ param: { account: account.id }, query: cursor === undefined ? {} : { cursor } }),
    );
  // "failed" is written after its answer.
  await expect
    .poll(async () => (await read()).events.map(({ event }) => event).sort())
    .toEqual(["failed", "password", "password-changed", "sign-out-everywhere", "sign-up"]);
  const { events } = await read();
  expect(events[0]).toEqual({
    at: expect.any(Number),
    event: "sign-out-everywhere",
    browser: "Firefox on Android",
    address: second.visitor.address,
  });

  const many = Array.from({ length: LIMITS.consolePage + 5 }, (_, index) =>
    db
      .prepare(
        "INSERT INTO sign_in_log (account, at, event, browser, address) VALUES (?1, ?2, 'failed', '', '')",
      )
      .bind(account.id, Date.now() + index),
  );
  await db.batch(many);
  const first = await read();
  const rest = await read(first.cursor);
  expect([first.events.length, rest.events.length, rest.cursor]).toEqual([50, 10, undefined]);
  expect(new Set([...first.events, ...rest.events].map(({ at, event }) => `${at} ${event}`)).size).toBe(60);
});

test("a browser is signed out by what lists call it, and by nobody else", async () => {
  const { account, entrant } = await signUp();
  const { entrant: other } = await signIn(account.email);
  const { account: stranger } = await signUp();
  const signInId = await nameOf(other);
  const remove = (account: string) =>
    one.browsers[":signIn"].$delete({ param: { account, signIn: signInId } });
  expect((await readRefusal(await remove(stranger.id))).code).toBe("not_found");
  expect(await isSignedIn(other)).toBe(true);
  expect((await remove(account.id)).status).toBe(200);
  expect([await isSignedIn(entrant), await isSignedIn(other)]).toEqual([true, false]);
});

test("what a page shows of an account is cached, and whoever changes it sees it changed at once", async () => {
  const { account, entrant } = await signUp();
  const signInId = await nameOf(entrant);
  expect((await readMe(account.id, signInId)).signedIn).toHaveLength(1);
  const json = { name: "Ada Lovelace" };
  const renamed = await one.$patch({ param: { account: account.id }, json });
  expect((await readAnswer(AccountAnswer, renamed)).account.name).toBe("Ada Lovelace");
  expect((await readMe(account.id, signInId)).account.name).toBe("Ada Lovelace");
  await signIn(account.email);
  expect((await readMe(account.id, signInId)).signedIn.map(({ isThis }) => isThis).sort()).toEqual([
    false,
    true,
  ]);
});

test("a browser that is in use stays signed in for as long again, and one that is not goes", async () => {
  const { account, entrant } = await signUp();
  const { tokenHash } = entrant;
  const set = (expiresAt: number) =>
    db.prepare("UPDATE sign_ins SET expires_at = ?2 WHERE token_hash = ?1").bind(tokenHash, expiresAt).run();
  const read = () =>
    db
      .prepare("SELECT expires_at AS at FROM sign_ins WHERE token_hash = ?1")
      .bind(tokenHash)
      .first<number>("at");
  await set(Date.now() + 60_000);
  expect((await store["sign-ins"][":tokenHash"].renewal.$put({ param: { tokenHash } })).status).toBe(200);
  expect(Number(await read()) - Date.now()).toBeGreaterThan((LIMITS.signInDays - 1) * DAY_MS);
  await set(Date.now() - 1);
  expect(await isSignedIn(entrant)).toBe(false);
  await store["sign-ins"][":tokenHash"].renewal.$put({ param: { tokenHash } });
  expect(await isSignedIn(entrant)).toBe(false);
  expect((await readMe(account.id, account.id)).signedIn).toEqual([]);
  await sweep(db, Date.now());
  expect(await read()).toBeNull();
});

test("what has ended goes in small pieces, and what has not stays", async () => {
  const insert = (key: string, expiresAt: number) =>
    db.prepare("INSERT INTO attempts VALUES (?1, 1, 0, ?2)").bind(key, expiresAt);
  const now = Date.now();
  await db.batch([
    ...Array.from({ length: 45 }, (_, index) => insert(`ended ${index}`, now - index)),
    insert("not ended", now + 1000),
  ]);
  const left = () =>
    db.prepare("SELECT count(*) AS rows FROM attempts WHERE key LIKE '%ended%'").first<number>("rows");
  for (const rows of [26, 6, 1, 1]) {
    await sweep(db, now);
    expect(await left()).toBe(rows);
  }
});

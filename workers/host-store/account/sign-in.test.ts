import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { AccountAnswer } from "../../../shared/protocol/host/account.schema.ts";
import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";
import type { Entrant } from "../../lib/host-account.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import {
  createEmail,
  createEntrant,
  isSignedIn,
  PASSWORD,
  readRefusal,
  signUp,
  store,
} from "../test-client.ts";
import { countAttempt } from "./attempts.ts";
import { hashPassword, isOutdated, isPassword } from "./password.ts";
import { signBrowserIn } from "./sign-ins.ts";

const db = env.HOST_DB;

const trySignIn = (email: string, password: string, entrant: Entrant) =>
  store["sign-ins"].$post({ json: { signIn: { email, password }, entrant } });

const countRows = async (sql: string, value: string) => db.prepare(sql).bind(value).first("rows");

test("a password is known again, in every way to write it, and another is not", async () => {
  const kept = await hashPassword("Ångström and so on");
  expect(await isPassword("A\u030angstro\u0308m and so on", kept)).toBe(true);
  expect(await isPassword("Ångström and so", kept)).toBe(false);
  expect(await isPassword("Ångström and so on", null)).toBe(false);
  expect(await hashPassword("Ångström and so on")).not.toBe(kept);
});

test("who signs in has the email in any case, and a cookie that takes the old one's place", async () => {
  const { account, entrant: before } = await signUp();
  const entrant = await createEntrant({ replaces: before.tokenHash });
  const answer = await trySignIn(`  ${account.email.toUpperCase()} `, PASSWORD, entrant);
  expect(await readAnswer(AccountAnswer, answer)).toEqual({ account });
  expect(await isSignedIn(entrant)).toBe(true);
  expect(await isSignedIn(before)).toBe(false);
});

test("no account, a wrong password and an account that is being erased hear the same", async () => {
  const { account } = await signUp();
  const { account: erased } = await signUp();
  await db.prepare("UPDATE accounts SET deleting_at = 1 WHERE id = ?1").bind(erased.id).run();
  const answers = await Promise.all([
    trySignIn(createEmail(), PASSWORD, await createEntrant()),
    trySignIn(account.email, "wrong", await createEntrant()),
    trySignIn(erased.email, PASSWORD, await createEntrant()),
  ]);
  const said = await Promise.all(answers.map(readRefusal));
  expect(new Set(said.map((problem) => JSON.stringify(problem))).size).toBe(1);
  expect(said[0]?.code).toBe("sign_in_failed");
});

test("of many tries at once a handful is looked at", async () => {
  const key = crypto.randomUUID();
  const now = Date.now();
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => countAttempt(db, key, now)));
  expect(tries.filter(({ status }) => status === "fulfilled").length).toBe(5);
});

test("who has to wait waits with the right password, too, with an account or without; nobody from elsewhere does", async () => {
  const { account, entrant: inside } = await signUp();
  const unknown = createEmail();
  for (const email of [account.email, unknown]) {
    const address = "203.0.113.9";
    expect((await trySignIn(email, "wrong", await createEntrant({ address }))).status).toBe(401);
    await db
      .prepare("UPDATE attempts SET next_at = ?1")
      .bind(Date.now() + DAY_MS)
      .run();
    const waiting = await trySignIn(email, PASSWORD, await createEntrant({ address }));
    const { code, retryAfter } = await readRefusal(waiting);
    expect(code).toBe("too_many_attempts");
    expect(Number(retryAfter)).toBeGreaterThan(0);
  }
  expect(await isSignedIn(inside)).toBe(true);
  expect((await trySignIn(account.email, PASSWORD, await createEntrant())).status).toBe(200);
});

test("the wait doubles up to a quarter of an hour, is forgotten after a day, and a right password ends it", async () => {
  const key = crypto.randomUUID();
  const MINUTE = 60_000;
  let now = 1_795_000_000_000;
  const waits: number[] = [];
  for (let tries = 0; tries < 16; tries++) {
    await countAttempt(db, key, now);
    const next = await db.prepare("SELECT next_at FROM attempts WHERE key = ?1").bind(key).first("next_at");
    waits.push(Number(next) - now);
    if (Number(next) > now) {
      await expect(countAttempt(db, key, Number(next) - 1)).rejects.toThrow("too_many_attempts");
    }
    now = Number(next);
  }
  expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 2000, 4000, 8000, 16_000]);
  expect(waits.at(-1)).toBe(15 * MINUTE);
  now += 24 * 60 * MINUTE;
  await countAttempt(db, key, now);
  await countAttempt(db, key, now);

  const { account } = await signUp();
  const address = "203.0.113.10";
  const once = async (password: string) =>
    (await trySignIn(account.email, password, await createEntrant({ address }))).status;
  for (let round = 0; round < 2; round++) {
    for (let tries = 0; tries < 3; tries++) expect(await once("wrong")).toBe(401);
    expect(await once(PASSWORD)).toBe(200);
  }
});

test("an account has so many browsers; the one that was signed in first goes", async () => {
  const { account, entrant: first } = await signUp();
  const entrants = await Promise.all(Array.from({ length: LIMITS.signIns }, () => createEntrant()));
  for (const entrant of entrants) {
    await db.batch(signBrowserIn(db, { account: account.id }, entrant, account.createdAt));
  }
  expect(await countRows("SELECT count(*) AS rows FROM sign_ins WHERE account = ?1", account.id)).toBe(
    LIMITS.signIns,
  );
  expect(await isSignedIn(first)).toBe(false);
  expect(await Promise.all(entrants.map(isSignedIn))).not.toContain(false);
});

test("a password that was changed meanwhile lets nobody in", async () => {
  const { account } = await signUp();
  const entrant = await createEntrant();
  await db.batch(signBrowserIn(db, { account: account.id, password: "the old one" }, entrant, Date.now()));
  expect(await isSignedIn(entrant)).toBe(false);
});

test("what was hashed with less is hashed anew when its host signs in", async () => {
  const { account } = await signUp();
  // Node's own scrypt("a password", "salt", 32, { N: 1024, r: 8, p: 1 })
  const { scryptSync } = await import("node:crypto");
  const hash = scryptSync("a password", Buffer.from("c2FsdA", "base64url"), 32, { N: 1024, r: 8, p: 1 });
  const weak = `scrypt$1024$8$1$c2FsdA$${hash.toString("base64url")}`;
  expect(isOutdated(weak)).toBe(true);
  await db.prepare("UPDATE accounts SET password = ?2 WHERE id = ?1").bind(account.id, weak).run();
  expect((await trySignIn(account.email, "a password", await createEntrant())).status).toBe(200);
  const read = () => db.prepare("SELECT password FROM accounts WHERE id = ?1").bind(account.id).first();
  await expect.poll(async () => (await read())?.password).toMatch(/^scrypt\$16384\$8\$5\$/);
  expect((await trySignIn(account.email, "a password", await createEntrant())).status).toBe(200);
});

test("who signs out is out in this browser, or in all; a cookie that is worth nothing does no harm", async () => {
  const { account, entrant: first } = await signUp();
  const second = await createEntrant();
  const third = await createEntrant();
  for (const entrant of [second, third]) await trySignIn(account.email, PASSWORD, entrant);
  const signOut = ({ tokenHash, visitor }: Entrant, everywhere: boolean) =>
    store["sign-outs"].$post({ json: { tokenHash, visitor, signOut: { everywhere } } });
  expect((await signOut(first, false)).status).toBe(200);
  expect(await Promise.all([first, second, third].map(isSignedIn))).toEqual([false, true, true]);
  expect((await signOut(first, true)).status).toBe(200);
  expect(await isSignedIn(second)).toBe(true);
  expect((await signOut(second, true)).status).toBe(200);
  expect(await Promise.all([second, third].map(isSignedIn))).toEqual([false, false]);
});

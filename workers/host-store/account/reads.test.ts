import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { DAY_MS } from "../../../shared/protocol/limits.ts";
import { createId, createSecret, hashSecret } from "../../lib/random.ts";
import { HostCache } from "../cache.ts";
import type { Store } from "../store.ts";
import { createEmail, createEntrant, PASSWORD } from "../test-client.ts";
import { recordStatements } from "../test-plans.ts";
import { readMe } from "./me.ts";
import { readSignIn, renewSignIn } from "./sign-ins.ts";
import { signUp } from "./sign-up.ts";

/** An account with so many browsers, as another isolate has written it: this one would go on reading D1. */
async function insertAccount(seenAt: number, browsers = 1) {
  const [id, now] = [createId(), Date.now()];
  const tokens = await Promise.all(
    Array.from({ length: browsers }, async () => ({
      browser: createId(),
      tokenHash: await hashSecret(createSecret()),
    })),
  );
  await env.HOST_DB.batch([
    env.HOST_DB.prepare(
      "INSERT INTO accounts (id, email, email_key, name, role, created_at, last_seen_at) VALUES (?1, ?1, ?1, 'Ada', 'host', ?2, ?2)",
    ).bind(id, now),
    ...tokens.map(({ browser, tokenHash }) =>
      env.HOST_DB.prepare("INSERT INTO sign_ins VALUES (?1, ?2, ?3, 'Firefox', ?4, ?4, ?5)").bind(
        tokenHash,
        browser,
        id,
        seenAt,
        now + DAY_MS,
      ),
    ),
  ]);
  return { id, now, tokens };
}

/** What a request has; what goes on after its answer is done when this is. */
function openStore(now: number, db = env.HOST_DB) {
  const pending: Promise<unknown>[] = [];
  const after = (work: Promise<unknown>) => pending.push(work);
  const store: Store = { db, cache: new HostCache(env.HOST_KV, after), now, after };
  return { store, settle: () => Promise.all(pending) };
}

test("a page that is opened reads an account with two queries, and again within a minute with none", async () => {
  const now = Date.now();
  const { tokens } = await insertAccount(now);
  const [{ browser, tokenHash } = { browser: "", tokenHash: "" }] = tokens;
  const open = async () => {
    const { db, statements } = recordStatements(env.HOST_DB);
    const { store, settle } = openStore(now, db);
    const { account, signIn } = await readSignIn(store, tokenHash, true);
    expect((await readMe(store, account, signIn)).signedIn).toMatchObject([{ id: browser, isThis: true }]);
    await settle();
    return statements.size;
  };
  expect([await open(), await open()]).toEqual([2, 0]);
});

test("a browser that was noted as in use is seen so at once: it is not noted again", async () => {
  const { id, now, tokens } = await insertAccount(1);
  const [{ browser, tokenHash } = { browser: "", tokenHash: "" }] = tokens;
  const { store, settle } = openStore(now);
  expect((await readMe(store, id, browser)).signedIn).toMatchObject([{ seenAt: 1 }]);
  await settle();
  await renewSignIn(store, tokenHash);
  expect((await readMe(store, id, browser)).signedIn).toMatchObject([{ seenAt: now }]);
});

test("a browser that comes in to another account is gone from the list of the one before", async () => {
  const { id, now, tokens } = await insertAccount(Date.now(), 2);
  const [one, two] = tokens;
  const { store, settle } = openStore(now);
  expect((await readMe(store, id, one?.browser ?? "")).signedIn).toHaveLength(2);
  await settle();
  const replaces = two?.tokenHash ?? "";
  const request = { email: createEmail(), name: "Bea", password: PASSWORD };
  await signUp(store, request, "open", await createEntrant({ replaces }));
  expect((await readMe(store, id, one?.browser ?? "")).signedIn).toMatchObject([{ id: one?.browser }]);
});

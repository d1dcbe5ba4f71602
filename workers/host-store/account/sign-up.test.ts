import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { AccountAnswer, Me } from "../../../shared/protocol/host/account.schema.ts";
import { DAY_MS } from "../../../shared/protocol/limits.ts";
import { toEmailKey } from "../../lib/host-account.ts";
import { createSecret, hashSecret } from "../../lib/random.ts";
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

const db = env.HOST_DB;

/** A link's secret, as an admin makes one. */
async function invite(email: string, role = "host", expiresAt = Date.now() + DAY_MS): Promise<string> {
  const secret = createSecret();
  await db
    .prepare("INSERT INTO links VALUES (?1, 'invitation', ?2, ?3, ?4, ?5, ?6)")
    .bind(await hashSecret(secret), email, toEmailKey(email), role, Date.now(), expiresAt)
    .run();
  return secret;
}

async function trySignUp(signUp: { email?: string; link?: string }, mode: "open" | "invited" | "closed") {
  const entrant = await createEntrant();
  const json = {
    signUp: { email: createEmail(), name: "Ada", password: PASSWORD, ...signUp },
    mode,
    entrant,
  };
  return { answer: await store.accounts.$post({ json }), entrant };
}

test("who signs up is signed in, and their password stands nowhere", async () => {
  const { account, entrant } = await signUp(" Ada@Example.org".trim());
  expect(account).toMatchObject({ email: "Ada@Example.org", name: "Ada", role: "host", hasPassword: true });
  const param = { tokenHash: entrant.tokenHash };
  const signedIn = await store["sign-ins"][":tokenHash"].$get({ param, query: { cached: "false" } });
  expect(signedIn.status).toBe(200);
  const { signIn } = (await signedIn.json()) as { signIn: string };
  const me = store.accounts[":account"].me;
  const mine = await readAnswer(Me, await me.$get({ param: { account: account.id }, query: { signIn } }));
  expect(mine.account).toEqual(account);
  expect(mine.signedIn).toMatchObject([{ id: signIn, browser: "Firefox on Android", isThis: true }]);
  const row = await db.prepare("SELECT * FROM accounts WHERE id = ?1").bind(account.id).first();
  expect(row?.password).toMatch(/^scrypt\$16384\$8\$5\$/);
  expect(JSON.stringify(row)).not.toContain(PASSWORD);
});

test("an email is taken once, however it is written, and also of many at once", async () => {
  const email = createEmail();
  const tries = await Promise.all(
    [email, email.toUpperCase(), email, `${email.slice(0, -1)}G`].map((email) =>
      trySignUp({ email }, "open"),
    ),
  );
  expect(tries.map(({ answer }) => answer.status).sort()).toEqual([201, 403, 403, 403]);
  const refused = tries.filter(({ answer }) => Number(answer.status) === 403);
  for (const { answer, entrant } of refused) {
    expect(await readRefusal(answer)).toMatchObject({ code: "sign_up_refused" });
    expect(await isSignedIn(entrant)).toBe(false);
  }
});

test("every refusal says the same", async () => {
  const { account } = await signUp();
  const refused = await Promise.all([
    trySignUp({ email: account.email }, "open"),
    trySignUp({}, "closed"),
    trySignUp({}, "invited"),
    trySignUp({ link: createSecret() }, "invited"),
    trySignUp({ link: createSecret() }, "open"),
    trySignUp({ link: await invite(createEmail()) }, "closed"),
    trySignUp({ link: await invite(createEmail(), "host", Date.now() - 1) }, "invited"),
    trySignUp({ link: await invite(account.email) }, "invited"),
  ]);
  const said = await Promise.all(refused.map(({ answer }) => readRefusal(answer)));
  expect(new Set(said.map((problem) => JSON.stringify(problem))).size).toBe(1);
  expect(said[0]?.code).toBe("sign_up_refused");
});

test("an invitation decides email and role, and is used up by one of many at once", async () => {
  const email = createEmail();
  const link = await invite(email, "admin");
  const tries = await Promise.all([1, 2, 3].map(() => trySignUp({ email: createEmail(), link }, "invited")));
  expect(tries.map(({ answer }) => answer.status).sort()).toEqual([201, 403, 403]);
  const made = tries.find(({ answer }) => answer.ok);
  if (!made) throw new Error("nobody came in");
  const { account } = await readAnswer(AccountAnswer, made.answer);
  expect(account).toMatchObject({ email, role: "admin" });
  expect((await trySignUp({ link }, "invited")).answer.status).toBe(403);
});

test("an invitation that made no account is still good", async () => {
  const { account } = await signUp();
  const link = await invite(account.email);
  expect((await trySignUp({ link }, "invited")).answer.status).toBe(403);
  const left = await db
    .prepare("SELECT count(*) AS links FROM links WHERE secret_hash = ?1")
    .bind(await hashSecret(link))
    .first("links");
  expect(left).toBe(1);
});

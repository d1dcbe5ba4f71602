import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { Accounts, LinkAnswer } from "../../../shared/protocol/host/account.schema.ts";
import { CreatedLink } from "../../lib/host-account.ts";
import { createId, hashSecret } from "../../lib/random.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { createEmail, isSignedIn, readRefusal, signUp, store } from "../test-client.ts";
import { recount } from "../test-usage.ts";

const db = env.HOST_DB;
const one = store.accounts[":account"];

const makeAdmin = (account: string) => one.role.$put({ param: { account }, json: { role: "admin" } });
const makeHost = (account: string) => one.role.$put({ param: { account }, json: { role: "host" } });
const remove = (account: string) => one.$delete({ param: { account } });

/** All tests of this file share the accounts: somebody else stays an admin. */
let keeper: string;
beforeAll(async () => {
  keeper = (await signUp()).account.id;
  await makeAdmin(keeper);
});

test("an account that is deleted lets nobody in from then on, also twice, and its email stays taken until it is erased", async () => {
  const { account, entrant } = await signUp();
  const recovery = await readAnswer(
    CreatedLink,
    await one.recovery.$post({ param: { account: account.id } }),
  );
  expect((await remove(account.id)).status).toBe(202);
  expect((await remove(account.id)).status).toBe(202);
  expect(await isSignedIn(entrant)).toBe(false);
  const link = { secretHash: await hashSecret(recovery.secret) };
  expect((await store.links[":secretHash"].$get({ param: link })).status).toBe(404);
  await expect(signUp(account.email)).rejects.toThrow("sign_up_refused");
  expect((await readRefusal(await one.recovery.$post({ param: { account: account.id } }))).code).toBe(
    "account_not_found",
  );
  expect((await readRefusal(await makeAdmin(account.id))).code).toBe("account_not_found");
  expect((await readRefusal(await remove(createId()))).code).toBe("account_not_found");
});

test("the last admin stays one, also where two take it from each other at once", async () => {
  const { account: other } = await signUp();
  await makeAdmin(other.id);
  const both = await Promise.all([makeHost(keeper), remove(other.id)]);
  expect(both.map(({ status }) => Number(status)).filter((status) => status === 409)).toHaveLength(1);
  const admins = async () =>
    (
      await db
        .prepare("SELECT id FROM accounts WHERE role = 'admin' AND deleting_at IS NULL")
        .all<{ id: string }>()
    ).results.map(({ id }) => id);
  const [last] = await admins();
  expect(await admins()).toHaveLength(1);
  expect((await readRefusal(await makeHost(last ?? ""))).code).toBe("conflict");
  expect((await readRefusal(await remove(last ?? ""))).code).toBe("conflict");
  await makeAdmin(keeper);
  expect(await admins()).toContain(keeper);
});

test("an invitation ends the one before it, and is for nobody who has an account", async () => {
  const email = createEmail();
  const invite = (email: string) => store.invitations.$post({ json: { email, role: "host" } });
  const [first, second] = await Promise.all([
    readAnswer(CreatedLink, await invite(email)),
    readAnswer(CreatedLink, await invite(email.toUpperCase())),
  ]);
  const about = async (secret: string) =>
    store.links[":secretHash"].$get({ param: { secretHash: await hashSecret(secret) } });
  expect((await about(first.secret)).status).toBe(404);
  expect(await readAnswer(LinkAnswer, await about(second.secret))).toMatchObject({ kind: "invitation" });
  const { account } = await signUp();
  expect((await readRefusal(await invite(account.email))).code).toBe("conflict");
});

test("accounts are listed with what they use, the newest first, each once over all pages", async () => {
  const at = Date.now() + 1_000_000;
  const ids = Array.from({ length: 120 }, () => createId());
  await db.batch(
    ids.map((id, index) =>
      db
        .prepare(
          "INSERT INTO accounts (id, email, email_key, name, role, created_at, last_seen_at) VALUES (?1, ?1, ?1, 'Ada', 'host', ?2, ?2)",
        )
        // Three of one moment.
        .bind(id, at + Math.floor(index / 3)),
    ),
  );
  const [busy = ""] = ids.slice(-1);
  await db.batch([
    ...[1, 2].map(() =>
      db
        .prepare(
          `INSERT INTO talks (id, account, name, date, session_hash, token_id, listed_at, created_at)
           VALUES (?1, ?2, 'Talk', 'today', ?1, ?1, 1, 1)`,
        )
        .bind(createId(), busy),
    ),
    db
      .prepare(
        `INSERT INTO decks (id, account, title, kind, status, file_bytes, picture_bytes, created_at)
         VALUES (?1, ?2, 'Deck', 'markdown', 'ready', 1200, 34, 1)`,
      )
      .bind(createId(), busy),
  ]);
  await recount();
  const seen: Accounts["accounts"][number][] = [];
  let cursor: string | undefined;
  do {
    const page = await readAnswer(
      Accounts,
      await store.accounts.$get({ query: cursor === undefined ? {} : { cursor } }),
    );
    expect(page.accounts.length).toBeLessThanOrEqual(50);
    seen.push(...page.accounts);
    cursor = page.cursor;
  } while (cursor !== undefined);
  const rows = await db.prepare("SELECT count(*) AS rows FROM accounts").first<number>("rows");
  expect(seen).toHaveLength(Number(rows));
  expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
  const times = seen.map(({ createdAt }) => createdAt);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(seen.find(({ id }) => id === busy)).toMatchObject({
    talks: 2,
    decks: 1,
    bytes: 1234,
    isDeleting: false,
  });
  const wrong = await store.accounts.$get({ query: { cursor: "1; DROP TABLE accounts" } });
  expect((await readRefusal(wrong)).code).toBe("invalid_request");
});

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createId } from "../../lib/random.ts";
import { deckPrefix } from "../deck/keys.ts";
import { eraseTalk, markTalksOf, takeVanishing } from "../talk/deletion.ts";
import { createTalk, listTalks } from "../talk/talks.ts";
import { isSignedIn, signUp, store } from "../test-client.ts";
import { expectCounted, recount } from "../test-usage.ts";
import { eraseAccount } from "./erasure.ts";

const TALKS = 12;
const DECKS = 7;

/** An account with everything that there may be in one. */
async function fill() {
  const { account, entrant } = await signUp();
  for (let talk = 0; talk < TALKS; talk++) {
    const made = await createTalk(env.HOST_DB, account.id, { name: `${talk}` }, talk);
    await env.HOST_DB.prepare("INSERT INTO talk_activities VALUES (?1, '[]')").bind(made.talk.id).run();
  }
  const decks = Array.from({ length: DECKS }, createId);
  for (const deck of decks) {
    await env.HOST_DB.batch([
      env.HOST_DB.prepare(
        `INSERT INTO decks (id, account, title, kind, status, file_bytes, picture_bytes, created_at)
         VALUES (?1, ?2, 'a', 'markdown', 'ready', 5, 5, 1)`,
      ).bind(deck, account.id),
      env.HOST_DB.prepare("INSERT INTO deck_files VALUES (?1, 'a.png', 'image/png', 5)").bind(deck),
    ]);
    await env.DECKS.put(`${deckPrefix(deck)}file`, "a");
    await env.DECKS.put(`${deckPrefix(deck)}files/a.png`, "a");
  }
  await recount();
  /** Everything that names the account, or what is in it. */
  const count = async () => {
    const tables = ["talks", "decks", "sign_in_log", "sign_ins", "passkeys"];
    const rows = tables.map((table) =>
      env.HOST_DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE account = ?1`).bind(account.id),
    );
    const others = await env.HOST_DB.batch<{ n: number }>([
      ...rows,
      env.HOST_DB.prepare("SELECT count(*) AS n FROM accounts WHERE id = ?1").bind(account.id),
      env.HOST_DB.prepare(
        "SELECT count(*) AS n FROM deck_files WHERE deck IN (SELECT value FROM json_each(?1))",
      ).bind(JSON.stringify(decks)),
      env.HOST_DB.prepare(
        "SELECT count(*) AS n FROM talk_activities WHERE talk NOT IN (SELECT id FROM talks)",
      ),
    ]);
    const objects = await Promise.all(decks.map((deck) => env.DECKS.list({ prefix: deckPrefix(deck) })));
    const numbers = others.map(({ results }) => results[0]?.n ?? -1);
    return [...numbers, objects.reduce((sum, { objects }) => sum + objects.length, 0)];
  };
  return { account: account.id, entrant, count };
}

const remove = (account: string) => store.accounts[":account"].$delete({ param: { account } });

test("an account that nobody has deleted loses nothing", async () => {
  const { account, entrant, count } = await fill();
  const before = await count();
  expect(await markTalksOf(env.HOST_DB, account, 1)).toEqual({ talks: [] });
  await eraseAccount(env, account);
  const { talks } = await listTalks(env.HOST_DB, account);
  for (const { id } of talks) await eraseTalk(env.HOST_DB, id);
  expect(await count()).toEqual(before);
  expect(await isSignedIn(entrant)).toBe(true);
  await expectCounted();
});

test("one that was deleted is gone with all that it holds, whatever step anybody dies in", async () => {
  const { account, entrant, count } = await fill();
  await remove(account);
  expect(await isSignedIn(entrant)).toBe(false);
  // Nothing can be added any more.
  await expect(createTalk(env.HOST_DB, account, { name: "late" }, 1)).rejects.toMatchObject({
    code: "not_signed_in",
  });
  const pages: number[] = [];
  for (;;) {
    // It dies after the mark: whoever comes next finds the same ones.
    const dying = await markTalksOf(env.HOST_DB, account, 1);
    const { talks } = await markTalksOf(env.HOST_DB, account, 2);
    expect(talks).toEqual(dying.talks);
    if (talks.length === 0) break;
    expect((await listTalks(env.HOST_DB, account)).talks).not.toContainEqual(
      expect.objectContaining({ id: talks[0]?.id }),
    );
    expect((await takeVanishing(env.HOST_DB, Date.now())).talks).toContainEqual(talks[0]);
    // It dies in the middle of a page; and the account is not gone before its talks are.
    for (const { id } of talks.slice(0, 7)) await eraseTalk(env.HOST_DB, id);
    while (await eraseAccount(env, account)) if ((await count())[1] === 0) break;
    expect((await count())[5]).toBe(talks.length > 7 ? 1 : 0);
    pages.push(talks.length);
    await expectCounted();
  }
  expect(pages).toEqual([10, 5]);
  while (await eraseAccount(env, account));
  expect(await count()).toEqual(Array(9).fill(0));
  // Once more is nothing.
  expect(await eraseAccount(env, account)).toBe(false);
  await signUp();
});

import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { DAY_MS } from "../../../shared/protocol/limits.ts";
import { createId, createSecret, hashSecret } from "../../lib/random.ts";
import { HostCache } from "../cache.ts";
import type { Store } from "../store.ts";
import { recordStatements } from "../test-plans.ts";
import { readMe } from "./me.ts";
import { readSignIn } from "./sign-ins.ts";

test("a page that is opened reads an account with two queries, and again within a minute with none", async () => {
  const [id, browser, tokenHash] = [createId(), createId(), await hashSecret(createSecret())];
  const now = Date.now();
  // As another isolate has written it: this one would go on reading D1.
  await env.HOST_DB.batch([
    env.HOST_DB.prepare("INSERT INTO accounts VALUES (?1, ?1, ?1, 'Ada', 'host', NULL, ?2, ?2, NULL)").bind(
      id,
      now,
    ),
    env.HOST_DB.prepare("INSERT INTO sign_ins VALUES (?1, ?2, ?3, 'Firefox', ?4, ?4, ?5)").bind(
      tokenHash,
      browser,
      id,
      now,
      now + DAY_MS,
    ),
  ]);
  const open = async () => {
    const { db, statements } = recordStatements(env.HOST_DB);
    const pending: Promise<unknown>[] = [];
    const after = (work: Promise<unknown>) => pending.push(work);
    const store: Store = { db, cache: new HostCache(env.HOST_KV, after), now, after };
    const { account, signIn } = await readSignIn(store, tokenHash, true);
    expect((await readMe(store, account, signIn)).signedIn).toMatchObject([{ id: browser, isThis: true }]);
    await Promise.all(pending);
    return statements.size;
  };
  expect([await open(), await open()]).toEqual([2, 0]);
});

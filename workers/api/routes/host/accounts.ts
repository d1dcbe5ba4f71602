import type { Context } from "hono";
import { Hono } from "hono";
import * as z from "zod";
import {
  AccountAnswer,
  AccountChange,
  HostId,
  Me,
  PasswordChange,
  SignInLog,
} from "../../../../shared/protocol/host/account.schema.ts";
import { Done } from "../../../../shared/protocol/session.schema.ts";
import { logFailure } from "../../../lib/log-failure.ts";
import { readAnswer } from "../../../lib/read-answer.ts";
import { validate } from "../../../lib/validate.ts";
import { requireAccount, requireAccountToRead } from "../../account.ts";
import { forgetCookie, readTokenHash, renewCookie } from "../../account-cookie.ts";
import { readBody } from "../../body.ts";
import { beginErasing } from "../../erase-accounts.ts";
import { limitAccount } from "../../rate-limit.ts";
import type { RequestEnv } from "../../request-env.ts";
import { readVisitor } from "../../visitor.ts";

/** How long ago a browser may have been seen until it is noted that it is in use, in milliseconds. */
const SEEN_MS = 60 * 60 * 1000;

const browser = validate("param", z.object({ browser: HostId }));
const page = validate("query", z.object({ cursor: z.string().max(20).optional() }));

/** The account of whoever is signed in. */
export const accounts = new Hono<RequestEnv>()
  .get("/me", requireAccountToRead, async (c) => {
    const { account, signIn } = c.get("account");
    const { me } = c.get("stores").hosts.accounts[":account"];
    const mine = await readAnswer(Me, await me.$get({ param: { account }, query: { signIn } }));
    const seenAt = mine.signedIn.find(({ isThis }) => isThis)?.seenAt ?? Date.now();
    if (Date.now() - seenAt > SEEN_MS) renew(c);
    return c.json(mine, 200);
  })
  .patch("/me", requireAccount, readBody(AccountChange), async (c) => {
    const param = { account: c.get("account").account };
    const one = c.get("stores").hosts.accounts[":account"];
    const answer = await one.$patch({ param, json: c.req.valid("json") });
    return c.json(await readAnswer(AccountAnswer, answer), 200);
  })
  .delete("/me", requireAccount, async (c) => {
    const param = { account: c.get("account").account };
    await readAnswer(Done, await c.get("stores").hosts.accounts[":account"].$delete({ param }));
    c.executionCtx.waitUntil(beginErasing(c.get("stores"), param.account));
    forgetCookie(c);
    return c.body(null, 202);
  })
  .put("/me/password", requireAccount, readBody(PasswordChange), async (c) => {
    const { account, signIn } = c.get("account");
    await limitAccount(c, account);
    const { password } = c.get("stores").hosts.accounts[":account"];
    const json = { change: c.req.valid("json"), signIn, visitor: readVisitor(c) };
    await readAnswer(Done, await password.$put({ param: { account }, json }));
    return c.body(null, 204);
  })
  .delete("/me/browsers/:browser", requireAccount, browser, async (c) => {
    const param = { account: c.get("account").account, signIn: c.req.valid("param").browser };
    const one = c.get("stores").hosts.accounts[":account"].browsers[":signIn"];
    await readAnswer(Done, await one.$delete({ param }));
    return c.body(null, 204);
  })
  .get("/me/log", requireAccountToRead, page, async (c) => {
    const param = { account: c.get("account").account };
    const { log } = c.get("stores").hosts.accounts[":account"];
    return c.json(await readAnswer(SignInLog, await log.$get({ param, query: c.req.valid("query") })), 200);
  });

/** This browser stays signed in for as long again; nobody waits for it. */
function renew(c: Context<RequestEnv>): void {
  renewCookie(c);
  const note = async () => {
    const tokenHash = await readTokenHash(c);
    if (tokenHash === undefined) return;
    const { renewal } = c.get("stores").hosts["sign-ins"][":tokenHash"];
    await readAnswer(Done, await renewal.$put({ param: { tokenHash } }));
  };
  c.executionCtx.waitUntil(
    note().catch((error: unknown) => logFailure("it was not noted that a browser is in use", error)),
  );
}

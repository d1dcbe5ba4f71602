import { Hono } from "hono";
import * as z from "zod";
import { HostId } from "../../../shared/protocol/host/account.schema.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import {
  OptionsRequest,
  PasskeyRequest,
  RecoverRequest,
  SecretHash,
  SignInRequest,
  SignOutRequest,
  SignUpRequest,
  Visitor,
} from "../../lib/host-account.ts";
import { validate } from "../../lib/validate.ts";
import { readLink } from "./links.ts";
import { readMe } from "./me.ts";
import { createOptions } from "./passkey-options.ts";
import { addPasskey, removePasskey } from "./passkeys.ts";
import { recover } from "./recover.ts";
import { signIn } from "./sign-in.ts";
import { readSignIn } from "./sign-ins.ts";
import { signOut } from "./sign-out.ts";
import { signUp } from "./sign-up.ts";

const token = validate("param", z.object({ tokenHash: SecretHash }));
const account = validate("param", z.object({ account: HostId }));
const browser = validate("query", z.object({ signIn: HostId }));
/** Who does it, and from where: for the account's log. */
const visitor = validate("query", Visitor);
const link = validate("param", z.object({ secretHash: SecretHash }));
const passkey = validate(
  "param",
  z.object({ account: HostId, passkey: z.string().max(LIMITS.credentialIdLength) }),
);

/** Accounts, and who is signed in to them. */
export const accounts = new Hono<{ Bindings: HostStoreEnv }>()
  // Coming in and going out
  .post("/accounts", validate("json", SignUpRequest), async (c) => {
    const request = c.req.valid("json");
    const made = await signUp(c.env.HOST_DB, request.signUp, request.mode, request.entrant, Date.now());
    return c.json({ account: made }, 201);
  })
  .post("/sign-ins", validate("json", SignInRequest), async (c) => {
    const request = c.req.valid("json");
    const after = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
    const found = await signIn(c.env.HOST_DB, request.signIn, request.entrant, Date.now(), after);
    return c.json({ account: found }, 200);
  })
  .get("/sign-ins/:tokenHash", token, async (c) =>
    c.json(await readSignIn(c.env.HOST_DB, c.req.valid("param").tokenHash, Date.now()), 200),
  )
  .post("/sign-outs", validate("json", SignOutRequest), async (c) => {
    const request = c.req.valid("json");
    await signOut(c.env.HOST_DB, request.tokenHash, request.signOut, request.visitor, Date.now());
    return c.json({ success: true as const }, 200);
  })
  .get("/links/:secretHash", link, async (c) =>
    c.json(await readLink(c.env.HOST_DB, c.req.valid("param").secretHash, Date.now()), 200),
  )
  .post("/recoveries", validate("json", RecoverRequest), async (c) => {
    const request = c.req.valid("json");
    const found = await recover(c.env.HOST_DB, request.recover, request.entrant, Date.now());
    return c.json({ account: found }, 200);
  })
  .post("/passkey-options", validate("json", OptionsRequest), async (c) => {
    const { purpose, ...context } = c.req.valid("json");
    return c.json(await createOptions(c.env.HOST_DB, purpose, context, Date.now()), 200);
  })

  // An account, for whoever is signed in to it
  .get("/accounts/:account/me", account, browser, async (c) => {
    const { signIn } = c.req.valid("query");
    return c.json(await readMe(c.env.HOST_DB, c.req.valid("param").account, signIn, Date.now()), 200);
  })
  .post("/accounts/:account/passkeys", account, validate("json", PasskeyRequest), async (c) => {
    const request = c.req.valid("json");
    const { account } = c.req.valid("param");
    const added = addPasskey(
      c.env.HOST_DB,
      account,
      request.passkey,
      request.site,
      request.visitor,
      Date.now(),
    );
    return c.json(await added, 201);
  })
  .delete("/accounts/:account/passkeys/:passkey", passkey, visitor, async (c) => {
    const { account, passkey } = c.req.valid("param");
    await removePasskey(c.env.HOST_DB, account, passkey, c.req.valid("query"), Date.now());
    return c.json({ success: true as const }, 200);
  });

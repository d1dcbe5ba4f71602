import { Hono } from "hono";
import * as z from "zod";
import { HostId } from "../../../shared/protocol/host/account.schema.ts";
import { SecretHash, SignInRequest, SignOutRequest, SignUpRequest } from "../../lib/host-account.ts";
import { validate } from "../../lib/validate.ts";
import { readMe } from "./me.ts";
import { signIn } from "./sign-in.ts";
import { readSignIn } from "./sign-ins.ts";
import { signOut } from "./sign-out.ts";
import { signUp } from "./sign-up.ts";

const token = validate("param", z.object({ tokenHash: SecretHash }));
const account = validate("param", z.object({ account: HostId }));
const browser = validate("query", z.object({ signIn: HostId }));

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

  // An account, for whoever is signed in to it
  .get("/accounts/:account/me", account, browser, async (c) => {
    const { signIn } = c.req.valid("query");
    return c.json(await readMe(c.env.HOST_DB, c.req.valid("param").account, signIn, Date.now()), 200);
  });

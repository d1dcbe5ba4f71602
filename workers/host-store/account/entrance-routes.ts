import { Hono } from "hono";
import * as z from "zod";
import {
  OptionsRequest,
  RecoverRequest,
  SecretHash,
  SignInRequest,
  SignOutRequest,
  SignUpRequest,
} from "../../lib/host-account.ts";
import { validate } from "../../lib/validate.ts";
import { openStore } from "../store.ts";
import { readLink } from "./links.ts";
import { createOptions } from "./passkey-options.ts";
import { recover } from "./recover.ts";
import { signIn } from "./sign-in.ts";
import { readSignIn, renewSignIn } from "./sign-ins.ts";
import { signOut } from "./sign-out.ts";
import { signUp } from "./sign-up.ts";

const token = validate("param", z.object({ tokenHash: SecretHash }));
const link = validate("param", z.object({ secretHash: SecretHash }));
const reading = validate("query", z.object({ cached: z.enum(["true", "false"]).optional() }));

/** Coming in and going out. */
export const entranceRoutes = new Hono<{ Bindings: HostStoreEnv }>()
  .post("/accounts", validate("json", SignUpRequest), async (c) => {
    const request = c.req.valid("json");
    const account = await signUp(openStore(c), request.signUp, request.mode, request.entrant);
    return c.json({ account }, 201);
  })
  .post("/sign-ins", validate("json", SignInRequest), async (c) => {
    const request = c.req.valid("json");
    return c.json({ account: await signIn(openStore(c), request.signIn, request.entrant) }, 200);
  })
  .post("/recoveries", validate("json", RecoverRequest), async (c) => {
    const request = c.req.valid("json");
    return c.json({ account: await recover(openStore(c), request.recover, request.entrant) }, 200);
  })
  .post("/sign-outs", validate("json", SignOutRequest), async (c) => {
    const request = c.req.valid("json");
    await signOut(openStore(c), request.tokenHash, request.signOut, request.visitor);
    return c.json({ success: true as const }, 200);
  })

  // Who a browser is, and that it is in use
  .get("/sign-ins/:tokenHash", token, reading, async (c) => {
    const { tokenHash } = c.req.valid("param");
    return c.json(await readSignIn(openStore(c), tokenHash, c.req.valid("query").cached === "true"), 200);
  })
  .put("/sign-ins/:tokenHash/renewal", token, async (c) => {
    await renewSignIn(openStore(c), c.req.valid("param").tokenHash);
    return c.json({ success: true as const }, 200);
  })

  .get("/links/:secretHash", link, async (c) => {
    const { db, now } = openStore(c);
    return c.json(await readLink(db, c.req.valid("param").secretHash, now), 200);
  })
  .post("/passkey-options", validate("json", OptionsRequest), async (c) => {
    const { purpose, ...context } = c.req.valid("json");
    return c.json(await createOptions(openStore(c), purpose, context), 200);
  });

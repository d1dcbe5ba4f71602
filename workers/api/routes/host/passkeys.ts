import { Hono } from "hono";
import * as z from "zod";
import {
  CredentialId,
  NewPasskey,
  Passkey,
  PasskeyOptions,
  PasskeyPurpose,
} from "../../../../shared/protocol/host/account.schema.ts";
import { Done } from "../../../../shared/protocol/session.schema.ts";
import { readAnswer } from "../../../lib/read-answer.ts";
import { validate } from "../../../lib/validate.ts";
import { findAccount, requireAccount } from "../../account.ts";
import { readSite } from "../../account-cookie.ts";
import { readBody } from "../../body.ts";
import { limitAccount, limitAddress } from "../../rate-limit.ts";
import type { RequestEnv } from "../../request-env.ts";
import { readSignUpMode } from "../../sign-up-mode.ts";
import { readVisitor } from "../../visitor.ts";

const passkey = validate("param", z.object({ passkey: CredentialId }));

/** Passkeys: what a browser is asked for, and those of whoever is signed in. */
export const passkeys = new Hono<RequestEnv>()
  // Each one is kept for minutes: an address, or an account, may ask for so many.
  .post("/passkeys/options", readBody(PasskeyPurpose), async (c) => {
    const purpose = c.req.valid("json");
    const account = purpose.for === "add" ? (await findAccount(c))?.account : undefined;
    await (account === undefined ? limitAddress(c, "options") : limitAccount(c, account));
    const json = { purpose, site: readSite(c), mode: readSignUpMode(c.env), ...(account && { account }) };
    const answer = await c.get("stores").hosts["passkey-options"].$post({ json });
    return c.json(await readAnswer(PasskeyOptions, answer), 200);
  })
  .post("/passkeys", requireAccount, readBody(NewPasskey), async (c) => {
    const { account, signIn } = c.get("account");
    const { passkeys } = c.get("stores").hosts.accounts[":account"];
    const json = { passkey: c.req.valid("json"), signIn, site: readSite(c), visitor: readVisitor(c) };
    return c.json(await readAnswer(Passkey, await passkeys.$post({ param: { account }, json })), 201);
  })
  .delete("/passkeys/:passkey", requireAccount, passkey, async (c) => {
    const { account } = c.get("account");
    const { passkey } = c.req.valid("param");
    const one = c.get("stores").hosts.accounts[":account"].passkeys[":passkey"];
    await readAnswer(Done, await one.$delete({ param: { account, passkey }, query: readVisitor(c) }));
    return c.body(null, 204);
  });

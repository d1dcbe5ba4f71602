import { Hono } from "hono";
import * as z from "zod";
import { AccountChange, CredentialId, HostId } from "../../../shared/protocol/host/account.schema.ts";
import { PasskeyRequest, PasswordRequest, Visitor } from "../../lib/host-account.ts";
import { validate } from "../../lib/validate.ts";
import { openStore } from "../store.ts";
import { renameAccount } from "./accounts.ts";
import { deleteAccount } from "./deletion.ts";
import { readMe } from "./me.ts";
import { addPasskey, removePasskey } from "./passkeys.ts";
import { changePassword } from "./password-change.ts";
import { readLog } from "./sign-in-log.ts";
import { removeBrowser } from "./sign-ins.ts";

const account = validate("param", z.object({ account: HostId }));
const browser = validate("query", z.object({ signIn: HostId }));
const cursor = z.string().regex(/^\d{1,15}$/, "this cursor is none of ours");
const page = validate("query", z.object({ cursor: cursor.optional() }));
/** Who does it, and from where: for the account's log. */
const visitor = validate("query", Visitor);
const aBrowser = validate("param", z.object({ account: HostId, signIn: HostId }));
const aPasskey = validate("param", z.object({ account: HostId, passkey: CredentialId }));

/** An account, for whoever is signed in to it. */
export const ownRoutes = new Hono<{ Bindings: HostStoreEnv }>()
  .get("/accounts/:account/me", account, browser, async (c) => {
    const { account } = c.req.valid("param");
    return c.json(await readMe(openStore(c), account, c.req.valid("query").signIn), 200);
  })
  .patch("/accounts/:account", account, validate("json", AccountChange), async (c) => {
    const { account } = c.req.valid("param");
    const changed = await renameAccount(openStore(c), account, c.req.valid("json").name);
    return c.json({ account: changed }, 200);
  })
  // Marks it; what it holds is erased in the background.
  .delete("/accounts/:account", account, async (c) => {
    await deleteAccount(openStore(c), c.req.valid("param").account);
    return c.json({ success: true as const }, 202);
  })

  // Ways in
  .put("/accounts/:account/password", account, validate("json", PasswordRequest), async (c) => {
    const { change, ...owner } = c.req.valid("json");
    await changePassword(openStore(c), change, { ...owner, ...c.req.valid("param") });
    return c.json({ success: true as const }, 200);
  })
  .post("/accounts/:account/passkeys", account, validate("json", PasskeyRequest), async (c) => {
    const { passkey, ...owner } = c.req.valid("json");
    return c.json(await addPasskey(openStore(c), passkey, { ...owner, ...c.req.valid("param") }), 201);
  })
  .delete("/accounts/:account/passkeys/:passkey", aPasskey, visitor, async (c) => {
    const { account, passkey } = c.req.valid("param");
    await removePasskey(openStore(c), account, passkey, c.req.valid("query"));
    return c.json({ success: true as const }, 200);
  })

  // Who is in, and who was
  .delete("/accounts/:account/browsers/:signIn", aBrowser, async (c) => {
    const { account, signIn } = c.req.valid("param");
    await removeBrowser(openStore(c), account, signIn);
    return c.json({ success: true as const }, 200);
  })
  .get("/accounts/:account/log", account, page, async (c) => {
    const { db, now } = openStore(c);
    const { cursor } = c.req.valid("query");
    const before = cursor === undefined ? undefined : Number(cursor);
    return c.json(await readLog(db, c.req.valid("param").account, now, before), 200);
  });

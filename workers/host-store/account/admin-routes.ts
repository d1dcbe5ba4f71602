import { Hono } from "hono";
import * as z from "zod";
import { HostId, NewInvitation, RoleChange } from "../../../shared/protocol/host/account.schema.ts";
import { validate } from "../../lib/validate.ts";
import { openStore } from "../store.ts";
import { listAccounts } from "./account-list.ts";
import { changeRole } from "./deletion.ts";
import { createRecovery, invite } from "./links.ts";

const account = validate("param", z.object({ account: HostId }));
const page = validate("query", z.object({ cursor: z.string().max(50).optional() }));

/** What an admin does. */
export const adminRoutes = new Hono<{ Bindings: HostStoreEnv }>()
  .get("/accounts", page, async (c) => {
    const { db } = openStore(c);
    return c.json(await listAccounts(db, c.req.valid("query").cursor), 200);
  })
  .put("/accounts/:account/role", account, validate("json", RoleChange), async (c) => {
    await changeRole(openStore(c), c.req.valid("param").account, c.req.valid("json").role);
    return c.json({ success: true as const }, 200);
  })
  .post("/invitations", validate("json", NewInvitation), async (c) => {
    const { db, now } = openStore(c);
    return c.json(await invite(db, c.req.valid("json"), now), 201);
  })
  .post("/accounts/:account/recovery", account, async (c) => {
    const { db, now } = openStore(c);
    return c.json(await createRecovery(db, c.req.valid("param").account, now), 201);
  });

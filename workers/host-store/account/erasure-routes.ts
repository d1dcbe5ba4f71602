import { Hono } from "hono";
import * as z from "zod";
import { HostId } from "../../../shared/protocol/host/account.schema.ts";
import { validate } from "../../lib/validate.ts";
import { eraseAccount, markVanishing, sweepAccounts } from "./erasure.ts";

const account = validate("param", z.object({ account: HostId }));

/** What is left of accounts that were deleted. */
export const erasureRoutes = new Hono<{ Bindings: HostStoreEnv }>()
  .post("/vanishing-accounts/marks", async (c) => {
    await markVanishing(c.env.HOST_DB, Date.now());
    return c.json({ success: true as const }, 200);
  })
  .post("/vanishing-accounts/sweep", async (c) => {
    await sweepAccounts(c.env, Date.now());
    return c.json({ success: true as const }, 200);
  })
  .delete("/accounts/:account/remains", account, async (c) =>
    c.json({ left: await eraseAccount(c.env, c.req.valid("param").account) }, 200),
  );

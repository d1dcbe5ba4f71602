import { Hono } from "hono";
import * as z from "zod";
import { HostId } from "../../../shared/protocol/host/account.schema.ts";
import { validate } from "../../lib/validate.ts";
import { eraseAccount, listVanishing } from "./erasure.ts";

const account = validate("param", z.object({ account: HostId }));

/** What is left of accounts that were deleted. */
export const erasureRoutes = new Hono<{ Bindings: HostStoreEnv }>()
  .get("/vanishing-accounts", async (c) => c.json(await listVanishing(c.env.HOST_DB), 200))
  .delete("/accounts/:account/remains", account, async (c) =>
    c.json({ left: await eraseAccount(c.env, c.req.valid("param").account) }, 200),
  );

import type { Context } from "hono";
import { Hono } from "hono";
import * as z from "zod";
import {
  Accounts,
  HostId,
  NewInvitation,
  RoleChange,
} from "../../../../shared/protocol/host/account.schema.ts";
import type { OneTimeLink } from "../../../../shared/protocol/host/account.ts";
import { Done } from "../../../../shared/protocol/session.schema.ts";
import { CreatedLink } from "../../../lib/host-account.ts";
import { ProblemError } from "../../../lib/problem-error.ts";
import { readAnswer } from "../../../lib/read-answer.ts";
import { validate } from "../../../lib/validate.ts";
import { requireAdmin } from "../../account.ts";
import { readBody } from "../../body.ts";
import { beginErasing } from "../../erase-accounts.ts";
import type { RequestEnv } from "../../request-env.ts";
import { readSignUpMode } from "../../sign-up-mode.ts";

const account = validate("param", z.object({ account: HostId }));
const page = validate("query", z.object({ cursor: z.string().max(50).optional() }));

/** What an admin does: sees who uses how much, invites, and helps those who have lost their way in. */
export const admin = new Hono<RequestEnv>()
  .get("/admin/accounts", requireAdmin, page, async (c) => {
    const { accounts } = c.get("stores").hosts;
    return c.json(await readAnswer(Accounts, await accounts.$get({ query: c.req.valid("query") })), 200);
  })
  .delete("/admin/accounts/:account", requireAdmin, account, async (c) => {
    const one = c.get("stores").hosts.accounts[":account"];
    const param = c.req.valid("param");
    await readAnswer(Done, await one.$delete({ param }));
    c.executionCtx.waitUntil(beginErasing(c.get("stores"), param.account));
    return c.body(null, 202);
  })
  .put("/admin/accounts/:account/role", requireAdmin, account, readBody(RoleChange), async (c) => {
    const { role } = c.get("stores").hosts.accounts[":account"];
    await readAnswer(Done, await role.$put({ param: c.req.valid("param"), json: c.req.valid("json") }));
    return c.body(null, 204);
  })
  .post("/admin/invitations", requireAdmin, readBody(NewInvitation), async (c) => {
    // A link that leads nowhere is not handed out; a way back in is: who has an account is not new.
    if (readSignUpMode(c.env) === "closed") {
      throw new ProblemError("sign_up_closed", "SIGN_UP is closed: nobody new may have an account here");
    }
    const { invitations } = c.get("stores").hosts;
    const answer = await invitations.$post({ json: c.req.valid("json") });
    return c.json(await readLink(c, answer), 201);
  })
  .post("/admin/accounts/:account/recovery", requireAdmin, account, async (c) => {
    const { recovery } = c.get("stores").hosts.accounts[":account"];
    return c.json(await readLink(c, await recovery.$post({ param: c.req.valid("param") })), 201);
  });

/** Where the console takes a link that was just made. */
async function readLink(
  c: Context<RequestEnv>,
  answer: Parameters<typeof readAnswer>[1],
): Promise<OneTimeLink> {
  const { secret, expiresAt } = await readAnswer(CreatedLink, answer);
  return { url: `${new URL(c.req.url).origin}/host#link=${secret}`, expiresAt };
}

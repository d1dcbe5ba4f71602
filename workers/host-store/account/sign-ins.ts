import { Hono } from "hono";
import * as z from "zod";
import { SecretHash, type SignedInAccount } from "../../lib/host-account.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { validate } from "../../lib/validate.ts";

const Row = z.object({ account: z.string(), role: z.enum(["host", "admin"]), signIn: z.string() });

/** Who a browser is signed in as. @throws `not_signed_in` */
async function readSignIn(db: D1Database, tokenHash: string, now: number): Promise<SignedInAccount> {
  const found = await db
    .prepare(
      `SELECT sign_ins.account, accounts.role, sign_ins.id AS signIn
       FROM sign_ins JOIN accounts ON accounts.id = sign_ins.account
       WHERE sign_ins.token_hash = ?1 AND sign_ins.expires_at > ?2 AND accounts.deleting_at IS NULL`,
    )
    .bind(tokenHash, now)
    .first();
  if (!found) throw new ProblemError("not_signed_in", "sign in, and try again");
  return Row.parse(found);
}

/** Browsers that are signed in. */
export const signIns = new Hono<{ Bindings: HostStoreEnv }>().get(
  "/sign-ins/:tokenHash",
  validate("param", z.object({ tokenHash: SecretHash })),
  async (c) => c.json(await readSignIn(c.env.HOST_DB, c.req.valid("param").tokenHash, Date.now()), 200),
);

import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { withContract } from "../lib/contract.ts";
import { SignedInAccount } from "../lib/host-account.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { readTokenHash } from "./account-cookie.ts";
import { isForeign } from "./headers.ts";
import type { RequestEnv } from "./request-env.ts";

/* Hosts with an account: a cookie says who they are, and only pages of our own may use it. */

/** No page of another origin gets anything from these routes: not even by a GET, which a browser sends cookies with, too. */
export const requireOwnOrigin = withContract(
  { problems: ["foreign_origin"] },
  createMiddleware<RequestEnv>(async function requireOwnOrigin(c, next) {
    const site = c.req.header("Sec-Fetch-Site");
    const isElsewhere = site !== undefined && site !== "same-origin" && site !== "none";
    if (isElsewhere || isForeign(c)) {
      throw new ProblemError("foreign_origin", "only the deployment's own pages may ask this");
    }
    await next();
  }),
);

/**
 * Whoever is signed in at this moment: for what changes anything, and for what gives a secret, such as a token.
 * @throws `not_signed_in`
 */
export const requireAccount = withContract(
  { needs: ["account"], problems: ["not_signed_in"] },
  createMiddleware<RequestEnv>(async function requireAccount(c, next) {
    c.set("account", await readAccount(c, "now"));
    await next();
  }),
);

/**
 * Whoever is signed in, or was up to a minute ago: for lists that a page shows. Signing out elsewhere is seen here a
 * minute later at most.
 * @throws `not_signed_in`
 */
export const requireAccountToRead = withContract(
  { needs: ["account"], problems: ["not_signed_in"] },
  createMiddleware<RequestEnv>(async function requireAccountToRead(c, next) {
    c.set("account", await readAccount(c, "cached"));
    await next();
  }),
);

/** @throws `not_signed_in`, `not_admin` */
export const requireAdmin = withContract(
  { needs: ["account"], problems: ["not_signed_in", "not_admin"] },
  createMiddleware<RequestEnv>(async function requireAdmin(c, next) {
    const account = await readAccount(c, "now");
    if (account.role !== "admin") throw new ProblemError("not_admin", "this takes an admin's account");
    c.set("account", account);
    await next();
  }),
);

/** Who is signed in, if anybody is: for what others may read too. */
export async function findAccount(
  c: Context<RequestEnv>,
  when: "now" | "cached" = "now",
): Promise<SignedInAccount | undefined> {
  const tokenHash = await readTokenHash(c);
  if (tokenHash === undefined) return undefined;
  const signIn = c.get("stores").hosts["sign-ins"][":tokenHash"];
  const answer = await signIn.$get({
    param: { tokenHash },
    query: { cached: when === "cached" ? "true" : "false" },
  });
  if (Number(answer.status) === 401) return undefined;
  return readAnswer(SignedInAccount, answer);
}

async function readAccount(c: Context<RequestEnv>, when: "now" | "cached"): Promise<SignedInAccount> {
  const account = await findAccount(c, when);
  if (!account) throw new ProblemError("not_signed_in", "sign in, and try again");
  return account;
}

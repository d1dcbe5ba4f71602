import { Failure } from "./failure.ts";
import { runWrangler } from "./wrangler.ts";

/**
 * Whether wrangler knows a Cloudflare account. Only a clear "no" counts as one: an API token
 * may be allowed to deploy, but not to look up whose it is.
 */
export async function isLoggedIn(): Promise<boolean> {
  const { stdout } = await runWrangler(["whoami", "--json"]);
  return !/"loggedIn":\s*false/.test(stdout);
}

/** @throws Failure that says how to log in */
export function requireLogin(loggedIn: boolean): void {
  if (loggedIn) return;
  throw new Failure(`You are not logged in to Cloudflare, so nothing was done.
On your own computer: npx wrangler login
In CI: set CLOUDFLARE_API_TOKEN (a token from the template "Edit Cloudflare Workers").`);
}

import { Hono } from "hono";
import type { Health } from "../../../shared/protocol/health.schema.ts";
import { reach } from "../../lib/reach.ts";
import { withTimeout } from "../../lib/with-timeout.ts";
import type { RequestEnv } from "../request-env.ts";

/** How long a store may take; a monitor asks again anyway. */
const STORE_MS = 5000;
/** How long what was found is good: anybody may ask, and each look asks six stores. */
const GOOD_MS = 2000;

const STORES = {
  "session-store": "SESSION_STORE",
  "host-store": "HOST_STORE",
  "user-store": "USER_STORE",
  "reaction-store": "REACTION_STORE",
  recap: "RECAP",
  automations: "AUTOMATIONS",
} as const satisfies Readonly<Record<string, keyof ApiEnv>>;

let last: { readonly at: number; readonly missing: readonly string[] } | undefined;

/** `GET /healthz`: whether everything that sessions need answers, for monitors and load balancers. Nothing secret is in it. */
export const healthz = new Hono<RequestEnv>().get("/", async (c) => {
  const now = Date.now();
  const isGood = last !== undefined && now >= last.at && now - last.at < GOOD_MS;
  const missing = isGood && last ? last.missing : await findMissing(c.env, c.get("requestId"));
  if (!isGood) last = { at: now, missing };
  const status = missing.length === 0 ? 200 : 503;
  c.header("Cache-Control", "no-store");
  return c.json({ ok: missing.length === 0, missing: [...missing] } satisfies Health, status);
});

/** The names of what does not answer, or has no keys to work with. */
async function findMissing(env: ApiEnv, requestId: string): Promise<string[]> {
  const looks = Object.entries(STORES).map(async ([name, binding]) => {
    const ask = () => reach(env[binding], requestId)(`http://${name}/health`);
    const isThere = await withTimeout(ask, STORE_MS).then(
      ({ ok }) => ok,
      () => false,
    );
    return isThere ? [] : [name];
  });
  const secrets = (["PUBLIC_KEY", "SESSION_SECRET", "ISSUER_PUBLIC_KEY"] as const).filter(
    (name) => !env[name],
  );
  return [...(await Promise.all(looks)).flat(), ...secrets];
}

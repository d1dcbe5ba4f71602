import { Hono } from "hono";
import { expect, test, vi } from "vitest";
import { health } from "../../lib/health.ts";
import type { RequestEnv } from "../request-env.ts";

/** A store, as far as its health goes; `look` is what it reads. */
function store(look: () => Promise<unknown>) {
  const app = new Hono().route("/", health(look));
  app.onError((_, c) => c.text("", 500));
  return { fetch: vi.fn(async (request: Request) => app.request(request)) };
}
const good = () => store(async () => null);
const bad = () => store(() => Promise.reject(new Error("no disk")));

const NAMES = [
  "SESSION_STORE",
  "HOST_STORE",
  "USER_STORE",
  "REACTION_STORE",
  "RECAP",
  "AUTOMATIONS",
] as const;
const SECRETS = { PUBLIC_KEY: "k", SESSION_SECRET: "s", ISSUER_PUBLIC_KEY: "i" };

/** api with stores of its own: what it has found out, it has not kept from another test. */
async function createApi(broken: Readonly<Record<string, unknown>> = {}) {
  vi.resetModules();
  const { healthz } = await import("./health.ts");
  const stores = Object.fromEntries(NAMES.map((name) => [name, good()]));
  const app = new Hono<RequestEnv>().route("/healthz", healthz);
  const env = { ...SECRETS, ...stores, ...broken };
  return { stores, ask: () => app.request("/healthz", {}, env) };
}

test("it is healthy when every store reads what it keeps, and is not asked again at once", async () => {
  const { ask, stores } = await createApi();
  for (let times = 0; times < 3; times++) {
    const answer = await ask();
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true, missing: [] }]);
  }
  for (const { fetch } of Object.values(stores)) expect(fetch).toHaveBeenCalledTimes(1);
});

test("it names what does not answer, and a secret that is not set", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const gone = { fetch: () => Promise.reject(new Error("no such Worker")) };
  const { ask } = await createApi({ HOST_STORE: bad(), RECAP: gone, SESSION_SECRET: "" });
  const answer = await ask();
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { ok: false, missing: ["host-store", "recap", "SESSION_SECRET"] },
  ]);
});

import { exports } from "cloudflare:workers";
import { hc } from "hono/client";
import type { Account } from "../../shared/protocol/host/account.schema.ts";
import { AccountAnswer } from "../../shared/protocol/host/account.schema.ts";
import { Problem } from "../../shared/protocol/problem.schema.ts";
import type { Entrant } from "../lib/host-account.ts";
import { createId, createSecret, hashSecret } from "../lib/random.ts";
import { readAnswer } from "../lib/read-answer.ts";
import type { HostStore } from "./index.ts";

/** host-store, as api calls it. */
export const store = hc<HostStore>("http://host-store", {
  fetch: (input: RequestInfo | URL, init?: RequestInit) => exports.default.fetch(new Request(input, init)),
});

export const PASSWORD = "correct horse battery staple";
export const SITE = { id: "localhost", origin: "http://localhost" };

let addresses = 0;

/** A browser that comes in, from an address of its own unless one is given. */
export async function createEntrant(more: { address?: string; replaces?: string } = {}): Promise<Entrant> {
  const address = more.address ?? `198.51.${++addresses >> 8}.${addresses & 255}`;
  return {
    visitor: { browser: "Firefox on Android", address },
    site: SITE,
    tokenHash: await hashSecret(createSecret()),
    replaces: more.replaces,
  };
}

export const createEmail = (): string => `${createId().toLowerCase()}@example.org`;

/** Somebody with an account, signed in. */
export async function signUp(email = createEmail()): Promise<{ account: Account; entrant: Entrant }> {
  const entrant = await createEntrant();
  const json = { signUp: { email, name: "Ada", password: PASSWORD }, mode: "open" as const, entrant };
  const { account } = await readAnswer(AccountAnswer, await store.accounts.$post({ json }));
  return { account, entrant };
}

/** What was refused, and how long it will be. */
export async function readRefusal(answer: { json(): Promise<unknown>; headers: Headers }) {
  const { code, detail } = Problem.parse(await answer.json());
  return { code, detail, retryAfter: answer.headers.get("Retry-After") };
}

export const isSignedIn = async ({ tokenHash }: Entrant): Promise<boolean> =>
  (await store["sign-ins"][":tokenHash"].$get({ param: { tokenHash }, query: { cached: "false" } })).ok;

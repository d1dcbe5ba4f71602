import { Hono } from "hono";
import { expect, test } from "vitest";
import * as z from "zod";
import { Entrant } from "../lib/host-account.ts";
import { createEntrant, forgetCookie, readTokenHash, setAccountCookie } from "./account-cookie.ts";
import type { RequestEnv } from "./request-env.ts";

const SignedIn = Entrant.extend({ secret: z.string() });

const app = new Hono<RequestEnv>()
  .get("/in", async (c) => {
    const { entrant, secret } = await createEntrant(c);
    setAccountCookie(c, secret);
    return c.json({ ...entrant, secret });
  })
  .get("/out", (c) => {
    forgetCookie(c);
    return c.body(null, 204);
  })
  .get("/who", async (c) => c.json({ tokenHash: (await readTokenHash(c)) ?? null }));

test("a cookie over https is for https alone, and of no use to scripts and to other sites", async () => {
  const set = async (url: string) => (await app.request(url)).headers.get("set-cookie") ?? "";
  expect(await set("https://revint.example/in")).toMatch(
    /^revint-host=[\w-]{43}; Max-Age=2592000; Path=\/api\/v1; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(await set("http://localhost:8787/in")).not.toContain("Secure");
  expect(await set("https://revint.example/out")).toMatch(/^revint-host=; Max-Age=0; Path=\/api\/v1/);
});

test("each who comes in has a secret of their own, and the store is told its hash alone", async () => {
  const read = async (cookie?: string) => {
    const options = cookie === undefined ? {} : { headers: { cookie } };
    return SignedIn.parse(await (await app.request("http://localhost/in", options)).json());
  };
  const first = await read();
  const second = await read(`revint-host=${first.secret}`);
  expect(second.secret).not.toBe(first.secret);
  expect(second.replaces).toBe(first.tokenHash);
  expect([first.tokenHash, first.replaces]).toEqual([expect.not.stringContaining(first.secret), undefined]);
});

test("what is no secret of ours is nobody's", async () => {
  for (const cookie of ["", "revint-host=", "revint-host=x", `revint-host=${"a".repeat(500)}`, "other=1"]) {
    const answer = await app.request("http://localhost/who", { headers: { cookie } });
    expect(await answer.json()).toEqual({ tokenHash: null });
  }
});

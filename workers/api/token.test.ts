import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signToken } from "../../scripts/host-token.ts";
import { createKeyPair } from "../../scripts/key-pair.ts";
import { hashTalk } from "../lib/talk-hash.ts";
import { importPublicKeys, openToken } from "./token.ts";

const { privatePem, publicPem } = await createKeyPair();
const issuer = await createKeyPair();
const keys = {
  hosts: await importPublicKeys(publicPem),
  issuer: await importPublicKeys(issuer.publicPem),
};
const talk = { name: "On rooms", date: "2026-11-20" };
const EXP = 1_795_180_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a token is good until the second that it says, at every use", async () => {
  const token = await signToken({ ...talk, exp: EXP }, privatePem);
  vi.setSystemTime(EXP * 1000 - 1);
  expect(await openToken(keys, token)).toMatchObject({ ...talk, host: true });
  vi.setSystemTime(EXP * 1000);
  await expect(openToken(keys, token)).rejects.toMatchObject({
    code: "invalid_token",
    detail: expect.stringContaining("expired"),
  });
});

test("a token that says nothing of it stays good", async () => {
  const token = await signToken(talk, privatePem);
  vi.setSystemTime(EXP * 1000 * 100);
  expect(await openToken(keys, token)).toMatchObject(talk);
});

test.each([1.5, "1795180000", null, []])("exp is a whole number of seconds: %j is none", async (exp) => {
  const token = await sign({ ...talk, exp }, privatePem);
  await expect(openToken(keys, token)).rejects.toMatchObject({ code: "invalid_token" });
});

/** Signs by hand what our own tools would not. */
async function sign(said: unknown, pem: string): Promise<string> {
  const der = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
  const payload = Buffer.from(JSON.stringify(said));
  const signature = Buffer.from(await crypto.subtle.sign(algorithm, key, payload));
  return `${payload.toString("base64url")}.${signature.toString("base64url")}`;
}

const ofTalk = { ...talk, host: true, talk: "t".repeat(22), id: "i".repeat(22), exp: EXP };

test("a talk's token names the session of its talk, whatever else it says", async () => {
  vi.setSystemTime(EXP * 1000 - 1);
  const first = await openToken(keys, await sign(ofTalk, issuer.privatePem));
  expect(first).toEqual({
    ...talk,
    host: true,
    exp: EXP,
    issue: { talk: ofTalk.talk, id: ofTalk.id },
    hash: await hashTalk(ofTalk.talk),
  });
  const second = await openToken(
    keys,
    await sign({ ...ofTalk, name: "Renamed", id: "j".repeat(22) }, issuer.privatePem),
  );
  expect(second.hash).toBe(first.hash);
  const other = await openToken(keys, await sign({ ...ofTalk, talk: "u".repeat(22) }, issuer.privatePem));
  expect(other.hash).not.toBe(first.hash);
  vi.setSystemTime(EXP * 1000);
  await expect(openToken(keys, await sign(ofTalk, issuer.privatePem))).rejects.toMatchObject({
    code: "invalid_token",
  });
});

test.each([
  ["under a host's key", ofTalk, privatePem],
  ["under a host's key, though it is none", { ...ofTalk, talk: null }, privatePem],
  ["without its talk", { ...ofTalk, talk: undefined }, issuer.privatePem],
  ["without its id", { ...ofTalk, id: undefined }, issuer.privatePem],
  ["of no shape of ours", { ...ofTalk, talk: "short" }, issuer.privatePem],
  ["of no host", { ...ofTalk, host: false }, issuer.privatePem],
  ["that is none of a talk", talk, issuer.privatePem],
])("a talk's token %s is refused", async (_, said, pem) => {
  vi.setSystemTime(EXP * 1000 - 1);
  await expect(openToken(keys, await sign(said, pem))).rejects.toMatchObject({ code: "invalid_token" });
});

test("where the deployment signs none, a talk's token is refused", async () => {
  vi.setSystemTime(EXP * 1000 - 1);
  const without = { ...keys, issuer: [] };
  await expect(openToken(without, await sign(ofTalk, issuer.privatePem))).rejects.toMatchObject({
    code: "invalid_token",
  });
  expect(await openToken(without, await signToken(talk, privatePem))).not.toHaveProperty("issue");
});

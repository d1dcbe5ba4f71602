import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signToken } from "../../scripts/host-token.ts";
import { createKeyPair } from "../../scripts/key-pair.ts";
import { importPublicKeys, openToken } from "./token.ts";

const { privatePem, publicPem } = await createKeyPair();
const keys = await importPublicKeys(publicPem);
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
  // Signed by hand: our own tool would not.
  const der = Buffer.from(privatePem.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
  const payload = Buffer.from(JSON.stringify({ ...talk, exp }));
  const signature = Buffer.from(await crypto.subtle.sign(algorithm, key, payload));
  const token = `${payload.toString("base64url")}.${signature.toString("base64url")}`;
  await expect(openToken(keys, token)).rejects.toMatchObject({ code: "invalid_token" });
});

import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { isSignedBy, readToken, signToken } from "./host-token.ts";
import { createKeyPair } from "./key-pair.ts";

const { privatePem, publicPem } = await createKeyPair();
const talk = { name: "On rooms — 👏", date: "2026-11-20" };

describe("a host token", () => {
  test("says what was signed and is good for its own key alone", async () => {
    const token = await signToken(talk, privatePem);
    expect(readToken(token)).toEqual(talk);
    expect(await isSignedBy(token, publicPem)).toBe(true);
    expect(await isSignedBy(token, (await createKeyPair()).publicPem)).toBe(false);
  });

  test("is the same every time, so that it leads to the same session", async () => {
    expect(await signToken(talk, privatePem)).toBe(await signToken(talk, privatePem));
  });

  test("is what any RSA library checks: PKCS #1 v1.5 with SHA-256 over the payload's bytes", async () => {
    const [payload = "", signature = ""] = (await signToken(talk, privatePem)).split(".");
    const bytes = Buffer.from(payload, "base64url");
    expect(verify("sha256", bytes, createPublicKey(publicPem), Buffer.from(signature, "base64url"))).toBe(
      true,
    );
    expect(JSON.parse(bytes.toString())).toEqual(talk);
  });

  test("with another payload under its signature is not good", async () => {
    const [, signature] = (await signToken(talk, privatePem)).split(".");
    const forged = Buffer.from(JSON.stringify({ ...talk, name: "Another" })).toString("base64url");
    expect(await isSignedBy(`${forged}.${signature}`, publicPem)).toBe(false);
  });

  test("takes names of 1 to 200 characters", async () => {
    await expect(signToken({ ...talk, name: "" }, privatePem)).rejects.toThrow();
    await expect(signToken({ ...talk, date: "x".repeat(201) }, privatePem)).rejects.toThrow();
    expect(await signToken({ ...talk, name: "👏".repeat(200) }, privatePem)).toContain(".");
  });

  test("is the same however the accents of its name were typed", async () => {
    const composed = { name: "Zürich, café", date: "1. März" };
    const apart = { name: composed.name.normalize("NFD"), date: composed.date.normalize("NFD") };
    expect(apart).not.toEqual(composed);
    expect(await signToken(apart, privatePem)).toBe(await signToken(composed, privatePem));
    expect(readToken(await signToken(apart, privatePem))).toEqual(composed);
  });

  test("says until when it is good, if it ends at all", async () => {
    const token = await signToken({ ...talk, exp: 1_798_718_400 }, privatePem);
    expect(readToken(token)).toEqual({ ...talk, exp: 1_798_718_400 });
    expect(readToken(await signToken(talk, privatePem))).not.toHaveProperty("exp");
  });

  test("is read and checked also where a mail has broken it into lines", async () => {
    const token = await signToken(talk, privatePem);
    const broken = ` ${token.replaceAll(/.{60}/g, "$&\r\n  ")}\n`;
    expect(readToken(broken)).toEqual(talk);
    expect(await isSignedBy(broken, publicPem)).toBe(true);
  });

  test("is not read from anything else", () => {
    for (const text of ["", "abc", "a.b.c", "e30.e30", "!.!"]) expect(readToken(text)).toBeUndefined();
  });
});

test("a user token says that its holder is no host", async () => {
  expect(readToken(await signToken({ ...talk, host: false }, privatePem))).toEqual({ ...talk, host: false });
});

test("a key of the wrong kind is refused in plain words", async () => {
  await expect(signToken(talk, publicPem)).rejects.toThrow("no private key");
  await expect(isSignedBy(await signToken(talk, privatePem), privatePem)).rejects.toThrow("no public key");
});

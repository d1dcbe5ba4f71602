import { describe, expect, test } from "vitest";
import { getRole, readPass, writePass } from "./host-pass.ts";

const token = "eyJuYW1lIjoiT24gcm9vbXMifQ.DNgbROUNxxRlTVpk1KOg21";
const coHostToken = "presenter:h0000zGk3ZDViN5pOJmKx:KWv52O33O3fpPBLhSj9Yaw";
const sessionUid = "ATUuF0XrfsGDqRZUhAvlu-0ctf";
const hostUid = "h0000zGk3ZDViN5pOJmKxoYtXO1wY6CTVS6mS4qvg0-";
const invited = { token: coHostToken, invitation: { sessionUid, hostUid } };

describe("what lets a window host", () => {
  test.each([
    token,
    ` ${token}\n`,
    `#token=${token}`,
    `https://talks.example.org/deck.html#token=${token}`,
    `https://talks.example.org/deck.html?session=${sessionUid}#/3/1&token=${token}`,
  ])("is a host token in %j", (text) => {
    expect(readPass(text)).toEqual({ token });
  });

  test.each([
    `https://talks.example.org/deck.html?session=${sessionUid}#token=${coHostToken}&uid=${hostUid}`,
    `/stage?join=1&session=${sessionUid}#/3&token=${coHostToken}&uid=${hostUid}`,
    `/?session=${sessionUid}#token=${encodeURIComponent(coHostToken)}&uid=${hostUid}`,
  ])("is an invitation in %j", (text) => {
    expect(readPass(text)).toEqual(invited);
  });

  test.each([
    "",
    "no token at all",
    "https://talks.example.org/deck.html",
    `https://talks.example.org/join?session=${sessionUid}`,
    coHostToken,
    `/stage#token=${coHostToken}&uid=${hostUid}`,
    `/stage?session=${sessionUid}#token=${coHostToken}`,
    "#token=%E0%A4%A",
  ])("is not in %j", (text) => {
    expect(readPass(text)).toBeUndefined();
  });

  test("reads back as it was written", () => {
    for (const pass of [{ token }, invited]) expect(readPass(writePass(pass))).toEqual(pass);
    expect(writePass({ token }, sessionUid)).toBe(`?session=${sessionUid}#token=${token}`);
  });

  test("tells who its holder is", () => {
    expect([{ token }, invited].map(getRole)).toEqual(["host", "presenter"]);
  });
});

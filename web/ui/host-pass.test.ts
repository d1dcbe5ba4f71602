import { describe, expect, test } from "vitest";
import { getHostRole, readPass, writePass, writePassLink } from "./host-pass.ts";

const token = "eyJuYW1lIjoiT24gcm9vbXMifQ.DNgbROUNxxRlTVpk1KOg21";
const coHostToken = "presenter:h0000zGk3ZDViN5pOJmKx:KWv52O33O3fpPBLhSj9Yaw";
const sessionUid = "ATUuF0XrfsGDqRZUhAvlu-0ctf";
const hostUid = "h0000zGk3ZDViN5pOJmKxoYtXO1wY6CTVS6mS4qvg0-";
const invited = { token: coHostToken, invitation: { sessionUid, hostUid } };

describe("what lets a window host", () => {
  test.each([
    token,
    ` ${token}\n`,
    `${token.slice(0, 20)}\r\n  ${token.slice(20, 33)} ${token.slice(33)}`,
    `https://talks.example.org/deck.html\n#token=${token.slice(0, 45)}\n${token.slice(45)}`,
    `https://talks.example.org/deck.html#token=${token.slice(0, 45)}%0A${token.slice(45)}`,
    `#token=${token}`,
    `https://talks.example.org/deck.html#token=${token}`,
    `https://talks.example.org/deck.html?session=${sessionUid}#/3/1&token=${token}`,
    `https://talks.example.org/deck.html?token=preview&uid=7#token=${token}`,
    `https://talks.example.org/deck.html#/3?session=${sessionUid}#token=${token}`,
  ])("is a host token in %j", (text) => {
    expect(readPass(text)).toEqual({ token });
  });

  test.each([
    `https://talks.example.org/deck.html?session=${sessionUid}#token=${coHostToken}&uid=${hostUid}`,
    `/stage?join=1&session=${sessionUid}#/3&token=${coHostToken}&uid=${hostUid}`,
    `/?session=${sessionUid}#token=${encodeURIComponent(coHostToken)}&uid=${hostUid}`,
    `/?token=preview&uid=7&session=${sessionUid}#/3?session=other&token=${coHostToken}&uid=${hostUid}`,
    `/stage?session=${sessionUid}#token=${coHostToken.slice(0, 30)}\n${coHostToken.slice(30)}&uid=\n${hostUid}`,
  ])("is an invitation in %j", (text) => {
    expect(readPass(text)).toEqual(invited);
  });

  test.each([
    "",
    "no token at all",
    "https://talks.example.org/deck.html",
    `https://talks.example.org/join?session=${sessionUid}`,
    "deck.html",
    coHostToken,
    `https://talks.example.org/deck.html?token=${token}`,
    `https://talks.example.org/deck.html#/3?session=${sessionUid}#token=${coHostToken}&uid=${hostUid}`,
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

  test.each([
    ["https://talks.example.org/deck.html", `?session=${sessionUid}#`],
    ["https://talks.example.org/deck.html?v=2#/3", `?v=2&session=${sessionUid}#/3&`],
    ["http://localhost:8000/?session=another#intro", `?session=${sessionUid}#intro&`],
    ["https://talks.example.org/deck.html#/3&token=old&uid=7", `?session=${sessionUid}#/3&`],
    ["https://talks.example.org/deck.html#token=old&uid=7", `?session=${sessionUid}#`],
  ])("goes into the address %s", (address, end) => {
    const link = writePassLink(address, invited) ?? "";
    const path = address.replace(/[?#].*/, "");
    expect(link).toBe(`${path}${end}token=${coHostToken}&uid=${hostUid}`);
    expect(readPass(link)).toEqual(invited);
  });

  test.each(["", "talks.example.org/deck.html", "file:///deck.html", "javascript:alert(1)", "https://"])(
    "goes into no address like %j",
    (address) => {
      expect(writePassLink(address, invited)).toBeUndefined();
    },
  );

  test("tells who its holder is", () => {
    expect([{ token }, invited].map(getHostRole)).toEqual(["host", "presenter"]);
  });
});

import { expect, test } from "vitest";
import { SessionUid } from "./identity.schema.ts";
import { readSessionUid } from "./session-uid.ts";

const sessionUid = SessionUid.parse("ATUuF0XrfsGDqRZUhAvlu-0ctf");
const token = "eyJuYW1lIjoiT24gcm9vbXMifQ.DNgbROUNxxRlTVpk1KOg21";

test.each([
  sessionUid,
  ` ${sessionUid}\n`,
  `https://talks.example.org/join?session=${sessionUid}`,
  `talks.example.org/deck.html?x=1&session=${sessionUid}&y#/3`,
  `https://talks.example.org/deck.html?session=${sessionUid}#token=${token}`,
])("a session is named by %j", (text) => {
  expect(readSessionUid(text)).toBe(sessionUid);
});

test.each([
  "",
  "my talk",
  token,
  `https://talks.example.org/deck.html#token=${token}`,
  `https://talks.example.org/deck.html#/3?session=${sessionUid}`,
  "https://talks.example.org/deck.html",
  `presenter:h0000zGk3ZDViN5pOJmKx:KWv52O33O3fpPBLhSj9Yaw`,
  `/join?session=${sessionUid}x`,
  `/join?session=${token}`,
])("none is named by %j", (text) => {
  expect(readSessionUid(text)).toBeUndefined();
});

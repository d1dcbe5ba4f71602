import { expect, test } from "vitest";
import { getShortLink } from "./join-link.ts";

const long = "https://talks.example.org/join?session=ATUuF0XrfsGDqRZUhAk3Vd9s2Q";
const joinCode = "482913";

test("the short address is the code behind the deployment's own", () => {
  expect(getShortLink({ joinUrl: long, joinCode }, "https://talks.example.org")).toBe(
    "https://talks.example.org/482913",
  );
});

test.each([
  ["there is no code", { joinUrl: long, joinCode: null }, "https://talks.example.org"],
  ["phones have a page elsewhere", { joinUrl: long, joinCode }, "https://api.example.org"],
  [
    "phones have a page of their own",
    { joinUrl: long.replace("/join", "/ours"), joinCode },
    "https://talks.example.org",
  ],
])("the link stays where %s", (_, joining, apiUrl) =>
  expect(getShortLink(joining, apiUrl)).toBe(joining.joinUrl),
);

test("phones of the same network find the same port of one's own computer", () => {
  const joinUrl = "http://192.168.1.7:8787/join?session=ATUuF0XrfsGDqRZUhAk3Vd9s2Q";
  expect(getShortLink({ joinUrl, joinCode }, "http://127.0.0.1:8787")).toBe("http://192.168.1.7:8787/482913");
  expect(getShortLink({ joinUrl, joinCode }, "http://127.0.0.1:8788")).toBe(joinUrl);
});

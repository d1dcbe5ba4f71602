import { expect, test } from "vitest";
import { canFrame, writeSlidesUrl } from "./slides.ts";

test.each([
  ["https://talks.example.org/deck.html", "https://talks.example.org/deck.html?session=abc"],
  ["https://talks.example.org/?v=2#/3", "https://talks.example.org/?v=2&session=abc#/3"],
  ["http://10.0.0.7:8000/?session=old", "http://10.0.0.7:8000/?session=abc"],
])("a deck at %s follows the session it is opened with", (deckUrl, slidesUrl) => {
  expect(writeSlidesUrl(deckUrl, "abc")).toBe(slidesUrl);
});

test.each([undefined, "", "deck.html", "javascript:alert(1)", "data:text/html,x", "https://"])(
  "nothing is opened at %s",
  (deckUrl) => {
    expect(writeSlidesUrl(deckUrl, "abc")).toBeUndefined();
  },
);

test("what came without encryption is not shown inside what came with it", () => {
  expect(canFrame("https://a.example/", "https://b.example/join")).toBe(true);
  expect(canFrame("http://a.example/", "http://b.example/join")).toBe(true);
  expect(canFrame("http://a.example/", "https://b.example/join")).toBe(false);
});

import { expect, test } from "vitest";
import { matchLanguage } from "./match-language.ts";

const KNOWN = ["en", "ar", "de", "pt-BR"];

test.each([
  ["what is wanted most", ["de", "ar"], "de"],
  ["the next where the first is not there", ["fi", "ar", "de"], "ar"],
  ["a language without its region", ["de-AT"], "de"],
  ["a language without its script and region", ["ar-Arab-EG"], "ar"],
  ["one that only says more", ["pt"], "pt-BR"],
  ["the same language of another region", ["pt-PT", "de"], "pt-BR"],
  ["a tag however it is written", ["DE-de"], "de"],
  ["English where nothing fits", ["fi", "sv"], "en"],
  ["English where nothing is wanted", [], "en"],
  ["English, wanted before others", ["en-US", "de"], "en"],
])("chooses %s", (_, wanted, tag) => {
  expect(matchLanguage(wanted, KNOWN)).toBe(tag);
});

test("chooses no language of a similar name", () => {
  expect(matchLanguage(["d", "den", "arn"], KNOWN)).toBe("en");
});

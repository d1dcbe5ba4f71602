import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { compareWords } from "./compare-words.ts";
import { ENGLISH, listEnglishFiles, readLanguages, translate } from "./languages.ts";

const english = {
  join: "Join the session",
  name: "Name",
  people: (count: number) => `${count} ${count === 1 ? "person" : "people"}`,
  named: (name: string, others: readonly string[]) => `${name}, and ${others.join()}`,
  recipe: "Close it after {minutes} minutes",
  none: "",
  list: ["First of all", "Then this"],
};
const german = {
  join: "An der Sitzung teilnehmen",
  name: "Name",
  people: (count: number) => (count === 1 ? "eine Person" : `${count} Personen`),
  named: (name: string, others: readonly string[]) => `${others.join()} sowie ${name}`,
  recipe: "Nach {minutes} Minuten schließen",
  none: "",
  list: ["Zuerst", "Dann das"],
};

test("words that say the same in another language are fine", () => {
  expect(compareWords(english, german, "de")).toEqual([]);
});

test.each([
  ["a word that is missing", { join: undefined }, "join is missing, not a string"],
  ["a word that English has not", { more: "Mehr" }, "more is not in English"],
  ["a text that is empty", { join: " " }, "join is empty"],
  ["words that were left in English", { join: "Join the session" }, "join is still “Join the session”"],
  ["a blank that is lost", { recipe: "Nach Minuten schließen" }, "recipe has no blanks, not {minutes}"],
  ["a text for a function", { people: "Personen" }, "people is a string, not a function"],
  ["an argument too few", { named: (name: string) => name }, "named takes 1 arguments, not 2"],
  ["an argument that is not used", { people: (_count: number) => "viele" }, "people leaves out argument 1"],
  ["a list that is shorter", { list: ["Zuerst"] }, "list.1 is missing"],
  [
    "a function that fails",
    {
      people: (count: number) => {
        if (count === 0) throw new Error("none");
        return `${count}`;
      },
    },
    "people(0) fails",
  ],
])("%s is found", (_, change, problem) => {
  expect(compareWords(english, { ...german, ...change }, "de")).toContain(problem);
});

test("in another alphabet, a single word is English already", () => {
  expect(compareWords({ name: "Name", ok: "OK" }, { name: "Name", ok: "OK" }, "ar")).toEqual([
    "name is still “Name”",
  ]);
});

const languages = await readLanguages();
const files = listEnglishFiles();

test("English is a language, and has words", () => {
  expect(languages[0]).toEqual({ tag: ENGLISH, name: "English", dir: "ltr" });
  expect(files).toContain("web/words/en/audience.ts");
  expect(files).toContain("web/interactions/reaction/words/en.ts");
});

for (const { tag } of languages.filter(({ tag }) => tag !== ENGLISH)) {
  describe(`${tag} says all that English says`, () => {
    test.each(files)("%s", async (file) => {
      const [wanted, own] = [
        { ...(await import(resolve(file))) },
        { ...(await import(resolve(translate(file, tag)))) },
      ];
      expect(compareWords(wanted, own, tag)).toEqual([]);
    });
  });
}

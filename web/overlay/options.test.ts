import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

const NAMES = ["reactions", "counts", "question"];
const read = (query: string) => readOptions(new URLSearchParams(query), NAMES);

test("all is shown, on dark plates on the left, where the address says nothing else", () => {
  expect(read("?session=x")).toEqual({ show: NAMES, theme: "dark", side: "left" });
});

test("the address names what is shown, and how", () => {
  expect(read("?show=question,%20counts&theme=light&side=right")).toEqual({
    show: ["question", "counts"],
    theme: "light",
    side: "right",
  });
  expect(read("?show=")).toMatchObject({ show: [] });
});

test.each([
  ["?show=counts,question,polls", "“show=polls” is not known: reactions, counts, question."],
  ["?show=constructor", "“show=constructor” is not known: reactions, counts, question."],
  ["?theme=blue", "“theme=blue” is not known: dark, light."],
  ["?side=top", "“side=top” is not known: left, right."],
])("%s is not guessed at: whoever wrote it is told what there is", (query, why) => {
  expect(read(query)).toBe(why);
});

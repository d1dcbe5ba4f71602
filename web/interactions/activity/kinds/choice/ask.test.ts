import { expect, test } from "vitest";
import { choiceAsk, readLines } from "./ask.tsx";

const read = (options: string, more: Readonly<Record<string, string>> = {}) => {
  const fields = new FormData();
  fields.set("options", options);
  for (const [name, value] of Object.entries(more)) fields.set(name, value);
  return choiceAsk.read("Which one?", fields);
};

test("each line is an option, once, and none of them is empty", () => {
  expect(readLines(" Workers \r\n\n Node\nWorkers\n")).toEqual(["Workers", "Node"]);
  expect(read("A\nB", { several: "on" })).toEqual({
    kind: "choice",
    prompt: "Which one?",
    options: [
      { id: "1", text: "A" },
      { id: "2", text: "B" },
    ],
    multiple: 2,
  });
});

test("without options it is Yes or No", () => {
  expect(read("  \n ")).toMatchObject({ options: [{ text: "Yes" }, { text: "No" }], multiple: 1 });
});

test("what can't be a poll is told in words", () => {
  expect(read("only one")).toBe("A poll needs two options at least.");
  expect(read(Array.from({ length: 21 }, (_, index) => `option ${index}`).join("\n"))).toMatch("up to 20");
  expect(read(`short\n${"é".repeat(201)}`)).toMatch("200 characters");
  expect(typeof read(`short\n${"🚀".repeat(200)}`)).toBe("object");
});

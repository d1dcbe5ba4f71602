import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DraftStatement } from "../document/draft.ts";
import { DraftLines } from "./draft-lines.ts";

const statement = (text: string): DraftStatement => ({ section: "summary", text, sources: ["summary"] });
const line = (text: string) => JSON.stringify(statement(text));

/** What is made of a text, in pieces or in one. */
function read(...pieces: string[]) {
  const found: DraftStatement[] = [];
  const lines = new DraftLines((each) => found.push(each));
  for (const piece of pieces) lines.push(piece);
  lines.end();
  const { bad, isNotValid, isHopeless } = lines;
  return { texts: found.map(({ text }) => text), bad, isNotValid, isHopeless };
}

describe("the lines that a model writes", () => {
  test("are statements wherever its text is cut into pieces", () => {
    const text = [line("Über 40 %."), line("Two 👏."), line("Three.")].join("\n");
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 30 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, i) => text.slice(at[i], end));
        expect(read(...pieces)).toMatchObject({ texts: ["Über 40 %.", "Two 👏.", "Three."], bad: 0 });
      }),
    );
  });

  test("are handed out as soon as they end", () => {
    const found: DraftStatement[] = [];
    const lines = new DraftLines((each) => found.push(each));
    lines.push(line("One."));
    expect(found).toEqual([]);
    lines.push("\n{");
    expect(found).toEqual([statement("One.")]);
  });

  test.each([
    ["a fence of code", ["```json", line("One."), line("Two."), "```"].join("\n")],
    ["blank lines and other ends of lines", `\r\n\r\n${line("One.")}\r\n  \n${line("Two.")}\r\n`],
    ["commas", `${line("One.")},\n  ${line("Two.")},\n`],
    ["an array around them", `[\n${line("One.")},\n${line("Two.")}\n]\n`],
    ["an array that begins and ends with them", `[${line("One.")},\n${line("Two.")}]`],
    ["an array on one line", `[${line("One.")}, ${line("Two.")}]`],
    ["an array in a fence", ["```", "[", `${line("One.")},`, line("Two."), "],", "```"].join("\n")],
    ["fields that nobody asked for", `${JSON.stringify({ ...statement("One."), note: 1 })}\n${line("Two.")}`],
  ])("may be wrapped in %s", (_, text) => {
    expect(read(text)).toEqual({ texts: ["One.", "Two."], bad: 0, isNotValid: false, isHopeless: false });
  });

  test.each([
    ["prose", "Here is the recap:"],
    ["half an object", line("Half.").slice(0, -4)],
    ["an object over two lines", '{"section":"summary",\n"text":"a","sources":["summary"]}'],
    ["no source", JSON.stringify({ section: "summary", text: "a", sources: [] })],
    ["no section", JSON.stringify({ text: "a", sources: ["summary"] })],
    ["text that is none", JSON.stringify({ section: "summary", text: 4, sources: ["summary"] })],
    ["too much text", line("a".repeat(601))],
    ["another language's objects", "{'section': 'summary'}"],
    ["a number", "42"],
    ["null", "null"],
  ])("that are %s are skipped and counted", (_, bad) => {
    const { texts, bad: count } = read(`${line("One.")}\n${bad}\n${line("Two.")}`);
    expect(texts).toEqual(["One.", "Two."]);
    expect(count).toBe(bad.includes("\n") ? 2 : 1);
  });

  test("that don't end are left out, and what follows them is read", () => {
    const { texts, bad } = read(
      line("One."),
      "\n",
      ..."x"
        .repeat(40)
        .split("")
        .map((x) => x.repeat(5000)),
      `\n${line("Two.")}`,
    );
    expect(texts).toEqual(["One.", "Two."]);
    expect(bad).toBe(1);
  });

  test("that repeat themselves are hopeless soon, and none is handed out twice", () => {
    const { texts, isHopeless } = read(`${line("Again.")}\n`.repeat(100));
    expect(texts).toEqual(["Again."]);
    expect(isHopeless).toBe(true);
  });

  test("are no recap when there is none, or more nonsense than statements", () => {
    expect(read("").isNotValid).toBe(true);
    expect(read("I can't help with that.").isNotValid).toBe(true);
    expect(read(`${line("One.")}\nno\nno`).isNotValid).toBe(true);
    expect(read(`${line("One.")}\nno`).isNotValid).toBe(false);
  });

  test("that never stop are hopeless, however good", () => {
    expect(read(Array.from({ length: 1200 }, (_, i) => line(`${i}`)).join("\n")).isHopeless).toBe(true);
  });
});

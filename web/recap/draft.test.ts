import { describe, expect, test } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { type Draft, findChanges, findFault, isChanged, readDraft, splitParagraphs } from "./draft.ts";

const draft: Draft = {
  version: "v1",
  title: "On rooms",
  sections: [
    { id: "summary", name: "The whole talk", text: "First.\n\nSecond." },
    { id: "slide:1.0", name: "What it costs", text: "Little." },
    { id: "questions", name: "Questions from the audience", text: "" },
  ],
};
const asItIs = new Map(draft.sections.map(({ id, text }) => [id, text]));

describe("what a host has written", () => {
  test("is only what differs from what stood there", () => {
    expect(findChanges(draft, { title: "On rooms", sections: asItIs })).toEqual({
      version: "v1",
      sections: {},
    });
    const sections = new Map([...asItIs, ["slide:1.0", "Nothing at all."]]);
    const edit = findChanges(draft, { title: " On rooms ", sections });
    expect(edit).toEqual({ version: "v1", sections: { "slide:1.0": ["Nothing at all."] } });
    expect(isChanged(edit)).toBe(true);
  });

  test("is the same where only white space differs", () => {
    const sections = new Map([...asItIs, ["summary", "  First.\n \n\n\nSecond.\n"]]);
    expect(isChanged(findChanges(draft, { title: "On rooms", sections }))).toBe(false);
  });

  test("empties a section, and leaves one alone that has no field", () => {
    const edit = findChanges(draft, { title: "On rooms", sections: new Map([["summary", " \n "]]) });
    expect(edit.sections).toEqual({ summary: [] });
  });

  test("says nothing about what its document does not have", () => {
    const edit = findChanges(draft, { title: "On rooms", sections: new Map([["slide:9.0", "x"]]) });
    expect(isChanged(edit)).toBe(false);
  });
});

test("an empty line begins a paragraph, and the end of a line is a space", () => {
  expect(splitParagraphs("One\ntwo\n\nThree\r\n\r\nFour")).toEqual(["One two", "Three", "Four"]);
  expect(splitParagraphs(" \n\n ")).toEqual([]);
});

test("what can't be saved says which section it is", () => {
  const fault = (text: string) =>
    findFault(draft, findChanges(draft, { title: "On rooms", sections: new Map([["slide:1.0", text]]) }));
  expect(fault("x\n\n".repeat(LIMITS.recapParagraphs))).toBeUndefined();
  expect(fault("x\n\n".repeat(LIMITS.recapParagraphs + 1))).toContain("“What it costs” has more than");
  expect(fault("x".repeat(LIMITS.recapParagraph))).toBeUndefined();
  expect(fault("x".repeat(LIMITS.recapParagraph + 1))).toContain("A paragraph of “What it costs”");
  expect(findFault(draft, { version: "v1", title: "", sections: {} })).toContain("title");
});

test("a document is read by hand: what a later version says besides is passed over", () => {
  const text = [
    { text: "One.", sources: [] },
    { text: "Two.", sources: ["summary"] },
  ];
  expect(
    readDraft({
      version: "v1",
      title: "T",
      sections: [
        { id: "summary", type: "summary", text, moments: [] },
        { id: "slide:2.1", type: "slide", text: [], page: "2.1", title: null },
        { id: "activity:a", type: "activity", text: [], prompt: "Why?" },
        { id: "new", type: "of a later version", text: "none" },
        "nothing",
      ],
    }),
  ).toEqual({
    version: "v1",
    title: "T",
    sections: [
      { id: "summary", name: "The whole talk", text: "One.\n\nTwo." },
      { id: "slide:2.1", name: "Slide 3.2", text: "" },
      { id: "activity:a", name: "Why?", text: "" },
    ],
  });
  expect(readDraft({ version: "v1", sections: [] })).toBeUndefined();
});

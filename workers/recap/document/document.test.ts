import { expect, test } from "vitest";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { RecapDocument } from "../../../shared/protocol/recap.schema.ts";
import { createMaterial } from "../model/test-material.ts";
import { applyEdit, createDocument } from "./document.ts";

const say = (section: string, text: string) => ({ section, text, sources: [section] });
const create = (
  statements = [say("slide:1.0", "One."), say("summary", "Two."), say("slide:1.0", "Three.")],
) => createDocument(createMaterial(), statements, { version: "v1", by: "model" });
const textOf = (document: RecapDocument, id: string) =>
  document.sections.find((section) => section.id === id)?.text;

test("each section has what was written for it, in the order in which it was written", () => {
  const document = create();
  expect(RecapDocument.parse(document)).toEqual(document);
  expect(document).toMatchObject({ version: "v1", by: "model", title: "How tides work" });
  expect(textOf(document, "slide:1.0")).toEqual([
    { text: "One.", sources: ["slide:1.0"] },
    { text: "Three.", sources: ["slide:1.0"] },
  ]);
  expect(textOf(document, "slide:0.0")).toEqual([]);
});

test("a section has room for so many paragraphs", () => {
  const document = create(Array.from({ length: 30 }, (_, i) => say("summary", `${i}`)));
  expect(textOf(document, "summary")).toHaveLength(LIMITS.recapParagraphs);
});

test("a host's words take the place of a section's, rest on nothing, and leave the others as they are", () => {
  const before = create();
  const after = applyEdit(before, {
    version: "v1",
    title: "Mine",
    sections: { "slide:1.0": ["One.", "Four."], "slide:2.0": ["<b>"] },
  });
  expect(after.title).toBe("Mine");
  expect(textOf(after, "slide:1.0")).toEqual([
    { text: "One.", sources: ["slide:1.0"] },
    { text: "Four.", sources: [] },
  ]);
  expect(textOf(after, "slide:2.0")).toEqual([{ text: "<b>", sources: [] }]);
  expect(textOf(after, "summary")).toBe(textOf(before, "summary"));
  expect(applyEdit(after, { version: "v1", sections: { "slide:1.0": [] } })).toMatchObject({ title: "Mine" });
});

test.each(["slide:404", "constructor", "question:q0", ""])("there is no section %j to write into", (id) => {
  expect(() => applyEdit(create(), { version: "v1", sections: { [id]: ["Hi"] } })).toThrow("invalid_request");
});

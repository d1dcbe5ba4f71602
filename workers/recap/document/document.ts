import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { RecapDocument, RecapEdit, RecapStatement } from "../../../shared/protocol/recap.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import type { RecapMaterial } from "../material/material.ts";
import type { DraftStatement } from "./draft.ts";

/** What a page says: the facts, and to each section what was written for it. */
export function createDocument(
  material: RecapMaterial,
  statements: readonly DraftStatement[],
  { version, by }: Pick<RecapDocument, "version" | "by">,
): RecapDocument {
  const written = Map.groupBy(statements, ({ section }) => section);
  const textOf = (id: string): RecapStatement[] =>
    (written.get(id) ?? []).slice(0, LIMITS.recapParagraphs).map(({ text, sources }) => ({ text, sources }));
  return {
    ...material,
    version,
    by,
    sections: material.sections.map((section) => ({ ...section, text: textOf(section.id) })),
  };
}

/**
 * The document with the host's own words, which rest on nothing but the host; what they left as it was stays as it is.
 * @throws ProblemError `invalid_request` for a section that is not there
 */
export function applyEdit(document: RecapDocument, { title, sections }: RecapEdit): RecapDocument {
  const edited = new Map(Object.entries(sections));
  const known = new Set(document.sections.map(({ id }) => id));
  for (const id of edited.keys()) {
    if (!known.has(id))
      throw new ProblemError("invalid_request", `sections: this recap has no section ${id}`);
  }
  return {
    ...document,
    title: title ?? document.title,
    sections: document.sections.map((section) => {
      const texts = edited.get(section.id);
      if (!texts) return section;
      const before = new Map(section.text.map((statement) => [statement.text, statement]));
      return { ...section, text: texts.map((text) => before.get(text) ?? { text, sources: [] }) };
    }),
  };
}

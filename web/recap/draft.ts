import { LIMITS } from "../../shared/protocol/limits.ts";
import type { RecapEdit } from "../../shared/protocol/recap.ts";
import { type Fields, isFields, isText, isTexts } from "../client/fields.ts";
import { nameSlide } from "../ui/page-name.ts";
import { recap } from "../words/en.ts";

const words = recap.editor;

/** One section's text as its host writes it: paragraphs with an empty line between them. */
export interface DraftSection {
  readonly id: string;
  /** What it is about. */
  readonly name: string;
  readonly text: string;
}

/** What a host may change of a recap. */
export interface Draft {
  readonly version: string;
  readonly title: string;
  readonly sections: readonly DraftSection[];
}

/** What stands in the fields: the title, and each section's text by its id. */
export interface Written {
  readonly title: string;
  readonly sections: ReadonlyMap<string, string>;
}

/** Reads from a document what can be edited of it; `undefined`: it is none. */
export function readDraft({ version, title, sections }: Fields): Draft | undefined {
  if (!isText(version) || !isText(title) || !Array.isArray(sections)) return undefined;
  const read = sections.flatMap((section) => (isFields(section) ? (readSection(section) ?? []) : []));
  return { version, title, sections: read };
}

function readSection({ id, text, ...about }: Fields): DraftSection | undefined {
  if (!isText(id) || !Array.isArray(text)) return undefined;
  const paragraphs = text.map((statement) => (isFields(statement) ? statement.text : undefined));
  if (!isTexts(paragraphs)) return undefined;
  return { id, name: nameSection(about), text: joinParagraphs(paragraphs) };
}

function nameSection({ type, title, page, prompt }: Fields): string {
  if (type === "slide" && isText(page)) return isText(title) ? title : nameSlide(page);
  if (type === "activity" && isText(prompt)) return prompt;
  return type === "questions" ? words.questions : words.summary;
}

const joinParagraphs = (paragraphs: readonly string[]): string => paragraphs.join("\n\n");

/** A line's end within a paragraph is a space: the page has none of its own. */
export const splitParagraphs = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, " ").trim())
    .filter((paragraph) => paragraph !== "");

const isSame = (a: string, b: string): boolean =>
  joinParagraphs(splitParagraphs(a)) === joinParagraphs(splitParagraphs(b));

/** What differs from the draft: only that is sent, so that what somebody else has changed stays. */
export function findChanges(draft: Draft, { title, sections }: Written): RecapEdit {
  const changed = draft.sections.flatMap(({ id, text }) => {
    const now = sections.get(id);
    return now === undefined || isSame(now, text) ? [] : [[id, splitParagraphs(now)] as const];
  });
  return {
    version: draft.version,
    ...(title.trim() !== draft.title && { title: title.trim() }),
    sections: Object.fromEntries(changed),
  };
}

export const isChanged = ({ title, sections }: RecapEdit): boolean =>
  title !== undefined || Object.keys(sections).length > 0;

/** Why it can't be saved, and what to do; `undefined`: it can. */
export function findFault(draft: Draft, { title, sections }: RecapEdit): string | undefined {
  if (title === "") return words.noName;
  for (const { id, name } of draft.sections) {
    const paragraphs = sections[id] ?? [];
    if (paragraphs.length > LIMITS.recapParagraphs) return words.tooMany(name, LIMITS.recapParagraphs);
    if (paragraphs.some((text) => text.length > LIMITS.recapParagraph))
      return words.tooLong(name, LIMITS.recapParagraph);
  }
  return undefined;
}

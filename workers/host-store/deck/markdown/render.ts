import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import {
  type ActivityBlock,
  isActivityInfo,
  type KnownIds,
  MarkdownProblem,
  renderActivity,
} from "./activity.ts";
import { escapeHtml, unescapeHtml } from "./escape.ts";
import { forEverybody, forOwner, joinRendered, type Rendered } from "./rendered.ts";
import { type MarkdownSlide, splitSlides } from "./slides.ts";

/** What one slide may hold. More than fits on a screen many times over, and little enough to be read in no time. */
const SLIDE_CHARACTERS = 6_000;
/** … with its activities and notes: beyond that, nobody looks what is what in it. */
const WHOLE_CHARACTERS = 30_000;
/** Marks of emphasis, and square brackets: each is compared with those before it. */
const MOST_MARKS = 400;
/** Columns of a table: each row gets as many, however few are written. */
const MOST_COLUMNS = 40;
/** What a whole deck may become: a link's address stands once in a slide, and may be used hundreds of times. */
const HTML_CHARACTERS = 8_000_000;
/** Quotes and lists in each other: each level costs the reader of Markdown more than the one before. */
const DEEPEST = 12;

export interface RenderedDeck extends Rendered {
  /** Slides, those below others included. */
  readonly pages: number;
}

export interface RenderOptions {
  /** Where a picture that came along stands; undefined for one that did not. */
  readonly findPicture: (name: string) => string | undefined;
}

/**
 * A Markdown deck as slides for reveal.js. Nothing that its author wrote is HTML: tags are shown as text, links lead to
 * http(s), mail and other slides alone, pictures are those that came along.
 * @throws MarkdownProblem
 */
export function renderDeck(text: string, options: RenderOptions): RenderedDeck {
  const columns = splitSlides(text);
  const tooMany = columns.flat()[LIMITS.deckPages];
  if (tooMany) {
    throw new MarkdownProblem(
      tooMany.line,
      `a deck has up to ${LIMITS.deckPages} slides, and here begins the next one: split it into two`,
    );
  }
  const known: KnownIds = new Set();
  let left = HTML_CHARACTERS;
  const html = columns.map((column) => {
    const slides = column.map((slide) => {
      const rendered = renderSlide(slide, options, known);
      left -= rendered.own.length;
      if (left < 0) throw new MarkdownProblem(slide.line, "up to here, the deck is too large to be shown");
      return rendered;
    });
    return joinRendered(slides, slides.length === 1 ? ["", "", ""] : ["<section>", "", "</section>"]);
  });
  return { ...joinRendered(html, ["", "\n", ""]), pages: columns.flat().length };
}

function renderSlide(slide: MarkdownSlide, options: RenderOptions, known: KnownIds): Rendered {
  const characters = [...slide.lines, ...slide.notes].reduce((sum, { length }) => sum + length + 1, 0);
  if (characters > WHOLE_CHARACTERS) throw isTooLong(slide.line);
  const parts = splitActivities(slide).map((part) =>
    typeof part === "string"
      ? forEverybody(renderMarkdown(part, slide.line, options))
      : renderActivity(part, known),
  );
  const notes = slide.notes.join("\n").trim();
  const aside =
    notes === "" ? "" : `<aside class="notes">${renderMarkdown(notes, slide.line, options)}</aside>`;
  return joinRendered([...parts, forOwner(aside)], ["<section>", "", "</section>"]);
}

/** Text and activities, in their order. */
function splitActivities({ lines, line: first }: MarkdownSlide): readonly (string | ActivityBlock)[] {
  const parts: (string | ActivityBlock)[] = [];
  let text: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const [, fence, behind = ""] = /^ {0,3}(`{3,}|~{3,})(.*)$/s.exec(lines[index] ?? "") ?? [];
    if (fence === undefined) {
      text.push(lines[index] ?? "");
      continue;
    }
    const info = behind.trim();
    const isEnd = (line: string) => line.trim().startsWith(fence) && /^[`~]+$/.test(line.trim());
    const length = lines.slice(index + 1).findIndex(isEnd);
    const to = length < 0 ? lines.length : index + 1 + length;
    if (isActivityInfo(info)) {
      if (length < 0) throw new MarkdownProblem(first + index, `${fence} is missing at its end`);
      parts.push(text.join("\n"), { info, lines: lines.slice(index + 1, to), line: first + index });
      text = [];
    } else text.push(...lines.slice(index, to + 1));
    index = to;
  }
  return [...parts, text.join("\n")].filter((part) => typeof part !== "string" || part.trim() !== "");
}

function renderMarkdown(text: string, line: number, { findPicture }: RenderOptions): string {
  if (text.length > SLIDE_CHARACTERS) throw isTooLong(line);
  for (const marks of [/[*_~]+/g, /\[/g]) {
    if ((text.match(marks)?.length ?? 0) <= MOST_MARKS) continue;
    throw new MarkdownProblem(line, `this slide has more than ${MOST_MARKS} of the marks *, _ and ~, or [`);
  }
  if (text.split("\n").some((row) => row.split("|").length > MOST_COLUMNS + 2)) {
    throw new MarkdownProblem(line, `a table has up to ${MOST_COLUMNS} columns`);
  }
  if (isTooDeep(text)) {
    throw new MarkdownProblem(line, `quotes or lists stand in each other more than ${DEEPEST} deep`);
  }
  const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  // micromark writes every tag itself, and escapes quotes in attributes and < in text: so these find tags, and nothing else.
  return flattenFootnotes(html.trim())
    .replace(/<a href="([^"]*)"/g, (_, href: string) => renderLink(unescapeHtml(href)))
    .replace(/<img src="([^"]*)" alt="([^"]*)"(?: title="[^"]*")? \/>/g, (_, src: string, alt: string) =>
      renderPicture(unescapeHtml(src), alt, findPicture),
    );
}

/**
 * Footnotes at the end of their slide, as a part of it: a section of their own would be another slide, and a heading its
 * title. All of it is seen at once, so nothing leads from one to the other, and no two slides share an id.
 */
const flattenFootnotes = (html: string): string =>
  html
    .replace(/<section data-footnotes="" class="footnotes"><h2[^>]*>[^<]*<\/h2>/, '<div class="footnotes">')
    .replace("</section>", "</div>")
    .replace(/ ?<a href="[^"]*" data-footnote-backref=""[^>]*>.*?<\/a>/g, "")
    .replace(/<a href="[^"]*" id="[^"]*" data-footnote-ref=""[^>]*>(\d+)<\/a>/g, "$1")
    .replace(/<li id="user-content-fn-[^"]*">/g, "<li>");

const isTooLong = (line: number) =>
  new MarkdownProblem(line, `this slide is too long: one takes up to ${SLIDE_CHARACTERS} characters`);

const isTooDeep = (text: string): boolean =>
  text.split("\n").some((line) => {
    const marks = /^(?:\s*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s)))*/.exec(line)?.[0] ?? "";
    return (marks.match(/[>*+.)-]/g)?.length ?? 0) > DEEPEST || /^\s{100}/.test(line);
  });

function renderPicture(src: string, alt: string, findPicture: RenderOptions["findPicture"]): string {
  const url = findPicture(decode(src));
  if (url !== undefined) return `<img src="${escapeHtml(url)}" alt="${alt}">`;
  // Nobody's browser tells another server that it is in this talk.
  return /^https?:/.test(src)
    ? `<a${renderLink(src).slice(2)}>${alt || escapeHtml(src)}</a>`
    : `<em>${alt || escapeHtml(src)}</em>`;
}

/** The beginning of a link, without its end. */
function renderLink(href: string): string {
  if (href.startsWith("#")) return `<a href="${escapeHtml(href)}"`;
  if (!/^(https?:|mailto:)/i.test(href)) return "<a";
  return `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer"`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

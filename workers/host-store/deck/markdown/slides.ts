/** A slide as its author wrote it. */
export interface MarkdownSlide {
  readonly lines: readonly string[];
  readonly notes: readonly string[];
  /** The number of its first line in the file, from 1. */
  readonly line: number;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const NOTES = /^\s*notes?:/i;

/** Follows code fences: what stands in one is text, whatever it looks like. */
export class FenceReader {
  #open: string | undefined;

  /** Whether this line stands in a fence, or begins or ends one. */
  read(line: string): boolean {
    const mark = FENCE.exec(line)?.[1];
    if (this.#open === undefined) {
      this.#open = mark;
      return mark !== undefined;
    }
    const isEnd = mark?.startsWith(this.#open) && line.trim() === mark;
    if (isEnd) this.#open = undefined;
    return true;
  }
}

/**
 * Splits Markdown into slides, as reveal.js does: a line of `---` between empty lines begins the next one, a line of `--`
 * the next one below. `Note:` begins what only the speaker sees. Front matter belongs to other tools.
 * @returns columns of slides
 */
export function splitSlides(text: string): readonly (readonly MarkdownSlide[])[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const begin = skipFrontMatter(lines);
  const columns: MarkdownSlide[][] = [[]];
  const fences = new FenceReader();
  let from = begin;
  const end = (to: number) => columns.at(-1)?.push(createSlide(lines.slice(from, to), from));
  for (const [index, line] of lines.entries()) {
    if (index < begin || fences.read(line)) continue;
    const mark = line.trim();
    if (mark !== "---" && mark !== "--") continue;
    // Under a line of text it makes that a heading.
    if (index > begin && lines[index - 1]?.trim() !== "") continue;
    end(index);
    if (mark === "---") columns.push([]);
    from = index + 1;
  }
  end(lines.length);
  return columns
    .map((column) => column.filter(({ lines, notes }) => !isEmpty(lines) || !isEmpty(notes)))
    .filter((column) => column.length > 0);
}

const isEmpty = (lines: readonly string[]) => lines.every((line) => line.trim() === "");

function skipFrontMatter(lines: readonly string[]): number {
  if (lines[0]?.trim() !== "---") return 0;
  const end = lines.findIndex((line, index) => index > 0 && /^(---|\.\.\.)\s*$/.test(line));
  const isFrontMatter = end > 0 && lines.slice(1, end).some((line) => /^[\w-]+:/.test(line));
  return isFrontMatter ? end + 1 : 0;
}

function createSlide(lines: readonly string[], from: number): MarkdownSlide {
  const fences = new FenceReader();
  const at = lines.findIndex((line) => !fences.read(line) && NOTES.test(line));
  if (at < 0) return { lines, notes: [], line: from + 1 };
  const [first = "", ...rest] = lines.slice(at);
  return { lines: lines.slice(0, at), notes: [first.replace(NOTES, ""), ...rest], line: from + 1 };
}

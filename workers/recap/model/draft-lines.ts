import * as z from "zod";
import { DraftStatement } from "../document/draft.ts";

/** Characters of a line: a statement has up to 600, and its ids; an array may stand on one line. */
const MAX_LINE = 64 * 1024;

/** Statements of a recap: more are a model that has lost its way. */
const MAX_STATEMENTS = 1000;

/** Lines that were no statement, beyond which so many more than good ones tell that nothing good comes. */
const BAD_LINES = 10;

/**
 * The statements in a text that comes in pieces: one JSON object a line. Models like to wrap such lines: a fence of code,
 * a comma after each and an array around all are let through. Any other line is skipped and counted.
 */
export class DraftLines {
  good = 0;
  bad = 0;
  readonly #onStatement: (statement: DraftStatement) => void;
  readonly #seen = new Set<string>();
  #rest = "";
  /** The line is too long already: what is left of it is skipped. */
  #isSkipping = false;

  constructor(onStatement: (statement: DraftStatement) => void) {
    this.#onStatement = onStatement;
  }

  /** Nothing good is to be expected: it may as well be stopped. */
  get isHopeless(): boolean {
    return this.bad > this.good + BAD_LINES || this.good > MAX_STATEMENTS;
  }

  /** It was no recap: nothing in it, or more nonsense than statements. */
  get isNotValid(): boolean {
    return this.good === 0 || this.bad > this.good || this.isHopeless;
  }

  push(text: string): void {
    const [first = "", ...others] = text.split(/\r\n|\r|\n/);
    this.#extend(first);
    for (const line of others) {
      this.end();
      this.#extend(line);
    }
  }

  /** The line ends here; call it at the end of the text, too. */
  end(): void {
    if (!this.#isSkipping) this.#read(this.#rest);
    this.#rest = "";
    this.#isSkipping = false;
  }

  #extend(text: string): void {
    if (this.#isSkipping) return;
    this.#rest += text;
    if (this.#rest.length <= MAX_LINE) return;
    this.bad++;
    this.#rest = "";
    this.#isSkipping = true;
  }

  #read(line: string): void {
    const text = unwrapLine(line);
    if (text === "") return;
    for (const value of parseLine(text)) this.#take(value);
  }

  #take(value: unknown): void {
    if (this.isHopeless) return;
    const { data } = DraftStatement.safeParse(value);
    // A model that has lost its way says the same for ever.
    const key = data && JSON.stringify([data.section, data.text]);
    if (!key || this.#seen.has(key)) {
      this.bad++;
      return;
    }
    this.#seen.add(key);
    this.good++;
    this.#onStatement(data);
  }
}

/** Without what models wrap a line in. Empty: there was nothing else in it. */
function unwrapLine(line: string): string {
  const text = line.trim();
  if (/^```[\w-]*$/.test(text)) return "";
  return text
    .replace(/^\[\s*(?=\{|$)/, "")
    .replace(/(?:(?<=\})|^)\s*\],?$/, "")
    .replace(/,$/, "")
    .trim();
}

/** What stands on a line: one object, or several of an array. A line that is no JSON is one bad thing. */
function parseLine(text: string): unknown[] {
  try {
    return z.array(z.unknown()).parse(JSON.parse(`[${text}]`));
  } catch {
    return [undefined];
  }
}

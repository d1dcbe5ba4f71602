import type { ExportFormat } from "../../shared/protocol/export.ts";
import { isText, parseFields } from "../client/fields.ts";

const NEWLINE = 10;
const QUOTE = 34;

/**
 * Cuts an export's bytes behind whole rows and knows where they end, so that what breaks off in the
 * middle of a row can go on after the last whole one. A cell of a CSV may hold line breaks.
 */
export class RowCutter {
  readonly #format: ExportFormat;
  #rest: Uint8Array<ArrayBuffer> = new Uint8Array();
  #isQuoted = false;
  #isHeaderDue = false;
  #rows = 0;
  #cursor: string | undefined;

  constructor(format: ExportFormat) {
    this.#format = format;
    this.restart();
  }

  /** Whole rows so far, without the header. */
  get rows(): number {
    return this.#rows;
  }

  /** The last whole row's: the export goes on with it. `undefined`: it begins at its beginning. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** Whether nothing stands behind the last whole row; a header may stand alone. */
  get isWhole(): boolean {
    return !this.#isHeaderDue && (this.#rest.length === 0 || (!this.#isQuoted && this.#endsLine()));
  }

  /** The whole rows there are now, possibly none. A header waits for its first row. */
  cut(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
    const bytes = join(this.#rest, chunk);
    let [start, end] = [0, 0];
    for (let at = this.#rest.length; at < bytes.length; at++) {
      if (bytes[at] === QUOTE && this.#format === "csv") this.#isQuoted = !this.#isQuoted;
      if (bytes[at] !== NEWLINE || this.#isQuoted) continue;
      if (this.#isHeaderDue) {
        this.#isHeaderDue = false;
        continue;
      }
      [start, end] = [end, at + 1];
      this.#rows++;
    }
    if (end > 0) this.#cursor = readCursor(bytes.subarray(start, end), this.#format);
    this.#rest = bytes.slice(end);
    return bytes.subarray(0, end);
  }

  /** The header of an export without rows; otherwise nothing. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#rest;
  }

  /** Forgets the row that broke off: it comes again, whole, in an answer that begins with it. */
  restart(): void {
    this.#rest = new Uint8Array();
    this.#isQuoted = false;
    this.#isHeaderDue = this.#format === "csv" && this.#cursor === undefined;
  }

  #endsLine(): boolean {
    return this.#rest[this.#rest.length - 1] === NEWLINE;
  }
}

/** It is the last cell, and where it begins like a formula, an apostrophe stands before it. */
function readCursor(row: Uint8Array, format: ExportFormat): string | undefined {
  const text = new TextDecoder().decode(row);
  if (format === "csv") return /,'?([\w.-]+)\r?\n$/.exec(text)?.[1];
  const cursor = parseFields(text)?.cursor;
  return isText(cursor) ? cursor : undefined;
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

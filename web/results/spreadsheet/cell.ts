import { isText, isTexts } from "../../client/fields.ts";
import { STYLES } from "./styles.ts";

/** More characters than this in a cell, and Excel takes the whole file for damaged. */
export const MOST_CHARACTERS = 32_767;

const DAY_MS = 86_400_000;
/** Day 0 of a spreadsheet is 30 December 1899, which makes 1 January 1970 this one. */
const FIRST_DAY = 25_569;

/**
 * What XML can't hold, or what a reader of XML would change: control characters but tab and line feed, and two that are none.
 * ECMA-376 writes them as `_x000B_`, and an underscore that would begin such a thing by chance as `_x005F_`.
 * A surrogate without its other half becomes U+FFFD when it is encoded.
 */
const UNWRITABLE = /[^\P{Cc}\t\n\u007F-\u009F]|[\uFFFE\uFFFF]|_(?=x[\dA-Fa-f]{4}_)/gu;
const MARKUP: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Where someone edits the cell, this would become a formula. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/;

/** @param place where it stands, such as `B2`. @returns nothing for a cell that is empty */
export function writeCell(place: string, value: unknown, isTime = false): string {
  if (typeof value === "number")
    return writeNumber(place, value, Number.isInteger(value) ? "whole" : "plain");
  if (typeof value === "boolean") return `<c r="${place}" t="b"><v>${Number(value)}</v></c>`;
  const text = isTexts(value) ? value.join("; ") : value;
  if (!isText(text) || text === "") return "";
  const moment = isTime ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(moment)) return writeNumber(place, moment / DAY_MS + FIRST_DAY, "time");
  return writeText(place, text, FORMULA.test(text) ? "quoted" : "plain");
}

/** Text that stands in its own cell, so that no table of all texts has to be kept. It is never run as a formula. */
export function writeText(place: string, text: string, style: keyof typeof STYLES): string {
  const short = text.slice(0, MOST_CHARACTERS);
  const xml = short
    .replace(/\r\n?/g, "\n")
    .replace(
      UNWRITABLE,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    )
    .replace(/[&<>]/g, (sign) => MARKUP[sign] ?? sign);
  return `<c r="${place}"${refer(style)} t="inlineStr"><is><t xml:space="preserve">${xml}</t></is></c>`;
}

const writeNumber = (place: string, value: number, style: keyof typeof STYLES): string =>
  `<c r="${place}"${refer(style)}><v>${value}</v></c>`;

const refer = (style: keyof typeof STYLES): string => (STYLES[style] === 0 ? "" : ` s="${STYLES[style]}"`);

import type { RecapMaterial } from "../material/material.ts";
import { type Citation, cite } from "./citation.ts";
import type { DraftStatement } from "./draft.ts";
import { collapse, isPlain, removeQuotes } from "./plain-text.ts";
import { readNumbers, type StatedNumber } from "./stated-number.ts";

/**
 * A statement as it came, if it is true to the material as far as a program can tell: its section is there, what it rests on
 * is there and has to do with it, every number in it is one of those facts', and it is plain text. Otherwise undefined: what
 * is not right is dropped, and never repaired.
 */
export function checkStatement(
  statement: DraftStatement,
  material: RecapMaterial,
): DraftStatement | undefined {
  const citation = cite(statement, material);
  if (!citation) return undefined;
  const text = collapse(statement.text);
  const own = removeQuotes(text, citation.texts);
  const isTrue =
    isPlain(text, own, citation.texts) && readNumbers(own).every((each) => isKnown(each, citation));
  return isTrue ? statement : undefined;
}

/** What stands in a host's own text may stand here, whatever it counts there. */
function isKnown({ unit, token, values }: StatedNumber, { facts, tokens }: Citation): boolean {
  if (unit !== "unknown" && values.some((value) => facts[unit].some((fact) => isSame(value, fact))))
    return true;
  return (unit === "count" || unit === "unknown") && tokens.has(token);
}

/** What is said with fewer digits is the fact, rounded to them. A sign may stand before it. */
const isSame = ({ number, digits }: StatedNumber["values"][number], fact: number): boolean =>
  number === Math.abs(fact) || number.toFixed(digits) === Math.abs(fact).toFixed(digits);

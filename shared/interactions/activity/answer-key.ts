import { TAKEN_BACK } from "../topic.ts";
import type { AnswerValue } from "./tally.ts";

/*
 * An answer as a ledger keeps it, in one text: how many milliseconds after the opening it came, and its value as JSON.
 * The time stands there once and for all, so that no restart, and no clock of a phone, changes what it was worth.
 */

export interface KeptAnswer {
  /** From the moment that the participant's room heard of the opening. */
  readonly elapsedMs: number;
  readonly value: AnswerValue;
}

export const writeAnswerKey = ({ elapsedMs, value }: KeptAnswer): string =>
  `${elapsedMs}:${JSON.stringify(value)}`;

/** @returns undefined for an answer that was taken back */
export function readAnswerKey(key: string): KeptAnswer | undefined {
  if (key === TAKEN_BACK) return undefined;
  return { elapsedMs: Number.parseInt(key, 10), value: JSON.parse(getValueText(key)) };
}

/** Whether two keys are the same answer, whenever it came. */
export const isSameAnswer = (a: string, b: string): boolean => getValueText(a) === getValueText(b);

const getValueText = (key: string) => key.slice(key.indexOf(":") + 1);

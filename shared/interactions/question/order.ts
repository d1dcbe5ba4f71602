import type { LiveQuestion } from "./question.ts";

type Sorted = Pick<LiveQuestion, "id" | "at" | "votes" | "status" | "pinned">;

/**
 * The order that everybody sees: what is pinned, then what waits for an answer, then what was answered; the most
 * wanted first, and of equals the oldest. No two are equal, so the order is the same everywhere.
 */
export const compareQuestions = (a: Sorted, b: Sorted): number =>
  Number(b.pinned) - Number(a.pinned) ||
  Number(a.status === "answered") - Number(b.status === "answered") ||
  b.votes - a.votes ||
  a.at - b.at ||
  (a.id < b.id ? -1 : Number(a.id > b.id));

/** The other order: the newest first. */
export const compareAge = (a: Sorted, b: Sorted): number =>
  b.at - a.at || (a.id > b.id ? -1 : Number(a.id < b.id));

import { expect, test } from "vitest";
import type { Activity } from "../../../../shared/interactions/activity/activity.ts";
import { isSameDefinition } from "./same-definition.ts";

const OPTIONS = [
  { id: "1", text: "A" },
  { id: "2", text: "B" },
];
const wanted = {
  kind: "choice",
  prompt: "Which?",
  options: OPTIONS,
  show: "closed",
  change: true,
  multiple: 1,
} as const;
/** As a host hears of it. */
const known: Activity = {
  ...wanted,
  id: "poll",
  status: "open",
  round: 1,
  revealed: false,
  openedAt: 1,
  rounds: [],
  correct: ["1"],
  quiz: true,
  hidden: ["2"],
};

test("how an activity stands makes no other one of it, nor what is right where the slide does not say it", () => {
  expect(isSameDefinition(known, wanted)).toBe(true);
  expect(isSameDefinition(known, { ...wanted, correct: ["1"] })).toBe(true);
});

test("another text is another definition, and so is something else that is right", () => {
  expect(isSameDefinition(known, { ...wanted, prompt: "Which one?" })).toBe(false);
  expect(isSameDefinition(known, { ...wanted, correct: ["2"] })).toBe(false);
});

import { toStep } from "../../../../../shared/interactions/activity/distribution.ts";
import { SCALE_STEPS, type Scale } from "../../../../../shared/interactions/activity/kinds/scale/scale.ts";
import { LIMITS } from "../../../../../shared/protocol/limits.ts";
import type { ReadMarkup } from "../../deck/markup.ts";
import { deck as words } from "../../words/en/deck.ts";

/** What a scale has where its author says nothing. */
const STEPS = 5;

/** Five steps from 1, or `data-revint-steps` of them, or from `data-revint-min` to `data-revint-max` by `data-revint-step`. */
export const readScale: ReadMarkup<Scale> = (markup) => {
  const min = markup.readNumber("min") ?? 1;
  const step = markup.readNumber("step") ?? 1;
  const steps = markup.readCount("steps", SCALE_STEPS.least, SCALE_STEPS.most) ?? STEPS;
  const max = markup.readNumber("max") ?? min + (steps - 1) * step;
  const count = (max - min) / step + 1;
  // Rounded as 0.1 + 0.2 has to be.
  const isGood =
    step > 0 && toStep(max, min, step) !== undefined && isBetween(Math.round(count), SCALE_STEPS);
  if (!isGood) markup.note(words.problem.scale(SCALE_STEPS.least, SCALE_STEPS.most));
  const [from, to] = ["from", "to"].map((end) => markup.readText(end, LIMITS.optionLength));
  const labels = [from ?? `${min}`, to ?? `${max}`] as const;
  return { kind: "scale", min, max, step, ...((from ?? to) !== undefined && { labels }) };
};

const isBetween = (count: number, { least, most }: { readonly least: number; readonly most: number }) =>
  count >= least && count <= most;

import { plural } from "../../../../../../words/en/plural.ts";

export const words = {
  none: "Please tick what is right.",
  many: (multiple: number) =>
    `People may tick ${plural(multiple, "option", "options")}: no more can be right.`,
} as const;

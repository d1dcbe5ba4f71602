import { plural } from "../../../../../../words/de/plural.ts";

export const words = {
  none: "Bitte ankreuzen, was richtig ist.",
  many: (multiple: number) =>
    `Es dürfen ${plural(multiple, "Antwort", "Antworten")} angekreuzt werden: Mehr können nicht richtig sein.`,
} as const;

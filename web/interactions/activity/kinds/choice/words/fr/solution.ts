import { plural } from "../../../../../../words/fr/plural.ts";

export const words = {
  none: "Veuillez cocher ce qui est juste.",
  many: (multiple: number) =>
    `On peut cocher ${plural(multiple, "réponse", "réponses")} : il ne peut pas y en avoir plus de justes.`,
} as const;

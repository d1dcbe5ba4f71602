import { plural } from "../../../../../../words/fr/plural.ts";

export const words = {
  name: "Nuage de mots",
  more: (count: number) => `et ${plural(count, "autre mot", "autres mots")}`,
} as const;

import { LIMITS } from "../../../../../../../shared/protocol/limits.ts";

export const words = {
  name: "Sondage",
  example: "Quel moteur d’exécution utilisez-vous ?",
  options: "Réponses, une par ligne",
  hint: "Laissé vide : Oui et Non. Entrée sur une ligne vide ouvre le sondage.",
  yes: "Oui",
  no: "Non",
  several: "Plusieurs réponses possibles",
  one: "Un sondage a besoin d’au moins deux réponses.",
  many: `Un sondage a jusqu’à ${LIMITS.options} réponses.`,
  long: `Une réponse a jusqu’à ${LIMITS.optionLength} caractères.`,
} as const;

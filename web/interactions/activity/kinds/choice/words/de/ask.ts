import { LIMITS } from "../../../../../../../shared/protocol/limits.ts";

export const words = {
  name: "Umfrage",
  example: "Welche Laufzeitumgebung nutzen Sie?",
  options: "Antworten, eine pro Zeile",
  hint: "Leer gelassen: Ja und Nein. Enter in einer leeren Zeile öffnet die Umfrage.",
  yes: "Ja",
  no: "Nein",
  several: "Mehrere Antworten erlaubt",
  one: "Eine Umfrage braucht mindestens zwei Antworten.",
  many: `Eine Umfrage hat bis zu ${LIMITS.options} Antworten.`,
  long: `Eine Antwort hat bis zu ${LIMITS.optionLength} Zeichen.`,
} as const;

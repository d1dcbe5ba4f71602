export const words = {
  name: "Évaluation",
  example: "Que pensez-vous du rythme ?",
  steps: "Échelons",
  ranges: { "1-5": "1 à 5", "1-10": "1 à 10", "0-10": "0 à 10" },
  from: "Le plus bas veut dire",
  fromExample: "trop lent",
  to: "Le plus haut veut dire",
  toExample: "trop rapide",
  both: "Veuillez dire ce que veulent dire les deux bouts, ou aucun.",
} as const;

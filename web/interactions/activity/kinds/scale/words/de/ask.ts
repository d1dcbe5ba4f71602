export const words = {
  name: "Bewertung",
  example: "Wie ist das Tempo?",
  steps: "Stufen",
  ranges: { "1-5": "1 bis 5", "1-10": "1 bis 10", "0-10": "0 bis 10" },
  from: "Die niedrigste heißt",
  fromExample: "zu langsam",
  to: "Die höchste heißt",
  toExample: "zu schnell",
  both: "Bitte sagen, was beide Enden heißen, oder keines.",
} as const;

export const words = {
  name: "Rating",
  example: "How is the pace?",
  steps: "Steps",
  ranges: { "1-5": "1 to 5", "1-10": "1 to 10", "0-10": "0 to 10" },
  from: "The lowest means",
  fromExample: "too slow",
  to: "The highest means",
  toExample: "too fast",
  both: "Please say what both ends mean, or neither.",
} as const;

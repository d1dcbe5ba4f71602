export const words = {
  name: "Reihenfolge",
  place: (mean: string) => `ø ${mean}`,
  mean: (mean: string) => `Platz ${mean} im Mittel`,
  firsts: (count: number) => `${count.toLocaleString("de")} × Platz 1`,
  was: (place: number) => `vorher ${place}.`,
  belongs: (place: number) => `richtig: ${place}.`,
} as const;

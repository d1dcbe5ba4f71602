export const words = {
  name: "Évaluation",
  before: (count: number) => `${count.toLocaleString("fr")} au tour précédent`,
} as const;

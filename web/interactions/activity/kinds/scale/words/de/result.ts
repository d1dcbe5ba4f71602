export const words = {
  name: "Bewertung",
  before: (count: number) => `${count.toLocaleString("de")} in der Runde davor`,
} as const;

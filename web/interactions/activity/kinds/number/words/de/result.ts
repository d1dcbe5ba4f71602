export const words = {
  name: "Zahl",
  right: (number: string) => `Richtig: ${number}`,
  rightRange: (from: string, to: string) => `Richtig: ${from} bis ${to}`,
  range: (from: string, to: string) => `${from}–${to}`,
  below: (number: string) => `< ${number}`,
  above: (number: string) => `≥ ${number}`,
  before: (count: number) => `${count.toLocaleString("de")} in der Runde davor`,
} as const;

export const words = {
  name: "Number",
  right: (number: string) => `Right: ${number}`,
  rightRange: (from: string, to: string) => `Right: ${from} to ${to}`,
  range: (from: string, to: string) => `${from}–${to}`,
  below: (number: string) => `< ${number}`,
  above: (number: string) => `≥ ${number}`,
  before: (count: number) => `${count.toLocaleString("en")} in the round before`,
} as const;

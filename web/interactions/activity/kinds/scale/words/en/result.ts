export const words = {
  name: "Rating",
  before: (count: number) => `${count.toLocaleString("en")} in the round before`,
} as const;

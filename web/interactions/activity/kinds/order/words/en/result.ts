export const words = {
  name: "Order",
  place: (mean: string) => `ø ${mean}`,
  mean: (mean: string) => `mean place ${mean}`,
  firsts: (count: number) => `${count.toLocaleString("en")} × first`,
  was: (place: number) => `was ${place}.`,
  belongs: (place: number) => `right: ${place}.`,
} as const;

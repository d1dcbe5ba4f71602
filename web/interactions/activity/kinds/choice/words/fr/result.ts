export const words = {
  name: "Sondage",
  before: (share: string) => `${share} au tour précédent`,
} as const;

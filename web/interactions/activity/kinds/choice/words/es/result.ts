export const words = {
  name: "Encuesta",
  before: (share: string) => `${share} en la ronda anterior`,
} as const;

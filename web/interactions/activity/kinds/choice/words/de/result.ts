export const words = {
  name: "Umfrage",
  before: (share: string) => `${share} in der Runde davor`,
} as const;

export const words = {
  name: "Poll",
  before: (share: string) => `${share} in the round before`,
} as const;

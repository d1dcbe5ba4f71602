export const words = {
  name: "استطلاع",
  before: (share: string) => `${share} في الجولة السابقة`,
} as const;

export const words = { name: "Open question" } as const;

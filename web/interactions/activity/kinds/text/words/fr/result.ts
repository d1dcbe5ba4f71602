export const words = { name: "Question ouverte" } as const;

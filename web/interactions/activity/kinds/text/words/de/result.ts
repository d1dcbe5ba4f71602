export const words = { name: "Offene Frage" } as const;

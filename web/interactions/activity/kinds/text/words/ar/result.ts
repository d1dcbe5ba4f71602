export const words = { name: "سؤال مفتوح" } as const;

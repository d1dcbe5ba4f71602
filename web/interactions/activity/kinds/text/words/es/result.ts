export const words = { name: "Pregunta abierta" } as const;

export const words = {
  name: "Valoración",
  example: "¿Qué tal el ritmo?",
  steps: "Escala",
  ranges: { "1-5": "1 a 5", "1-10": "1 a 10", "0-10": "0 a 10" },
  from: "El mínimo significa",
  fromExample: "muy lento",
  to: "El máximo significa",
  toExample: "muy rápido",
  both: "Di qué significan ambos extremos, o ninguno.",
} as const;

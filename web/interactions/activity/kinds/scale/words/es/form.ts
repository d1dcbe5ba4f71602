export const words = {
  send: "Enviar",
  final: "Elige uno y envía. Después no se puede cambiar.",
  step: (step: string, meaning: string | undefined) => (meaning === undefined ? step : `${step}, ${meaning}`),
} as const;

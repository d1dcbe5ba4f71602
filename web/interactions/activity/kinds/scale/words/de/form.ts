export const words = {
  send: "Senden",
  final: "Eine Stufe wählen, dann senden. Danach lässt sie sich nicht mehr ändern.",
  step: (step: string, meaning: string | undefined) => (meaning === undefined ? step : `${step}, ${meaning}`),
} as const;

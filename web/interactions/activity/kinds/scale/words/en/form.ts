export const words = {
  send: "Send",
  final: "Choose one, then send. It can't be changed afterwards.",
  step: (step: string, meaning: string | undefined) => (meaning === undefined ? step : `${step}, ${meaning}`),
} as const;

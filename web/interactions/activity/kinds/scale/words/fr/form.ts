export const words = {
  send: "Envoyer",
  final: "Choisissez un échelon, puis envoyez. Il ne pourra plus être modifié.",
  step: (step: string, meaning: string | undefined) => (meaning === undefined ? step : `${step}, ${meaning}`),
} as const;

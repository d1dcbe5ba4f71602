export const words = {
  send: "Envoyer",
  several: (most: number) => `Cochez-en ${most} au plus, puis envoyez.`,
  any: "Cochez tous vos choix, puis envoyez.",
  final: "Choisissez une réponse, puis envoyez. Elle ne pourra plus être modifiée.",
} as const;

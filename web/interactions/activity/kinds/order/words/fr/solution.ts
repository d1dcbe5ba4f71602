export const words = {
  place: (place: number) => `Place ${place}`,
  twice: "Veuillez mettre chaque réponse à une seule place.",
} as const;

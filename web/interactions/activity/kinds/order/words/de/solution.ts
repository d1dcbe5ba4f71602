export const words = {
  place: (place: number) => `Platz ${place}`,
  twice: "Bitte jede Antwort an genau einen Platz setzen.",
} as const;

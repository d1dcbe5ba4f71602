export const words = {
  place: (place: number) => `Place ${place}`,
  twice: "Please put each option in one place.",
} as const;

export const words = {
  place: (place: number) => `Puesto ${place}`,
  twice: "Pon cada opción en un solo puesto.",
} as const;

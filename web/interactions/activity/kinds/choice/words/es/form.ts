export const words = {
  send: "Enviar",
  several: (most: number) => `Marca hasta ${most} y envía.`,
  any: "Marca todas las que elijas y envía.",
  final: "Elige una y envía. Después no se puede cambiar.",
} as const;

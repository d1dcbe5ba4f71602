export const words = {
  label: (most: number) => (most === 1 ? "Una palabra" : `Hasta ${most} palabras`),
  add: "Añadir",
  send: "Enviar",
  yours: "Tus palabras",
  remove: (word: string) => `Quitar ${word}`,
  removed: (word: string) => `${word} quitada`,
  added: (word: string, left: number) =>
    `${word} añadida${left > 0 ? `, ${left === 1 ? "queda" : "quedan"} ${left}` : ""}`,
  long: "Hazla más corta: una palabra tiene hasta 32 caracteres.",
  known: "Ya tienes esta palabra.",
  none: "Escribe una palabra.",
  full: (most: number) => (most === 1 ? "Quítala para enviar otra." : "Quita una para enviar otra."),
  final: "Envíalas cuando termines: después no se pueden cambiar.",
  said: "Palabras de la sala",
} as const;

/** So much of an answer is said where something is said of it. */
const SPOKEN = 40;

/** What is said of open answers where they are read. */
export const texts = {
  title: "Respuestas abiertas",
  onBoard: "Respuestas abiertas en el tablero",
  notRead: "Ahora mismo no se pueden leer las respuestas.",
  nothing: "Aún no hay respuestas.",
  more: "Leer más",
  all: "Leerla entera",
  less: "Mostrar menos",
  again: "Leerlas otra vez",
  takeOut: "Sacar",
  putBack: "Devolver",
  block: "Bloquear…",
  askBlock: {
    title: "¿Bloquear a quien escribió esto?",
    text: "Ya no se acepta nada suyo. Lo que escribió se saca, y lo que envió y votó se quita de los recuentos.",
    confirm: "Bloquear",
  },
  blocked: (text: string) => `Bloqueado quien escribió: ${text.slice(0, SPOKEN)}`,
  undo: "Deshacer",
  notBlocked: "Entretanto escribió otra cosa, o su nombre se borró. Mira la lista otra vez.",
  of: (action: string, text: string) => `${action}: ${text.slice(0, SPOKEN)}`,
} as const;

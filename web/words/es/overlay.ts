/** The page in a stream. Whoever sets it up reads this, and then perhaps everybody: a sentence, and no more. */
export const overlay = {
  title: "Superposición · revint",
  name: "Superposición",
  connecting: "Conectando…",
  incomplete:
    "Esta dirección no está completa: cópiala otra vez desde el escenario (Controles, Superposiciones).",
  notFound: "Esta sesión no existe: quizá se haya eliminado.",
  revoked: "La clave de esta superposición no es válida, o ya no lo es. Crea otra en el escenario.",
  refused: "El servicio no aceptó esta superposición. Inténtalo más tarde.",
  unknown: (name: string, value: string, known: readonly string[]) =>
    `No se conoce «${name}=${value}»: ${known.join(", ")}.`,
} as const;

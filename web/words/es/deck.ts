/** The page of a deck that a host has brought along. */
export const deck = {
  title: (title: string) => `${title} · revint`,
  opening: "Abriendo la presentación…",
  printing: (count: number, all: number) => `Dibujando la página ${count} de ${all} para imprimir…`,
  /** What a page is called that has no words. */
  page: (number: number, count: number) => `Página ${number} de ${count}`,
  /** In place of a page. */
  broken: {
    title: (number: number) => `La página ${number} no se puede dibujar`,
    text: "El ponente puede exportar otra vez el PDF desde el programa original y subir ese archivo.",
  },
  arrival: {
    waiting: "Esperando la red. Esta página aparece en cuanto vuelva.",
    gone: "El resto de esta presentación ya no está: se eliminó entretanto.",
  },
  problems: {
    missing: {
      title: "Esta presentación no existe",
      text: "Quizá se haya eliminado. Revisa el enlace o pregunta a quien te lo dio.",
    },
    unreachable: {
      title: "Ahora no se puede abrir la presentación",
      text: "Revisa tu conexión e inténtalo otra vez.",
    },
    broken: {
      title: "Este PDF no se puede mostrar",
      text: "Expórtalo otra vez desde el programa original y sube ese archivo.",
    },
    password: {
      title: "Este PDF está protegido con contraseña",
      text: "Guárdalo sin contraseña y sube ese archivo.",
    },
  },
  /** The speaker's own window. */
  speaker: {
    key: "Vista del ponente",
    title: (title: string) => `Vista del ponente · ${title}`,
    slide: (number: number, count: number) => `Diapositiva ${number} de ${count}`,
    elapsed: "Tiempo desde el inicio",
    restart: "Reiniciar",
    previous: "Anterior",
    next: "Siguiente",
    current: "Ahora en la pantalla",
    upcoming: "Siguiente",
    last: "Esta es la última diapositiva.",
    notes: "Notas",
    noNotes: "Esta diapositiva no tiene.",
    pdf: "Un PDF no trae notas. Las diapositivas escritas en Markdown sí las tienen, a partir de una línea que empieza con «Note:».",
    notOwn: "Solo quien es dueño de la presentación ve sus notas. ¿Es tuya?",
    signIn: "Entrar",
    lookAgain: "Volver a mirar",
    lost: "La ventana de la presentación no responde. Vuelve a ella, o abre la presentación otra vez y pulsa S allí.",
    alone: {
      title: "Esta es la ventana del ponente",
      text: "Abre la presentación y pulsa S allí: entonces esta ventana la sigue.",
      open: "Abrir presentación",
    },
  },
} as const;

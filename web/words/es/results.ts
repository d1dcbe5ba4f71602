import { number, plural } from "./plural.ts";

const brokenAfter = (what: string) =>
  `La descarga se cortó después de ${what}, y reintentarla no sirvió. No se guardó nada: inténtalo otra vez con mejor conexión.`;

/** The page of a session's results. */
export const results = {
  title: "Resultados · revint",
  titleOf: (name: string) => `${name} · resultados · revint`,
  heading: "Resultados",
  connecting: "Leyendo los resultados…",
  noSession: {
    title: "¿Qué sesión?",
    text: "Este enlace no indica ninguna sesión. Pega tu token de anfitrión, o el nombre de la sesión o su enlace para unirse.",
  },
  notFound: {
    title: "Esta sesión no existe",
    text: "Quizá el enlace esté incompleto, o la sesión y sus resultados se hayan borrado. Para intentarlo otra vez, pega tu token de anfitrión, o el nombre de la sesión o su enlace para unirse.",
  },
  openSession: "Ver sus resultados",
  notPublic: {
    title: "Estos resultados no están abiertos",
    text: "Solo los ven sus anfitriones, si no los abren para todos.",
  },
  failed: { title: "Ahora mismo no funciona", text: "Inténtalo otra vez en un momento." },
  deleted: {
    title: "Todo está eliminado",
    text: "La sesión, sus reacciones y quienes participaron se han borrado.",
  },
  ask: {
    title: "Resultados",
    text: "Pega el token de anfitrión de esta sesión o el enlace con el que te invitaron. Se queda en esta pestaña.",
  },
  isHost: "¿Eres anfitrión o coanfitrión?",
  open: "Abrir",
  badToken:
    "Esto no abre esta sesión. Comprueba que lo pegaste completo y que es de esta charla y esta fecha; quizá haya caducado o se haya retirado la invitación.",
  live: "En curso",
  over: (at: string) => `Terminó ${at}`,
  people: "Personas",
  most: "Máximo a la vez",
  length: "Duración",
  course: "Cómo fue",
  perBucket: (seconds: string) => `Reacciones en ${seconds}`,
  peoplePresent: (most: number) => `Personas presentes, hasta ${number(most)}`,
  upTo: (count: number) => `hasta ${number(count)}`,
  courseSummary: (total: number, people: number, slides: number) =>
    `${plural(total, "reacción", "reacciones")} de ${plural(people, "persona", "personas")} en ${plural(slides, "diapositiva", "diapositivas")}; los números están en la tabla de abajo.`,
  nothing: "Sin reacciones.",
  count: (count: number) => plural(count, "reacción", "reacciones"),
  moments: "Momentos que destacaron",
  factor: (factor: string) => `${factor}× lo habitual`,
  recap: "Resumen para tu público",
  take: "Llévatelo",
  exports: {
    reactions: { xlsx: "Hoja de cálculo (Excel)", csv: "Hoja de cálculo (CSV)", ndjson: "Datos (NDJSON)" },
    answers: { xlsx: "Respuestas (Excel)", csv: "Respuestas (CSV)", ndjson: "Respuestas (NDJSON)" },
    questions: { xlsx: "Preguntas (Excel)", csv: "Preguntas (CSV)", ndjson: "Preguntas (NDJSON)" },
  },
  print: "Imprimir o guardar en PDF",
  saving: (rows: number, total: number) => `Guardando ${number(Math.min(rows, total))} de ${number(total)}…`,
  savingOf: {
    answers: (rows: number) => `Guardando ${plural(rows, "respuesta", "respuestas")}…`,
    questions: (rows: number) => `Guardando ${plural(rows, "pregunta", "preguntas")}…`,
  },
  saved: "Guardado.",
  resuming: "Se cortó la conexión. Seguimos en un momento…",
  broken: (rows: number, total: number) =>
    brokenAfter(`${number(Math.min(rows, total))} de ${plural(total, "reacción", "reacciones")}`),
  brokenOf: {
    answers: (rows: number) => brokenAfter(plural(rows, "respuesta", "respuestas")),
    questions: (rows: number) => brokenAfter(plural(rows, "pregunta", "preguntas")),
  },
  refused: "El servicio ya no entrega esta descarga. Vuelve a abrir esta página.",
  host: "Para el anfitrión",
  moderator: "Para moderadores",
  everyone: "Cualquiera con el enlace puede ver estos resultados",
  isPublic: "Ahora cualquiera con el enlace puede ver estos resultados.",
  isPrivate: "Ahora solo los anfitriones ven estos resultados.",
  link: "Enlace a estos resultados",
  ended: {
    title: "La sesión ha terminado. Sus resultados se quedan.",
    text: "Todos los teléfonos se han despedido y ya nadie puede reaccionar.",
  },
  alreadyEnded: "La sesión ha terminado; esto ya no se puede cambiar.",
  notDone: "El servicio no lo hizo. Inténtalo otra vez.",
  remove: "Eliminar todo…",
  askDelete: {
    title: "¿Eliminar todo?",
    text: "La sesión, todas las reacciones y quienes participaron se borran para siempre. Las descargas que has guardado siguen siendo tuyas.",
    word: "eliminar",
    type: (word: string) => `Escribe «${word}» para confirmar`,
    confirm: "Eliminar para siempre",
  },
  deleting: "Eliminando…",
  left: (what: readonly string[]) => `Eliminando… aún faltan: ${what.join(", ")}`,
  leftNames: {
    rooms: "reacciones",
    hosts: "anfitriones",
    users: "personas que se unieron",
    results: "totales",
  } as Readonly<Record<string, string>>,
} as const;

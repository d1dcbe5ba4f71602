import type { ErrorCode } from "../../../../client/error.ts";
import { number, plural } from "../../../../words/es/plural.ts";

/** On the phone. */
export const phone = {
  tab: "Preguntas",
  ask: {
    label: "Pregunta al ponente",
    send: "Enviar",
    withName: "Con mi nombre: ",
    nameless: "Tu nombre ya no se conoce. Pon uno o pregunta sin nombre.",
    moderated: "Un moderador la lee antes.",
    off: "El anfitrión no acepta preguntas en este momento.",
    left: (count: number) => `${count === 1 ? "Queda" : "Quedan"} ${plural(count, "carácter", "caracteres")}`,
    over: (count: number) => `${plural(count, "carácter", "caracteres")} de más`,
    sent: "Tu pregunta está en camino.",
    waits: "Tu pregunta está guardada en este teléfono; se envía cuando vuelva la conexión.",
    back: "Tu texto está otra vez en el campo.",
  },
  own: {
    title: "Tus preguntas",
    sending: "Enviando…",
    away: "Esperando la red. Se envía cuando vuelva la conexión.",
    pending: "Esperando a un moderador. Nadie más la ve todavía.",
    published: "Enviada. Todos pueden verla.",
    answered: "Respondida",
    hidden: "El anfitrión la ha ocultado. Nadie más la ve.",
    merged: "Unida: otra pregunta pide lo mismo.",
    showOther: "Mostrar esa",
    withdraw: "Retirar",
    sure: "¿Retirarla?",
    yes: "Sí, retirar",
    no: "Dejarla",
    withdrawn: "Tu pregunta está retirada.",
  },
  /** What is said when something happens to an own question. */
  told: {
    published: "Todos pueden ver ya tu pregunta.",
    answered: "Tu pregunta tiene respuesta.",
    hidden: "El anfitrión ha ocultado tu pregunta.",
    pinned: "Ahora se responde tu pregunta.",
  },
  list: {
    title: "Preguntas del público",
    order: "Orden",
    votes: "Más votadas",
    newest: "Recientes",
    nothing: "Aún no hay preguntas.",
    first: "Aún no hay preguntas. La tuya puede ser la primera.",
    pinned: "Se responde ahora",
    answered: "Respondidas",
    answer: "La respuesta del anfitrión",
    yours: "Tuya",
    gone: "Esta pregunta ya no está.",
    more: (left: number) => `Mostrar más (${number(left)})`,
    reading: "Leyendo más…",
    notRead: "Ahora mismo no se pueden leer más preguntas.",
    changes: (count: number) => `${plural(count, "cambio", "cambios")}, mostrar`,
    all: "Mostrarla entera",
    less: "Mostrar menos",
    counted: (count: number) => plural(count, "voto", "votos"),
    vote: (count: number) => `Yo también quiero que se responda, ${plural(count, "voto", "votos")}`,
  },
  /** One of the two at least. */
  kept: (questions: number, votes: number) => {
    const all = [
      ...(questions > 0 ? [plural(questions, "pregunta", "preguntas")] : []),
      ...(votes > 0 ? [plural(votes, "voto", "votos")] : []),
    ];
    return `En este teléfono: ${all.join(" y ")}; se envía cuando vuelva la conexión`;
  },
  /** Why a question is not taken. @param isMany this person has several that wait */
  askRefused: (code: ErrorCode, isMany: boolean): string => {
    if (code === "too_many_questions" && isMany) return TOO_MANY_OWN;
    return ASK_REFUSED[code] ?? "No se aceptó tu pregunta. Inténtalo otra vez.";
  },
  /** Why a vote does not count. */
  voteRefused: (code: ErrorCode): string => VOTE_REFUSED[code] ?? "Tu voto no contó. Inténtalo otra vez.",
  /** Why a question could not be withdrawn. */
  withdrawRefused: (code: ErrorCode): string =>
    WITHDRAW_REFUSED[code] ?? "No se pudo retirar tu pregunta. Inténtalo otra vez.",
} as const;

const TOO_MANY_OWN =
  "Tienes tres preguntas que esperan respuesta. Retira una de ellas o espera a que se responda una.";

const ASK_REFUSED: Readonly<Record<string, string>> = {
  too_many_questions: "No hay sitio para otra pregunta en esta sesión.",
  questions_off: "El anfitrión no acepta preguntas en este momento.",
  blocked: "El anfitrión no acepta tus preguntas en este momento.",
  session_ended: "La sesión ha terminado.",
  invalid_request: "Esto no se puede preguntar: hasta 500 caracteres, y algo que se pueda leer.",
  network: "No se pudo enviar tu pregunta.",
};

const VOTE_REFUSED: Readonly<Record<string, string>> = {
  question_not_found: "Esta pregunta ya no está.",
  own_question: "Nadie vota por su propia pregunta.",
  question_fixed: "Esta pregunta se respondió entretanto: sus votos se quedan como están.",
  questions_off: "El anfitrión no acepta votos en este momento.",
  blocked: "El anfitrión no acepta tus votos en este momento.",
  session_ended: "La sesión ha terminado.",
  network: "No se pudo enviar tu voto.",
};

const WITHDRAW_REFUSED: Readonly<Record<string, string>> = {
  question_fixed: "Se respondió entretanto, y se queda.",
  question_not_found: "Ya no está.",
  session_ended: "La sesión ha terminado: lo preguntado se queda.",
  network: "Se puede retirar cuando vuelva la conexión.",
};

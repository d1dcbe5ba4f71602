import type { RecapStatus } from "../../../shared/protocol/recap.ts";
import { number, plural } from "./plural.ts";

/** The page after the talk: what readers press, and what its host is told. */
export const recap = {
  title: "Resumen · revint",
  heading: "Resumen",
  connecting: "Buscando el resumen…",
  noSession: {
    title: "¿Qué sesión?",
    text: "Este enlace no indica ninguna sesión. Pega tu token de anfitrión, o el nombre de la sesión o su enlace para unirse.",
  },
  openSession: "Abrir su resumen",
  notFound: {
    title: "Este resumen no existe",
    text: "Quizá el enlace esté incompleto, o la sesión y todo lo que tenía se hayan eliminado. Pregunta a quien te dio el enlace, o pega tu token de anfitrión, o el nombre de la sesión o su enlace para unirse.",
  },
  nothing: {
    title: "Todavía no hay nada que leer",
    text: "El anfitrión no ha publicado el resumen de esta charla. Vuelve más tarde: el enlace será el mismo.",
  },
  failed: { title: "Ahora mismo no funciona", text: "Inténtalo otra vez en un momento." },
  ask: {
    title: "Resumen",
    text: "Pega el token de anfitrión de esta sesión o el enlace con el que te invitaron. Se queda en esta pestaña.",
  },
  again: "Volver a mirar",
  isHost: "¿Eres anfitrión o coanfitrión?",
  open: "Abrir",
  badToken:
    "Esto no abre esta sesión. Comprueba que lo pegaste completo y que es de esta charla y esta fecha; quizá haya caducado o se haya retirado la invitación.",

  tools: {
    name: "Esta página",
    copy: "Copiar enlace",
    share: "Compartir…",
    print: "Imprimir o guardar en PDF",
    copied: "Copiado.",
    notCopied: "Aquí no se puede copiar: copia la dirección desde la barra del navegador.",
  },

  offer: {
    text: "Una página que tu público puede conservar: la charla diapositiva a diapositiva, dónde reaccionó la sala, qué votó y qué preguntó. Nadie la ve antes de que la publiques.",
    make: "Crear el resumen",
    making: "Creando el resumen…",
    open: "Abrir el resumen",
    reading: "Buscando el resumen…",
  },

  bar: "Para anfitriones",
  /** Where it stands, and who can read it. */
  state: (status: RecapStatus): string => `${progressOf(status)} ${readersOf(status)}`,
  /** The same in a list. */
  short: ({ status, publishedAt }: RecapStatus): string => {
    if (status === "none") return "Sin resumen todavía";
    const readers = publishedAt === undefined ? "Resumen sin publicar" : "Resumen publicado";
    return status === "queued" || status === "writing" ? `${readers}, escribiéndose` : readers;
  },
  none: {
    title: "Esta charla aún no tiene resumen",
    text: "Es una página que tu público puede conservar: la charla diapositiva a diapositiva, dónde reaccionó la sala, qué votó y qué preguntó. Puedes cambiar todos los textos, y nadie la ve antes de que la publiques.",
    forCoHosts: "El anfitrión de esta charla puede crearlo. Entonces aparecerá aquí.",
  },
  publish: "Publicar",
  takeBack: "Retirar",
  edit: "Editar el texto",
  remake: "Crear de nuevo…",
  retry: "Probar otra vez el modelo…",
  erase: "Eliminar…",
  link: "Enlace para tu público",
  results: "Resultados",
  published: "Publicado. Ahora cualquiera con el enlace puede leerlo.",
  takenBack: "Retirado. Ahora solo los anfitriones pueden leerlo.",
  changed: "El texto de esta página ya es el más reciente.",
  written: "Escrito hasta ahora",
  progress: "Cuánto está escrito",
  broken: "Se cortó la conexión. El resumen se sigue escribiendo; volvemos a mirar en un momento.",
  erased: "El resumen está eliminado.",
  askRemake: {
    title: "¿Crear el resumen de nuevo?",
    text: "La página se escribe otra vez a partir de lo que guardó la sesión.",
    edited: "Los cambios que has hecho en su texto se pierden.",
    published: "Lo que ven los lectores cambia en cuanto esté el nuevo.",
    confirm: "Crear de nuevo",
  },
  askErase: {
    title: "¿Eliminar el resumen?",
    text: "La página desaparece para siempre y para todos, con todo lo que has cambiado en ella. Los resultados se quedan, y puedes pedir otro resumen.",
    confirm: "Eliminar para siempre",
  },
  editor: {
    title: "Editar el texto",
    text: "Los números, los resultados y las preguntas se quedan como se contaron. Una línea vacía empieza un párrafo nuevo; un campo vacío no dice nada.",
    name: "Título",
    summary: "La charla completa",
    questions: "Preguntas del público",
    save: "Guardar",
    close: "Cerrar sin guardar",
    saved: "Guardado.",
    unsaved: "Hay cambios sin guardar.",
    keep: "Seguir editando",
    discard: "Descartarlos",
    nothing: "No ha cambiado nada.",
    noName: "El título no puede estar vacío.",
    tooMany: (section: string, most: number) =>
      `«${section}» tiene más de ${plural(most, "párrafo", "párrafos")}: une algunos.`,
    tooLong: (section: string, most: number) =>
      `Un párrafo de «${section}» tiene más de ${plural(most, "carácter", "caracteres")}: acórtalo o divídelo.`,
    conflict:
      "El resumen ha cambiado entretanto. Tus palabras siguen aquí: guarda otra vez para ponerlas en lugar de lo que hay ahora.",
    gone: "El resumen se eliminó entretanto. Copia de aquí lo que necesites: ya no se puede guardar.",
  },
  problems: {
    running: "La charla sigue en curso: termina antes la sesión, en su página de resultados.",
    gone: "La sesión se eliminó, y con ella su resumen.",
    missing: "Ya no hay resumen: quizá se haya eliminado en otra ventana.",
    refused: "Ya no puedes hacer esto. Abre esta página otra vez desde tus resultados o tu lista de charlas.",
    busy: (seconds: number) =>
      `Se están creando demasiados resúmenes en este momento. Inténtalo otra vez en ${plural(seconds, "segundo", "segundos")}.`,
    tooLarge: "Es más texto del que cabe en un resumen: acórtalo.",
    notDone: "El servicio no lo hizo. Inténtalo otra vez.",
  },
} as const;

function progressOf({ status, position = 0, by, edited, failure }: RecapStatus): string {
  if (status === "queued") {
    const before =
      position === 0 ? "Es el siguiente." : `Antes ${position === 1 ? "va" : "van"} ${number(position)} más.`;
    return `Esta es una primera versión. Se va a escribir una mejor. ${before}`;
  }
  if (status === "writing") {
    return "Esta es una primera versión. Se está escribiendo una mejor.";
  }
  if (status === "failed") {
    return `${failure ?? "No se pudo escribir la versión mejor."} Lo que ves se compuso sin ella.`;
  }
  if (edited) return "Has editado el texto.";
  return by === "model"
    ? "Escrito por un modelo de lenguaje a partir de lo que guardó la sesión: léelo antes de publicarlo."
    : "Compuesto a partir de lo que guardó la sesión.";
}

const readersOf = ({ publishedAt }: RecapStatus): string =>
  publishedAt === undefined
    ? "Solo los anfitriones pueden leerlo."
    : "Cualquiera con el enlace puede leerlo.";

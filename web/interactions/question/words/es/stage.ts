import { plural } from "../../../../words/es/plural.ts";

/** So much of a question is said where something is said of it. */
const SPOKEN = 60;

/** What was done. */
const DID = {
  published: "Publicada",
  pending: "De nuevo en la cola",
  hidden: "Oculta",
  answered: "Respondida",
  reopened: "Ya no está respondida",
  putBack: "Devuelta",
  pinned: "Fijada",
  unpinned: "Ya no está fijada",
  written: "Respondida por escrito",
  unwritten: "La respuesta está quitada",
  merged: "Unida",
  blocked: "Bloqueado quien la hizo",
} as const;

export type Did = keyof typeof DID;

/** What the stage says of questions from the audience. */
export const stage = {
  title: "Preguntas",
  rule: "Quién puede preguntar",
  rules: {
    off: { name: "No", text: "Nadie puede preguntar ni votar. Lo preguntado se puede seguir leyendo." },
    open: { name: "Abiertas", text: "Todos pueden preguntar y ven cada pregunta al momento." },
    moderated: { name: "Moderadas", text: "Todos pueden preguntar. La sala ve lo que publicas." },
  },
  put: "Mostrar preguntas",
  putAway: "Quitar preguntas del tablero",
  list: "Lista",
  tabs: { pending: "Por publicar", asked: "Publicadas", hidden: "Ocultas" },
  nothing: {
    pending: "Nada espera a que se publique.",
    asked: "La sala aún no ve ninguna pregunta.",
    hidden: "No hay nada oculto.",
  },
  sort: "Orden",
  sorts: { votes: "Por votos", newest: "Recientes" },
  changes: (count: number) => `${plural(count, "cambio", "cambios")}, mostrar`,
  upToDate: "Al día",
  votes: (count: number) => plural(count, "voto", "votos"),
  status: { pending: "por publicar", published: "publicada", answered: "respondida", hidden: "oculta" },
  pinned: "fijada",
  merged: (text: string) => `unida a «${text.slice(0, SPOKEN)}»`,
  mergedAway: "unida a otra",
  unseen: "Nadie ve esta respuesta mientras la pregunta no esté respondida.",
  more: "Más",
  less: "Menos",
  publish: "Publicar",
  putBack: "Devolver",
  hide: "Ocultar",
  pin: "Fijar",
  unpin: "Soltar",
  tick: "Ya respondida",
  reopen: "Sin responder",
  write: "Responder por escrito…",
  rewrite: "Cambiar la respuesta…",
  merge: "Unir…",
  block: "Bloquear a quien la hizo…",
  of: (action: string, text: string) => `${action}: ${text.slice(0, SPOKEN)}`,
  undo: "Deshacer",
  done: (did: Did, text: string): string => `${DID[did]}: ${text.slice(0, SPOKEN)}`,
  keys: {
    title: "Teclas",
    text: "En la lista, para la pregunta que tiene el foco:",
    list: [
      ["↑ ↓", "la anterior, la siguiente"],
      ["Home End", "la primera, la última"],
      ["Enter", "entera, y todo lo que se puede hacer"],
      ["P", "publicarla o devolverla"],
      ["H", "ocultarla"],
      ["A", "respondida o no"],
      ["I", "fijarla o soltarla"],
      ["W", "responder por escrito"],
      ["M", "unirla a otra"],
      ["B", "bloquear a quien la hizo"],
      ["U", "deshacer lo último"],
    ],
  },
  askAnswer: {
    title: "Responder por escrito",
    close: "Cerrar",
    label: "Lo leen todos los que ven la pregunta",
    save: "Guardar",
    remove: "Quitar la respuesta",
    none: "Escribe una respuesta.",
  },
  askMerge: {
    title: "¿A cuál unirla?",
    close: "Cerrar",
    text: "Esta se oculta y lleva a la otra. Los votos se quedan donde están: quizá las mismas personas votaron por ambas.",
    find: "Buscar",
    none: "No hay ninguna.",
    more: (count: number) => `${plural(count, "más", "más")}: escribe algunas de sus palabras.`,
  },
  askBlock: {
    title: "¿Bloquear a quien preguntó esto?",
    text: "Ya no se acepta nada suyo. Lo que preguntó se oculta, y lo que envió y votó se quita de los recuentos.",
    confirm: "Bloquear",
  },
  gone: "Esta pregunta ya no está.",
  notAllowed: "Tu papel en esta sesión no incluye esto: pregunta al anfitrión.",
} as const;

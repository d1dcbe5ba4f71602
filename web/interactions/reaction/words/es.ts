import { number, plural } from "../../../words/es/plural.ts";

/** What is said of reactions everywhere. */
export const reactions = (count: number): string => plural(count, "reacción", "reacciones");

/** Names for screen readers; any other reaction is its own name. */
export const faceNames: Readonly<Record<string, string>> = {
  "👍": "Me gusta",
  "❤️": "Me encanta",
  "😂": "Risa",
  "🤯": "Asombro",
  "👏": "Aplauso",
  "❓": "Pregunta",
};

/** On the phone. */
export const phone = {
  react: "Reacciona a esta diapositiva",
  button: (name: string, count: number) => `${name}, ${number(count)}`,
  sent: (name: string) => `Enviado: ${name}`,
  kept: (count: number) =>
    `${plural(count, "reacción guardada; se envía", "reacciones guardadas; se envían")} cuando vuelva la conexión`,
  refused: "Una reacción no se aceptó.",
  quiet: "Las reacciones están en pausa.",
  blocked: "El anfitrión no acepta tus reacciones en este momento.",
  unconfirmed: (count: number) =>
    count === 1 ? `No se pudo enviar ${reactions(count)}.` : `No se pudieron enviar ${reactions(count)}.`,
  announceTotals: (count: number) => `${reactions(count)} en esta diapositiva`,
} as const;

/** On the stage. */
export const stage = {
  total: "Reacciones",
  bars: "Esta diapositiva",
  offer: {
    title: "Lo que se ofrece",
    nothing: "No se ofrece nada: nadie puede reaccionar.",
    remove: (name: string) => `Quitar ${name}`,
    add: "Una más: un emoji o una palabra corta",
    addIt: "Añadir",
    full: "En un teléfono caben doce. Quita una antes.",
    known: "Esta ya se ofrece.",
    wrong: "Pon un emoji o una palabra de hasta 64 caracteres.",
    reset: "Como al principio",
    ofItsOwn: "Esta diapositiva tiene sus propios botones.",
    any: "Cualquier reacción",
    anyText:
      "También se aceptan palabras que la gente envía desde sus propias aplicaciones, y se muestran en la presentación: sean las que sean.",
  },
  pause: "Pausar reacciones",
  resume: "Reanudar reacciones",
  isPaused: "Las reacciones están en pausa.",
  lively: "Quién reacciona más ahora mismo",
  inMoments: (count: number) => `Una persona, ${reactions(count)} en 10 s`,
  blocked: "Hay una persona bloqueada.",
  unblock: "Dejarla entrar otra vez",
  askBlock: {
    title: "¿Bloquear a esta persona?",
    text: "Sigue viendo la charla; sus reacciones ya no se aceptan.",
    exclude: "Quitar también las reacciones que ya envió: todos los recuentos bajan",
    confirm: "Bloquear",
  },
  pulse: "Reacciones en el tiempo",
  pulseSummary: (total: number, peak: number, from: string) =>
    `${reactions(total)} desde ${from}, como mucho ${number(peak)} por segundo`,
  peak: (rate: number) => `hasta ${rate.toLocaleString("es", { maximumFractionDigits: 1 })} por segundo`,
  tick: (hours: number, minutes: number) =>
    hours === 0 ? `${minutes} min` : minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`,
  start: (at: string) => `desde ${at}`,
  present: "ahora",
} as const;

/** Over a deck and in its slides. */
export const deck = {
  quiet: "Las reacciones están en pausa",
  more: (count: number) => `y ${number(count)} más`,
  counts: "Reacciones en esta diapositiva",
} as const;

/** In the results. */
export const results = {
  total: "Reacciones",
  each: "Por persona",
  slides: "Por diapositiva",
  slide: "Diapositiva",
  shown: "En pantalla",
  sum: "Total",
  all: "Todas",
  table: "Todos los números en una tabla",
  more: (count: number) => `y ${plural(count, "diapositiva", "diapositivas")} con menos reacciones`,
} as const;

import type { ErrorCode } from "../../../../client/error.ts";
import { number, plural } from "../../../../words/es/plural.ts";

/** On the phone. */
export const phone = {
  open: "Pregunta",
  closed: "Cerrada",
  opened: (prompt: string) => `Nueva pregunta: ${prompt}`,
  result: (prompt: string) => `Ya está el resultado: ${prompt}`,
  isOver: (prompt: string) => `Cerrada: ${prompt}`,
  place: (place: number, all: number) => `${place} de ${all}`,
  previous: "Pregunta anterior",
  next: "Pregunta siguiente",
  putAway: "Apartar esto",
  left: (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`,
  leftSpoken: (seconds: number) =>
    `${seconds === 1 ? "Queda" : "Quedan"} ${plural(seconds, "segundo", "segundos")}`,
  yours: "Tu respuesta: ",
  round: (round: number) => `Ronda ${round}`,
  takeBack: "Retirar",
  tookBack: "Tu respuesta está retirada.",
  first: "Vale tu primera respuesta.",
  sending: "Enviando…",
  away: "Guardada en este teléfono; se envía cuando vuelva la conexión.",
  stands: "Enviada. No se puede cambiar.",
  changes: "Enviada. Puedes cambiarla.",
  counted: "Tu respuesta cuenta.",
  none: "No respondiste.",
  nobody: "Nadie ha respondido.",
  right: "Tu respuesta es correcta.",
  wrong: "Tu respuesta no es correcta.",
  score: (points: number, rank: number) =>
    `Tienes ${plural(points, "punto", "puntos")} en el quiz: puesto ${number(rank)}.`,
  kept: (count: number) =>
    `${plural(count, "respuesta guardada; se envía", "respuestas guardadas; se envían")} cuando vuelva la conexión`,
  /** Why an answer is not kept. */
  refused: (code: ErrorCode): string => REFUSED[code] ?? "No se aceptó tu respuesta. Inténtalo otra vez.",
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  activity_closed: "Se cerró antes de que llegara tu respuesta.",
  activity_not_found: "Esta pregunta ya no está.",
  answer_fixed: "Vale tu primera respuesta: no se puede cambiar.",
  answer_not_valid: "Esta respuesta no encaja con la pregunta. Prueba con otra.",
  too_many_words: "No hay sitio para otra respuesta nueva. Da una que ya esté.",
  blocked: "El anfitrión no acepta tus respuestas en este momento.",
  network: "No se pudo enviar tu respuesta.",
};

import type { ErrorCode } from "../../../../client/error.ts";
import { plural } from "../../../../words/de/plural.ts";

/** On the phone. */
export const phone = {
  open: "Frage",
  closed: "Geschlossen",
  opened: (prompt: string) => `Neue Frage: ${prompt}`,
  result: (prompt: string) => `Das Ergebnis ist da: ${prompt}`,
  isOver: (prompt: string) => `Geschlossen: ${prompt}`,
  place: (place: number, all: number) => `${place} von ${all}`,
  previous: "Vorige Frage",
  next: "Nächste Frage",
  putAway: "Weglegen",
  left: (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`,
  leftSpoken: (seconds: number) => `noch ${plural(seconds, "Sekunde", "Sekunden")}`,
  yours: "Meine Antwort: ",
  round: (round: number) => `Runde ${round}`,
  takeBack: "Zurücknehmen",
  tookBack: "Die Antwort ist zurückgenommen.",
  first: "Es gilt die erste Antwort.",
  sending: "Senden …",
  away: "Auf diesem Handy gespeichert; wird gesendet, sobald das Netz wieder da ist.",
  stands: "Gesendet. Nicht mehr zu ändern.",
  changes: "Gesendet. Lässt sich noch ändern.",
  counted: "Die Antwort zählt.",
  none: "Nicht beantwortet.",
  nobody: "Niemand hat geantwortet.",
  right: "Die Antwort ist richtig.",
  wrong: "Die Antwort ist nicht richtig.",
  score: (points: number, rank: number) =>
    `${plural(points, "Punkt", "Punkte")} im Quiz: Rang ${rank.toLocaleString("de")}.`,
  kept: (count: number) =>
    `${plural(count, "Antwort", "Antworten")} gespeichert; gesendet wird, sobald das Netz wieder da ist`,
  /** Why an answer is not kept. */
  refused: (code: ErrorCode): string =>
    REFUSED[code] ?? "Die Antwort wurde nicht angenommen. Bitte noch einmal versuchen.",
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  activity_closed: "Geschlossen, bevor die Antwort ankam.",
  activity_not_found: "Diese Frage ist nicht mehr da.",
  answer_fixed: "Es gilt die erste Antwort: Sie lässt sich nicht ändern.",
  answer_not_valid: "Diese Antwort passt nicht zur Frage. Bitte eine andere versuchen.",
  too_many_words: "Für noch eine neue Antwort ist kein Platz. Bitte eine geben, die schon da ist.",
  blocked: "Der Host nimmt im Moment keine Antworten von hier an.",
  network: "Die Antwort konnte nicht gesendet werden.",
};

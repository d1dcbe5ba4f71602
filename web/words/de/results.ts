import { plural } from "./plural.ts";

const brokenAfter = (what: string) =>
  `Der Download brach nach ${what} ab, und ein neuer Versuch half nicht. Es wurde nichts gespeichert: Bitte mit einer besseren Verbindung noch einmal versuchen.`;

/** The page of a session's results. */
export const results = {
  title: "Ergebnisse · revint",
  titleOf: (name: string) => `${name} · Ergebnisse · revint`,
  heading: "Ergebnisse",
  connecting: "Ergebnisse werden gelesen …",
  noSession: {
    title: "Welche Session?",
    text: "Dieser Link nennt keine Session. Bitte das Host-Token, den Namen der Session oder ihren Teilnahmelink einfügen.",
  },
  notFound: {
    title: "Session nicht gefunden",
    text: "Der Link ist vielleicht unvollständig, oder die Session und ihre Ergebnisse wurden vergessen. Für einen neuen Versuch bitte das Host-Token, den Namen der Session oder ihren Teilnahmelink einfügen.",
  },
  openSession: "Ergebnisse zeigen",
  notPublic: {
    title: "Diese Ergebnisse sind nicht offen",
    text: "Nur die Hosts sehen sie, solange sie sie nicht für alle öffnen.",
  },
  failed: { title: "Das geht gerade nicht", text: "Bitte gleich noch einmal versuchen." },
  deleted: {
    title: "Alles ist gelöscht",
    text: "Die Session, ihre Reaktionen und alle, die mitgemacht haben, sind vergessen.",
  },
  ask: {
    title: "Ergebnisse",
    text: "Bitte das Host-Token dieser Session oder den Einladungslink einfügen. Es bleibt in diesem Tab.",
  },
  isHost: "Host oder Co-Host?",
  open: "Öffnen",
  badToken:
    "Das öffnet diese Session nicht. Bitte prüfen, ob es vollständig eingefügt ist und zu diesem Vortrag und Datum gehört; vielleicht ist es abgelaufen, oder eine Einladung wurde zurückgenommen.",
  live: "Läuft",
  over: (at: string) => `Beendet ${at}`,
  people: "Personen",
  most: "Höchstens zugleich",
  length: "Dauer",
  course: "Der Verlauf",
  perBucket: (seconds: string) => `Reaktionen in ${seconds}`,
  peoplePresent: (most: number) => `Anwesende, bis zu ${most.toLocaleString("de")}`,
  upTo: (count: number) => `bis zu ${count.toLocaleString("de")}`,
  courseSummary: (total: number, people: number, slides: number) =>
    `${plural(total, "Reaktion", "Reaktionen")} von ${plural(people, "Person", "Personen")} auf ${plural(slides, "Folie", "Folien")}; die Zahlen stehen in der Tabelle unten.`,
  nothing: "Keine Reaktionen.",
  count: (count: number) => plural(count, "Reaktion", "Reaktionen"),
  moments: "Momente, die herausstachen",
  factor: (factor: string) => `${factor}× so viel wie üblich`,
  recap: "Rückblick für das Publikum",
  take: "Zum Mitnehmen",
  exports: {
    reactions: { xlsx: "Tabelle (Excel)", csv: "Tabelle (CSV)", ndjson: "Daten (NDJSON)" },
    answers: { xlsx: "Antworten (Excel)", csv: "Antworten (CSV)", ndjson: "Antworten (NDJSON)" },
    questions: { xlsx: "Fragen (Excel)", csv: "Fragen (CSV)", ndjson: "Fragen (NDJSON)" },
  },
  print: "Drucken oder als PDF sichern",
  saving: (rows: number, total: number) =>
    `Speichern: ${Math.min(rows, total).toLocaleString("de")} von ${total.toLocaleString("de")} …`,
  savingOf: {
    answers: (rows: number) => `Speichern: ${plural(rows, "Antwort", "Antworten")} …`,
    questions: (rows: number) => `Speichern: ${plural(rows, "Frage", "Fragen")} …`,
  },
  saved: "Gespeichert.",
  resuming: "Die Verbindung ist abgebrochen. Gleich geht es weiter …",
  broken: (rows: number, total: number) =>
    brokenAfter(
      `${Math.min(rows, total).toLocaleString("de")} von ${plural(total, "Reaktion", "Reaktionen")}`,
    ),
  brokenOf: {
    answers: (rows: number) => brokenAfter(plural(rows, "Antwort", "Antworten")),
    questions: (rows: number) => brokenAfter(plural(rows, "Frage", "Fragen")),
  },
  refused: "Der Dienst gibt diesen Download nicht mehr heraus. Bitte diese Seite neu öffnen.",
  host: "Für den Host",
  moderator: "Für die Moderation",
  everyone: "Alle mit dem Link dürfen diese Ergebnisse sehen",
  isPublic: "Alle mit dem Link dürfen diese Ergebnisse jetzt sehen.",
  isPrivate: "Nur die Hosts sehen diese Ergebnisse jetzt.",
  link: "Link zu diesen Ergebnissen",
  ended: {
    title: "Die Session ist beendet. Ihre Ergebnisse bleiben.",
    text: "Alle Handys haben sich verabschiedet, und niemand kann mehr reagieren.",
  },
  alreadyEnded: "Die Session ist beendet; das lässt sich nicht mehr ändern.",
  notDone: "Der Dienst hat das nicht getan. Bitte noch einmal versuchen.",
  remove: "Alles löschen …",
  askDelete: {
    title: "Alles löschen?",
    text: "Die Session, jede Reaktion und alle, die mitgemacht haben, werden endgültig gelöscht. Gespeicherte Downloads bleiben.",
    word: "löschen",
    type: (word: string) => `Zur Bestätigung „${word}“ eintippen`,
    confirm: "Endgültig löschen",
  },
  deleting: "Wird gelöscht …",
  left: (what: readonly string[]) => `Wird gelöscht … noch übrig: ${what.join(", ")}`,
  leftNames: {
    rooms: "Reaktionen",
    hosts: "Hosts",
    users: "Teilnehmende",
    results: "Summen",
  } as Readonly<Record<string, string>>,
} as const;

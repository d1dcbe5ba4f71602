import type { RecapStatus } from "../../../shared/protocol/recap.ts";
import { plural } from "./plural.ts";

/** The page after the talk: what readers press, and what its host is told. */
export const recap = {
  title: "Rückblick · revint",
  heading: "Rückblick",
  connecting: "Rückblick wird gesucht …",
  noSession: {
    title: "Welche Session?",
    text: "Dieser Link nennt keine Session. Bitte das Host-Token, den Namen der Session oder ihren Teilnahmelink einfügen.",
  },
  openSession: "Rückblick öffnen",
  notFound: {
    title: "Diesen Rückblick gibt es nicht",
    text: "Der Link ist vielleicht unvollständig, oder die Session wurde mit allem gelöscht. Bitte dort nachfragen, woher der Link kam, oder das Host-Token, den Namen der Session oder ihren Teilnahmelink einfügen.",
  },
  nothing: {
    title: "Noch gibt es nichts zu lesen",
    text: "Der Rückblick auf diesen Vortrag ist noch nicht veröffentlicht. Bitte später wiederkommen: Der Link bleibt derselbe.",
  },
  failed: { title: "Das geht gerade nicht", text: "Bitte gleich noch einmal versuchen." },
  ask: {
    title: "Rückblick",
    text: "Bitte das Host-Token dieser Session oder den Einladungslink einfügen. Es bleibt in diesem Tab.",
  },
  again: "Nachsehen",
  isHost: "Host oder Co-Host?",
  open: "Öffnen",
  badToken:
    "Das öffnet diese Session nicht. Bitte prüfen, ob es vollständig eingefügt ist und zu diesem Vortrag und Datum gehört; vielleicht ist es abgelaufen, oder eine Einladung wurde zurückgenommen.",

  tools: {
    name: "Diese Seite",
    copy: "Link kopieren",
    share: "Teilen …",
    print: "Drucken oder als PDF sichern",
    copied: "Kopiert.",
    notCopied:
      "Kopieren ist hier nicht möglich: Bitte die Adresse aus der Adresszeile des Browsers kopieren.",
  },

  offer: {
    text: "Eine Seite, die das Publikum behält: der Vortrag Folie für Folie, wo reagiert, wie abgestimmt und was gefragt wurde. Niemand sieht sie, bevor Sie sie veröffentlichen.",
    make: "Rückblick erstellen",
    making: "Rückblick wird erstellt …",
    open: "Rückblick öffnen",
    reading: "Rückblick wird gesucht …",
  },

  bar: "Für Hosts",
  /** Where it stands, and who can read it. */
  state: (status: RecapStatus): string => `${progressOf(status)} ${readersOf(status)}`,
  /** The same in a list. */
  short: ({ status, publishedAt }: RecapStatus): string => {
    if (status === "none") return "Noch kein Rückblick";
    const readers = publishedAt === undefined ? "Rückblick nicht veröffentlicht" : "Rückblick veröffentlicht";
    return status === "queued" || status === "writing" ? `${readers}, wird geschrieben` : readers;
  },
  none: {
    title: "Dieser Vortrag hat noch keinen Rückblick",
    text: "Das ist eine Seite, die das Publikum behält: der Vortrag Folie für Folie, wo reagiert, wie abgestimmt und was gefragt wurde. Jeder Text lässt sich ändern, und niemand sieht die Seite, bevor Sie sie veröffentlichen.",
    forCoHosts: "Der Host dieses Vortrags kann einen erstellen lassen. Dann erscheint er hier.",
  },
  publish: "Veröffentlichen",
  takeBack: "Zurücknehmen",
  edit: "Text bearbeiten",
  remake: "Neu erstellen …",
  retry: "Noch einmal mit dem Modell …",
  erase: "Löschen …",
  link: "Link für das Publikum",
  results: "Ergebnisse",
  published: "Veröffentlicht. Alle mit dem Link können ihn jetzt lesen.",
  takenBack: "Zurückgenommen. Nur Hosts können ihn jetzt lesen.",
  changed: "Der Text auf dieser Seite ist jetzt der neueste.",
  written: "Bisher geschrieben",
  progress: "Wie viel davon geschrieben ist",
  broken: "Die Verbindung ist abgebrochen. Geschrieben wird weiter; wir sehen gleich wieder nach.",
  erased: "Der Rückblick ist gelöscht.",
  askRemake: {
    title: "Rückblick neu erstellen?",
    text: "Die Seite wird noch einmal aus dem geschrieben, was die Session behalten hat.",
    edited: "Ihre Änderungen am Text gehen verloren.",
    published: "Was das Publikum sieht, ändert sich sofort, sobald der neue da ist.",
    confirm: "Neu erstellen",
  },
  askErase: {
    title: "Rückblick löschen?",
    text: "Die Seite verschwindet endgültig, für alle, mit allem, was daran geändert wurde. Die Ergebnisse bleiben, und es lässt sich ein neuer erstellen.",
    confirm: "Endgültig löschen",
  },
  editor: {
    title: "Text bearbeiten",
    text: "Zahlen, Ergebnisse und Fragen bleiben, wie sie gezählt wurden. Eine leere Zeile beginnt einen neuen Absatz; ein leeres Feld sagt nichts.",
    name: "Titel",
    summary: "Der ganze Vortrag",
    questions: "Fragen aus dem Publikum",
    save: "Speichern",
    close: "Ohne Speichern schließen",
    saved: "Gespeichert.",
    unsaved: "Es gibt Änderungen, die nicht gespeichert sind.",
    keep: "Weiter bearbeiten",
    discard: "Verwerfen",
    nothing: "Nichts hat sich geändert.",
    noName: "Der Titel darf nicht leer sein.",
    tooMany: (section: string, most: number) =>
      `„${section}“ hat mehr als ${plural(most, "Absatz", "Absätze")}: Bitte einige verbinden.`,
    tooLong: (section: string, most: number) =>
      `Ein Absatz von „${section}“ ist länger als ${most.toLocaleString("de")} Zeichen: Bitte kürzen oder teilen.`,
    conflict:
      "Der Rückblick wurde inzwischen geändert. Ihr Text ist noch hier: Noch einmal speichern, um zu ersetzen, was jetzt dort steht.",
    gone: "Der Rückblick wurde inzwischen gelöscht. Bitte von hier kopieren, was noch gebraucht wird: Speichern geht nicht mehr.",
  },
  problems: {
    running: "Der Vortrag läuft noch: Bitte zuerst die Session beenden, auf ihrer Ergebnisseite.",
    gone: "Die Session wurde gelöscht und ihr Rückblick mit ihr.",
    missing: "Es gibt keinen Rückblick mehr: Vielleicht wurde er in einem anderen Fenster gelöscht.",
    refused:
      "Das ist Ihnen nicht mehr erlaubt. Bitte diese Seite von den Ergebnissen oder der Liste der Vorträge aus neu öffnen.",
    busy: (seconds: number) =>
      `Im Moment werden zu viele Rückblicke erstellt. Bitte in ${plural(seconds, "Sekunde", "Sekunden")} noch einmal versuchen.`,
    tooLarge: "Das ist mehr Text, als ein Rückblick fasst: Bitte kürzen.",
    notDone: "Der Dienst hat das nicht getan. Bitte noch einmal versuchen.",
  },
} as const;

function progressOf({ status, position = 0, by, edited, failure }: RecapStatus): string {
  if (status === "queued") {
    const before =
      position === 0
        ? "Sie ist als Nächste dran."
        : `${plural(position, "andere ist", "andere sind")} davor dran.`;
    return `Das ist eine erste Fassung. Eine bessere wird noch geschrieben: ${before}`;
  }
  if (status === "writing") {
    return "Das ist eine erste Fassung. Eine bessere wird gerade geschrieben.";
  }
  if (status === "failed") {
    return `${failure ?? "Die bessere Fassung konnte nicht geschrieben werden."} Was hier steht, wurde ohne sie zusammengestellt.`;
  }
  if (edited) return "Der Text wurde bearbeitet.";
  return by === "model"
    ? "Geschrieben von einem Sprachmodell, aus dem, was die Session behalten hat: Bitte vor dem Veröffentlichen lesen."
    : "Zusammengestellt aus dem, was die Session behalten hat.";
}

const readersOf = ({ publishedAt }: RecapStatus): string =>
  publishedAt === undefined ? "Nur Hosts können ihn lesen." : "Alle mit dem Link können ihn lesen.";

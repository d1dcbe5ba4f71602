/** The page of a deck that a host has brought along. */
export const deck = {
  title: (title: string) => `${title} · revint`,
  opening: "Präsentation wird geöffnet …",
  printing: (count: number, all: number) => `Seite ${count} von ${all} wird für den Druck gezeichnet …`,
  /** What a page is called that has no words. */
  page: (number: number, count: number) => `Seite ${number} von ${count}`,
  /** In place of a page. */
  broken: {
    title: (number: number) => `Seite ${number} lässt sich nicht zeichnen`,
    text: "Wer den Vortrag hält, kann das PDF noch einmal aus dem Programm exportieren, aus dem es kommt, und diese Datei hochladen.",
  },
  arrival: {
    waiting: "Warten auf das Netz. Diese Seite erscheint, sobald es wieder da ist.",
    gone: "Der Rest dieser Präsentation ist nicht mehr da: Sie wurde inzwischen gelöscht.",
  },
  problems: {
    missing: {
      title: "Diese Präsentation gibt es nicht",
      text: "Vielleicht wurde sie gelöscht. Bitte den Link prüfen oder dort nachfragen, woher er kam.",
    },
    unreachable: {
      title: "Die Präsentation ist gerade nicht erreichbar",
      text: "Bitte die Verbindung prüfen und noch einmal versuchen.",
    },
    broken: {
      title: "Dieses PDF lässt sich nicht anzeigen",
      text: "Bitte noch einmal aus dem Programm exportieren, aus dem es kommt, und diese Datei hochladen.",
    },
    password: {
      title: "Dieses PDF ist durch ein Passwort geschützt",
      text: "Bitte ohne Passwort speichern und diese Datei hochladen.",
    },
  },
  /** The speaker's own window. */
  speaker: {
    key: "Referentenansicht",
    title: (title: string) => `Referentenansicht · ${title}`,
    slide: (number: number, count: number) => `Folie ${number} von ${count}`,
    elapsed: "Zeit seit Beginn",
    restart: "Neu starten",
    previous: "Zurück",
    next: "Weiter",
    current: "Jetzt auf dem Bildschirm",
    upcoming: "Als Nächstes",
    last: "Das ist die letzte Folie.",
    notes: "Notizen",
    noNotes: "Keine zu dieser Folie.",
    pdf: "Ein PDF bringt keine Notizen mit. Folien in Markdown haben sie: unter einer Zeile, die mit „Note:“ beginnt.",
    notOwn: "Die Notizen sieht nur, wem die Präsentation gehört. Gehört sie Ihnen?",
    signIn: "Anmelden",
    lookAgain: "Nachsehen",
    lost: "Das Fenster der Präsentation antwortet nicht. Bitte dorthin zurückgehen oder die Präsentation noch einmal öffnen und dort S drücken.",
    alone: {
      title: "Das ist die Referentenansicht einer Präsentation",
      text: "Präsentation öffnen und dort S drücken: Dann folgt ihr dieses Fenster.",
      open: "Präsentation öffnen",
    },
  },
} as const;

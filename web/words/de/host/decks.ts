import { plural } from "../plural.ts";

const quote = (name: string): string => `„${name}“`;

/** Decks that hosts have brought along. */
export const decks = {
  heading: "Präsentationen",
  none: "Noch keine Präsentation mitgebracht.",
  kinds: { markdown: "Markdown", pdf: "PDF" },
  pages: (count: number) => plural(count, "Folie", "Folien"),
  uploading: "noch nicht vollständig",
  isUploading: "unterwegs",
  goOn: "Fortsetzen …",
  goOnOf: (title: string) => `${title} fortsetzen`,
  newTalk: "Neuer Vortrag",
  newTalkOf: (title: string) => `Neuer Vortrag mit ${title}`,
  upload: {
    heading: "Präsentation mitbringen",
    text: "Ein PDF oder Markdown mit seinen Bildern: zusammen auswählen oder hier ablegen. Aus PowerPoint, Keynote oder Google Präsentationen bitte als PDF exportieren.",
    choose: "Dateien wählen …",
    wanted: (title: string) =>
      `Bitte die Datei von ${quote(title)} noch einmal wählen: Gesendet wird nur, was fehlt.`,
    notWanted: "Lieber eine andere",
    title: "Titel",
    chosen: (facts: string) => `Das passt: ${facts}.`,
    pictures: (count: number) => plural(count, "Bild", "Bilder"),
    send: "Hochladen",
    notThis: "Doch nicht diese",
    reading: "Wird angesehen …",
    sending: (title: string) => `${quote(title)} wird hochgeladen …`,
    waiting: "Warten auf das Netz. Es geht von selbst weiter.",
    finishing: "Fast fertig …",
    stopping: "Wird angehalten …",
    progress: (sent: string, total: string) => `${sent} von ${total}`,
    percent: (percent: number) => `${percent} % hochgeladen`,
    hint: "Bitte diese Seite offen lassen. Wird sie doch geschlossen, dieselbe Datei noch einmal wählen: Es geht weiter, wo es war.",
    cancel: "Abbrechen",
    cancelled: "Das Hochladen wurde abgebrochen. Nichts davon bleibt.",
    stopped:
      "Das Hochladen wurde angehalten. Was gesendet war, wird binnen einem Tag entfernt; oder es lässt sich unten löschen.",
    done: (title: string) => `${quote(title)} ist bereit.`,
    notValid: (detail: string) =>
      `Das lässt sich noch nicht anzeigen: ${detail}. Bitte ändern und noch einmal versuchen.`,
    refused: {
      unknown: (file: string) =>
        `${quote(file)} ist weder PDF noch Markdown. Bitte als PDF exportieren und das wählen.`,
      presentation: (file: string) =>
        `${quote(file)} ist eine Präsentation, die nur ihr eigenes Programm öffnet. Bitte dort als PDF exportieren und das wählen.`,
      several: () =>
        "Bitte eine Präsentation auf einmal: ein PDF oder eine Markdown-Datei mit ihren Bildern wählen.",
      noText: () => "Das sind nur Bilder. Bitte auch die Markdown-Datei wählen, die sie zeigt.",
      empty: (file: string) => `${quote(file)} ist leer. Bitte eine andere Datei wählen.`,
      unreadable: (file: string) =>
        `${quote(file)} lässt sich nicht lesen. Wurde sie verschoben oder geändert, bitte noch einmal wählen.`,
      notPdf: (file: string) =>
        `${quote(file)} heißt PDF und ist keines. Bitte noch einmal als PDF exportieren und das wählen.`,
      broken: (file: string) =>
        `${quote(file)} ist beschädigt. Bitte noch einmal als PDF exportieren und das wählen.`,
      protected: (file: string) =>
        `${quote(file)} ist geschützt. Bitte ohne Passwort exportieren und das wählen.`,
      missing: () =>
        "Was PDFs liest, konnte nicht geladen werden. Bitte die Verbindung prüfen, diese Seite neu laden und die Datei noch einmal wählen.",
      large: (file: string) =>
        `${quote(file)} ist größer als 100 MB. Bitte mit kleineren Bildern exportieren und das wählen.`,
      manyPages: (file: string) =>
        `${quote(file)} hat mehr als 300 Seiten. Bitte teilen und die Teile einzeln mitbringen.`,
      largeText: (file: string) =>
        `${quote(file)} ist größer als 1 MB Text. Bitte teilen und die Teile einzeln mitbringen.`,
      manyPictures: () => "Das sind mehr als 100 Bilder. Bitte einige weglassen und noch einmal wählen.",
      noPicture: (file: string) =>
        `${quote(file)} ist kein Bild, das sich anzeigen lässt. Bitte als PNG, JPEG, GIF, WebP oder AVIF speichern.`,
      largePicture: (file: string) =>
        `${quote(file)} ist größer als 10 MB. Bitte verkleinern und noch einmal wählen.`,
      pictureName: (file: string) =>
        `${quote(file)} kann nicht so heißen. Bitte umbenennen, dort und im Markdown, nur mit Buchstaben, Ziffern, „-“, „_“ und „.“.`,
      otherFile: (title: string) =>
        `Das ist nicht die Datei von ${quote(title)}. Bitte jene wählen oder die Präsentation unten löschen und die neue mitbringen.`,
    },
    write: {
      open: "Folien schreiben",
      close: "Nicht jetzt",
      field: "Folien, in Markdown",
      hint: "Drei Bindestriche zwischen leeren Zeilen beginnen die nächste Folie. Der Text bleibt in diesem Browser, bis die Präsentation erstellt ist.",
      file: "Meine Folien.md",
      save: "Erstellen",
      example: `# Mein Vortrag

Wer ich bin und worum es geht

---

## Drei Dinge

- Eins
- Zwei
- Drei

Note: Das hier sehen nur Sie.

---

## Was meinen Sie?

\`\`\`revint-choice opinion
Stimmen Sie zu?
- Ja
- Nein
- Weiß ich noch nicht
\`\`\`
`,
    },
  },
  open: "Ansehen",
  openOf: (title: string) => `${title} ansehen`,
  rename: "Umbenennen …",
  renameOf: (title: string) => `${title} umbenennen`,
  renamed: "Die Präsentation hat einen neuen Titel.",
  edit: { title: "Präsentation umbenennen", field: "Titel" },
  remove: "Löschen …",
  removeOf: (title: string) => `${title} löschen`,
  ask: {
    title: (title: string) => `„${title}“ löschen?`,
    text: "Die Präsentation und ihre Bilder gehen endgültig verloren. Vorträge, die sie zeigen, gehen ohne Präsentation weiter.",
    confirm: "Präsentation löschen",
  },
  removed: (title: string) => `„${title}“ ist gelöscht.`,
} as const;

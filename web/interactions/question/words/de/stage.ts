import { plural } from "../../../../words/de/plural.ts";

/** So much of a question is said where something is said of it. */
const SPOKEN = 60;

/** What was done. */
const DID = {
  published: "Freigegeben",
  pending: "Zurück in die Warteschlange",
  hidden: "Ausgeblendet",
  answered: "Beantwortet",
  reopened: "Nicht mehr beantwortet",
  putBack: "Zurückgeholt",
  pinned: "Angepinnt",
  unpinned: "Gelöst",
  written: "Schriftlich beantwortet",
  unwritten: "Die Antwort ist entfernt",
  merged: "Zusammengeführt",
  blocked: "Gesperrt, wer das fragte",
} as const;

export type Did = keyof typeof DID;

/** What the stage says of questions from the audience. */
export const stage = {
  title: "Fragen",
  rule: "Wer fragen darf",
  rules: {
    off: { name: "Aus", text: "Niemand kann fragen oder abstimmen. Was gefragt wurde, bleibt zu lesen." },
    open: { name: "Offen", text: "Alle können fragen und sehen jede Frage sofort." },
    moderated: { name: "Moderiert", text: "Alle können fragen. Das Publikum sieht, was Sie freigeben." },
  },
  put: "Fragen zeigen",
  putAway: "Fragen von der Tafel",
  list: "Liste",
  tabs: { pending: "Wartend", asked: "Freigegeben", hidden: "Ausgeblendet" },
  nothing: {
    pending: "Nichts wartet auf Freigabe.",
    asked: "Das Publikum sieht noch keine Frage.",
    hidden: "Nichts ist ausgeblendet.",
  },
  sort: "Sortierung",
  sorts: { votes: "Nach Stimmen", newest: "Neueste" },
  changes: (count: number) => `${plural(count, "Änderung", "Änderungen")} zeigen`,
  upToDate: "Aktuell",
  votes: (count: number) => plural(count, "Stimme", "Stimmen"),
  status: {
    pending: "wartet auf Freigabe",
    published: "freigegeben",
    answered: "beantwortet",
    hidden: "ausgeblendet",
  },
  pinned: "angepinnt",
  merged: (text: string) => `zusammengeführt mit „${text.slice(0, SPOKEN)}“`,
  mergedAway: "mit einer anderen zusammengeführt",
  unseen: "Diese Antwort sieht niemand, solange die Frage nicht als beantwortet gilt.",
  more: "Mehr",
  less: "Weniger",
  publish: "Freigeben",
  putBack: "Zurückholen",
  hide: "Ausblenden",
  pin: "Anpinnen",
  unpin: "Lösen",
  tick: "Beantwortet",
  reopen: "Nicht beantwortet",
  write: "Schriftlich antworten …",
  rewrite: "Antwort ändern …",
  merge: "Zusammenführen …",
  block: "Person sperren …",
  of: (action: string, text: string) => `${action}: ${text.slice(0, SPOKEN)}`,
  undo: "Rückgängig",
  done: (did: Did, text: string): string => `${DID[did]}: ${text.slice(0, SPOKEN)}`,
  keys: {
    title: "Tasten",
    text: "In der Liste, für die Frage, die den Fokus hat:",
    list: [
      ["↑ ↓", "die vorige, die nächste"],
      ["Home End", "die erste, die letzte"],
      ["Enter", "alles davon und alles, was möglich ist"],
      ["P", "freigeben oder zurückholen"],
      ["H", "ausblenden"],
      ["A", "beantwortet oder nicht"],
      ["I", "anpinnen oder lösen"],
      ["W", "schriftlich antworten"],
      ["M", "mit einer anderen zusammenführen"],
      ["B", "sperren, wer sie gestellt hat"],
      ["U", "das Letzte rückgängig machen"],
    ],
  },
  askAnswer: {
    title: "Schriftlich antworten",
    close: "Schließen",
    label: "Das lesen alle, die die Frage sehen",
    save: "Speichern",
    remove: "Antwort entfernen",
    none: "Bitte eine Antwort schreiben.",
  },
  askMerge: {
    title: "Mit welcher zusammenführen?",
    close: "Schließen",
    text: "Diese hier wird ausgeblendet und führt dorthin. Stimmen bleiben, wo sie sind: Vielleicht haben dieselben Leute für beide gestimmt.",
    find: "Suchen",
    none: "Es gibt keine.",
    more: (count: number) => `${plural(count, "weitere", "weitere")}: Bitte einige ihrer Wörter eintippen.`,
  },
  askBlock: {
    title: "Sperren, wer das gefragt hat?",
    text: "Von dieser Person wird nichts mehr angenommen. Was sie gefragt hat, wird ausgeblendet; was sie gesendet und gewählt hat, zählt nicht mehr.",
    confirm: "Sperren",
  },
  gone: "Diese Frage ist nicht mehr da.",
  notAllowed: "Ihre Rolle in dieser Session umfasst das nicht: Bitte den Host fragen.",
} as const;

import { plural } from "../../../words/de/plural.ts";

/** What is said of reactions everywhere. */
export const reactions = (count: number): string => plural(count, "Reaktion", "Reaktionen");

/** Names for screen readers; any other reaction is its own name. */
export const faceNames: Readonly<Record<string, string>> = {
  "👍": "Daumen hoch",
  "❤️": "Herz",
  "😂": "Lachen",
  "🤯": "Umwerfend",
  "👏": "Applaus",
  "❓": "Frage",
};

/** On the phone. */
export const phone = {
  react: "Auf diese Folie reagieren",
  button: (name: string, count: number) => `${name}, ${count.toLocaleString("de")}`,
  sent: (name: string) => `${name} gesendet`,
  kept: (count: number) => `${reactions(count)} gespeichert; gesendet wird, sobald das Netz wieder da ist`,
  refused: "Eine Reaktion wurde nicht angenommen.",
  quiet: "Reaktionen machen Pause.",
  blocked: "Der Host nimmt im Moment keine Reaktionen von hier an.",
  unconfirmed: (count: number) => `Nicht gesendet: ${reactions(count)}.`,
  announceTotals: (count: number) => `${reactions(count)} auf dieser Folie`,
} as const;

/** On the stage. */
export const stage = {
  total: "Reaktionen",
  bars: "Diese Folie",
  offer: {
    title: "Angebotene Reaktionen",
    nothing: "Es wird nichts angeboten: Niemand kann reagieren.",
    remove: (name: string) => `${name} entfernen`,
    add: "Noch eine: ein Emoji oder ein kurzes Wort",
    addIt: "Dazu",
    full: "Auf ein Handy passen zwölf. Bitte zuerst eine entfernen.",
    known: "Diese wird schon angeboten.",
    wrong: "Bitte ein Emoji oder ein Wort mit bis zu 64 Zeichen angeben.",
    reset: "Wie am Anfang",
    ofItsOwn: "Diese Folie hat eigene Knöpfe.",
    any: "Jede Reaktion",
    anyText:
      "Auch Wörter aus eigenen Apps werden angenommen und in der Präsentation gezeigt: ganz gleich welche.",
  },
  pause: "Reaktionen anhalten",
  resume: "Reaktionen fortsetzen",
  isPaused: "Reaktionen machen Pause.",
  lively: "Wer gerade am meisten reagiert",
  inMoments: (count: number) => `Eine Person, ${reactions(count)} in 10 s`,
  blocked: "Eine Person ist gesperrt.",
  unblock: "Wieder zulassen",
  askBlock: {
    title: "Diese Person sperren?",
    text: "Sie sieht den Vortrag weiter; ihre Reaktionen werden nicht mehr angenommen.",
    exclude: "Auch die Reaktionen abziehen, die sie schon gesendet hat: Alle Zähler sinken",
    confirm: "Sperren",
  },
  pulse: "Reaktionen im Verlauf",
  pulseSummary: (total: number, peak: number, from: string) =>
    `${reactions(total)} seit ${from}, höchstens ${peak.toLocaleString("de")} pro Sekunde`,
  peak: (rate: number) => `bis ${rate.toLocaleString("de", { maximumFractionDigits: 1 })} pro Sekunde`,
  tick: (hours: number, minutes: number) =>
    hours === 0 ? `${minutes} min` : minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`,
  start: (at: string) => `seit ${at}`,
  present: "jetzt",
} as const;

/** Over a deck and in its slides. */
export const deck = {
  quiet: "Reaktionen machen Pause",
  more: (count: number) => `und ${count.toLocaleString("de")} weitere`,
  counts: "Reaktionen auf diese Folie",
} as const;

/** In the results. */
export const results = {
  total: "Reaktionen",
  each: "Pro Person",
  slides: "Folie für Folie",
  slide: "Folie",
  shown: "Gezeigt",
  sum: "Summe",
  all: "Alle Folien",
  table: "Alle Zahlen als Tabelle",
  more: (count: number) => `und ${plural(count, "Folie", "Folien")} mit weniger Reaktionen`,
} as const;

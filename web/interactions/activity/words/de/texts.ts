/** So much of an answer is said where something is said of it. */
const SPOKEN = 40;

/** What is said of open answers where they are read. */
export const texts = {
  title: "Offene Antworten",
  onBoard: "Offene Antworten an der Tafel",
  notRead: "Die Antworten lassen sich im Moment nicht lesen.",
  nothing: "Noch keine Antworten.",
  more: "Weitere lesen",
  all: "Alles lesen",
  less: "Weniger zeigen",
  again: "Neu lesen",
  takeOut: "Herausnehmen",
  putBack: "Wieder hinein",
  block: "Sperren …",
  askBlock: {
    title: "Sperren, wer das geschrieben hat?",
    text: "Von dieser Person wird nichts mehr angenommen. Was sie geschrieben hat, wird herausgenommen; was sie gesendet und gewählt hat, zählt nicht mehr.",
    confirm: "Sperren",
  },
  blocked: (text: string) => `Gesperrt, wer schrieb: ${text.slice(0, SPOKEN)}`,
  undo: "Rückgängig",
  notBlocked:
    "Die Person hat seitdem etwas anderes geschrieben, oder ihr Name ist vergessen. Bitte die Liste noch einmal ansehen.",
  of: (action: string, text: string) => `${action}: ${text.slice(0, SPOKEN)}`,
} as const;

export const words = {
  label: (most: number) => (most === 1 ? "Ein Wort" : `Bis zu ${most} Wörter`),
  add: "Dazu",
  send: "Senden",
  yours: "Meine Wörter",
  remove: (word: string) => `${word} entfernen`,
  removed: (word: string) => `${word} entfernt`,
  added: (word: string, left: number) => `${word} hinzugefügt${left > 0 ? `, noch ${left} möglich` : ""}`,
  long: "Bitte kürzer: Ein Wort hat bis zu 32 Zeichen.",
  known: "Dieses Wort ist schon dabei.",
  none: "Bitte ein Wort eintippen.",
  full: (most: number) =>
    most === 1 ? "Für ein anderes Wort dieses entfernen." : "Für ein anderes Wort eines entfernen.",
  final: "Erst senden, wenn alle dabei sind: Danach lassen sie sich nicht mehr ändern.",
  said: "Wörter aus dem Publikum",
} as const;

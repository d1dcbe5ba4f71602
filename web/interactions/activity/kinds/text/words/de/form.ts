export const words = {
  label: "Antwort",
  send: "Senden",
  change: "Änderung senden",
  used: (count: number, most: number) => `${count.toLocaleString("de")} von ${most.toLocaleString("de")}`,
  usedSpoken: (count: number, most: number) =>
    `${count.toLocaleString("de")} von ${most.toLocaleString("de")} Zeichen`,
  final: "Nach dem Senden lässt sie sich nicht mehr ändern.",
  long: "Bitte kürzer fassen.",
} as const;

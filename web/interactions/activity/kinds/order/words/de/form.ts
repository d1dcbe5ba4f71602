export const words = {
  hint: "In die richtige Reihenfolge bringen, Platz 1 oben, dann senden.",
  final: "Nach dem Senden lässt sie sich nicht mehr ändern.",
  list: "Meine Reihenfolge",
  up: (text: string) => `${text}: einen Platz nach oben`,
  down: (text: string) => `${text}: einen Platz nach unten`,
  moved: (text: string, place: number, places: number) => `${text}, jetzt Platz ${place} von ${places}`,
  send: "Reihenfolge senden",
} as const;

export const words = {
  send: "Senden",
  several: (most: number) => `Bis zu ${most} ankreuzen, dann senden.`,
  any: "Alles Zutreffende ankreuzen, dann senden.",
  final: "Eine Antwort wählen, dann senden. Danach lässt sie sich nicht mehr ändern.",
} as const;

/** The page in a stream. Whoever sets it up reads this, and then perhaps everybody: a sentence, and no more. */
export const overlay = {
  title: "Overlay · revint",
  name: "Overlay",
  connecting: "Verbinden …",
  incomplete:
    "Diese Adresse ist nicht vollständig: Bitte noch einmal von der Bühne kopieren (Steuerung, Overlays).",
  notFound: "Diese Session gibt es nicht: Vielleicht wurde sie gelöscht.",
  revoked:
    "Der Schlüssel dieses Overlays gilt nicht oder nicht mehr. Bitte auf der Bühne einen neuen anlegen.",
  refused: "Der Dienst hat dieses Overlay nicht angenommen. Bitte später noch einmal versuchen.",
  unknown: (name: string, value: string, known: readonly string[]) =>
    `„${name}=${value}“ ist nicht bekannt, bekannt sind: ${known.join(", ")}.`,
} as const;

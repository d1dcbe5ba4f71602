/** What opens from a talk. */
export const opened = {
  deck: "Präsentation wird geöffnet …",
  stage: "Bühne wird geöffnet …",
  results: "Ergebnisse werden geöffnet …",
  recap: "Rückblick wird geöffnet …",
  back: "Zurück zu den Vorträgen",
  broken: "Dieser Link ist nicht vollständig. Bitte den Vortrag aus der Liste öffnen.",
} as const;

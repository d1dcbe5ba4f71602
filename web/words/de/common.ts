import { plural } from "./plural.ts";

/** What both pages and plugin say. */
export const common = {
  people: (count: number) => plural(count, "Person", "Personen"),
  connection: {
    connecting: "Verbinden …",
    live: "Verbunden",
    fallback: "Verbunden",
    closed: "Getrennt",
  },
  token: "Host-Token oder Einladungslink",
  tryAgain: "Erneut versuchen",
  noPass: "Das ist weder ein Host-Token noch ein Einladungslink. Bitte vollständig einfügen.",
  joinCode: (url: string) => `QR-Code zum Mitmachen: ${url}`,
} as const;

import { plural } from "./plural.ts";

/** What the pages have in common. */
export const pages = {
  copy: "Kopieren",
  copied: "Kopiert.",
  notCopied: "Kopieren ist hier nicht möglich: Der Text ist markiert, bitte mit der Tastatur kopieren.",
  cancel: "Abbrechen",
  sessionField: "Session",
  noSessionName: "Das ist weder der Name einer Session noch ein Link zu einer. Bitte vollständig einfügen.",
  noSessionOrToken:
    "Das ist weder der Name einer Session noch ein Link zu einer, noch ein Host-Token. Bitte vollständig einfügen.",
  sessionOrToken: "Host-Token oder Session",
  ownSession: {
    notStarted:
      "Die Session dieses Tokens hat noch nicht begonnen oder wurde vergessen. Bitte erst die Präsentation mit dem Token leiten.",
    refused:
      "Dieses Token wird hier nicht angenommen. Bitte prüfen, ob es vollständig eingefügt ist, für diese Installation signiert wurde und noch nicht abgelaufen ist.",
    failed: "Der Dienst ist nicht erreichbar. Bitte noch einmal versuchen.",
  },
  passRefused:
    "Das ist das Geheimnis eines Hosts und nichts zum Mitmachen. Es gehört in die Präsentation oder auf die Bühne.",
  seconds: (count: number) => `${count} s`,
  minutes: (minutes: number, seconds: number) =>
    seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`,
  hours: (hours: number, minutes: number) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
  days: (days: number, hours: number) =>
    hours === 0 ? plural(days, "Tag", "Tage") : `${plural(days, "Tag", "Tage")} ${hours} h`,
  slide: (page: string) => `Folie ${page}`,
  beforeFirst: "Vor der ersten Folie",
  /** Where an address leads to this computer. */
  onlyHere:
    "Handys können diese Adresse nicht öffnen: Sie gilt nur auf diesem Computer. Bitte mit HOST=0.0.0.0 npm start starten und diese Seite unter der Adresse öffnen, die dann angezeigt wird.",
} as const;

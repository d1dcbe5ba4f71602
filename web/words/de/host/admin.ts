import { plural } from "../plural.ts";

/** All accounts, for an admin. */
export const admin = {
  heading: "Alle Konten",
  invite: {
    title: "Jemanden einladen",
    role: "Als",
    roles: { host: "Host", admin: "Admin" },
    create: "Einladungslink erstellen",
  },
  link: {
    invitation: (email: string) => `Einladung für ${email}`,
    recovery: (email: string) => `Wiederherstellungslink für ${email}`,
    text: (until: string) =>
      `Bitte nur an diese Person senden: Wer ihn zuerst öffnet, kann ihn benutzen, einmal, bis ${until}. Er wird nur jetzt gezeigt.`,
  },
  list: "Konten",
  seen: (at: string) => `zuletzt gesehen ${at}`,
  talks: (count: number) => plural(count, "Vortrag", "Vorträge"),
  decks: (count: number) => plural(count, "Präsentation", "Präsentationen"),
  isDeleting: "wird gelöscht",
  isYou: "Sie",
  recover: "Wiederherstellen",
  recoverOf: (email: string) => `Wiederherstellungslink für ${email}`,
  remove: "Löschen …",
  removeOf: (email: string) => `${email} löschen`,
  ask: {
    title: (email: string) => `${email} löschen?`,
    text: "Alles von diesem Konto geht endgültig verloren: seine Vorträge mit ihren Sessions und Ergebnissen und seine Präsentationen.",
    confirm: "Endgültig löschen",
  },
  removed: (email: string) => `${email} wird gelöscht.`,
  makeAdmin: "Zum Admin machen",
  makeAdminOf: (email: string) => `${email} zum Admin machen`,
  makeHost: "Nicht mehr Admin",
  makeHostOf: (email: string) => `Nicht mehr Admin: ${email}`,
  changed: (email: string, role: string) => `${email} ist jetzt ${role}.`,
  roles: { host: "Host", admin: "Admin" },
  invited:
    "Diese E-Mail-Adresse hat schon ein Konto. Klappt die Anmeldung nicht, bitte unten einen Wiederherstellungslink erstellen.",
  conflict: "Der letzte Admin muss bleiben. Bitte zuerst ein anderes Konto zum Admin machen.",
} as const;

import { account } from "./host/account.ts";
import { admin } from "./host/admin.ts";
import { decks } from "./host/decks.ts";
import { entrance } from "./host/entrance.ts";
import { opened } from "./host/opened.ts";
import { passkey } from "./host/passkey.ts";
import { talks } from "./host/talks.ts";

/** The page of a host's account: a file for each of its sections. */
export const host = {
  title: "Host · revint",
  titleOf: (view: string) => `${view} · Host · revint`,
  opening: "Einen Moment …",
  failed: {
    title: "Das geht gerade nicht",
    text: "Der Dienst ist nicht erreichbar. Bitte gleich noch einmal versuchen.",
  },
  views: { talks: "Vorträge", decks: "Präsentationen", account: "Konto", admin: "Alle Konten" },
  navigation: "Ihr Konto",
  more: "Mehr zeigen",
  reading: "Wird gelesen …",
  notLoaded: "Das lässt sich gerade nicht anzeigen. Wir versuchen es weiter.",
  save: "Speichern",
  saved: "Gespeichert.",
  close: "Schließen",
  emailAgain: (email: string) => `Zur Bestätigung „${email}“ eintippen`,

  /** What went wrong, by the service's code, wherever nothing else says it better. */
  problems: {
    network: "Der Dienst ist nicht erreichbar. Bitte die Verbindung prüfen und noch einmal versuchen.",
    not_signed_in: "Sie sind nicht mehr angemeldet. Zum Weitermachen bitte anmelden.",
    rate_limited:
      "Aus diesem Netz kamen zu viele Anfragen. Bitte eine Minute warten und noch einmal versuchen.",
    too_many_attempts: "Zu viele falsche Versuche. Bitte warten, bis der nächste möglich ist.",
    sign_in_failed: "Die Anmeldung hat nicht geklappt. Bitte die Eingaben prüfen und noch einmal versuchen.",
    link_not_valid: "Dieser Link gilt nicht mehr. Bitte einen neuen geben lassen.",
    limit_reached:
      "Mehr passt nicht hinein. Bitte löschen, was niemand mehr braucht, und noch einmal versuchen.",
    last_way_in: "Das ist der einzige Zugang zu diesem Konto. Bitte erst einen anderen hinzufügen.",
    talk_not_found: "Dieser Vortrag wurde gelöscht. Bitte die Seite neu laden, um zu sehen, was da ist.",
    deck_not_found: "Diese Präsentation wurde gelöscht. Bitte die Seite neu laden, um zu sehen, was da ist.",
    account_not_found: "Dieses Konto wurde gelöscht. Bitte die Seite neu laden, um zu sehen, was da ist.",
    sign_up_closed:
      "Neue Konten sind hier gesperrt. Wer diese Installation betreibt, kann sie öffnen; Wiederherstellungslinks gehen trotzdem.",
    not_admin: "Das darf nur ein Admin. Bitte einen Admin fragen.",
    foreign_origin:
      "Der Dienst nimmt das nur von seinen eigenen Seiten an. Bitte diese Seite unter ihrer üblichen Adresse öffnen.",
    not_configured:
      "Konten sind hier noch nicht eingerichtet. Das kann tun, wer diese Installation betreibt.",
    invalid_request: "Etwas daran stimmt nicht. Bitte die Eingaben prüfen und noch einmal versuchen.",
    conflict: "Es wurde anderswo geändert. Bitte die Seite neu laden und noch einmal versuchen.",
    too_large: "Das ist mehr, als der Dienst annimmt. Bitte verkleinern und noch einmal versuchen.",
    other: "Der Dienst hat das nicht getan. Bitte gleich noch einmal versuchen.",
  } as Readonly<Record<string, string>>,

  passkey,
  entrance,
  talks,
  opened,
  account,
  admin,
  decks,
} as const;

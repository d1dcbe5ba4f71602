import type { ErrorCode } from "../../client/error.ts";

/** How somebody in the audience gives themselves a name, and where they are asked for it. */
export const ownName = {
  unnamed: { rankings: "Noch ohne Namen in Ranglisten.", questions: "Fragen erscheinen ohne Namen." },
  named: { rankings: "Name in Ranglisten: ", questions: "Name: " },
  give: "Name angeben",
  change: "Ändern",
  label: "Name",
  hint: {
    rankings: "Steht in Ranglisten, für alle sichtbar. Leer lassen, um namenlos zu bleiben.",
    questions:
      "Für alle sichtbar: in Ranglisten und bei den Fragen, die mit Namen gestellt werden. Leer lassen, um namenlos zu bleiben.",
  },
  save: "Speichern",
  cancel: "Abbrechen",
  saved: {
    rankings: (name: string) => `Der Name in Ranglisten ist jetzt ${name}.`,
    questions: (name: string) => `Der Name ist jetzt ${name}.`,
  },
  stays: "Ein Name lässt sich ändern, aber nicht wieder entfernen. Bitte einen eintippen.",
  off: "Der Host nimmt in dieser Session keine Namen an.",
  /** Why a name is not taken. */
  refused: (code: ErrorCode): string =>
    REFUSED[code] ?? "Der Name wurde nicht angenommen. Bitte noch einmal versuchen.",
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  name_taken: "Diesen Namen hat hier schon jemand. Bitte einen anderen nehmen.",
  names_off: ownName.off,
  invalid_request: "Das kann kein Name sein: bis zu 32 sichtbare Zeichen in einer Zeile.",
  rate_limited: "Der Name wurde oft geändert. Bitte eine Minute warten und noch einmal versuchen.",
  blocked: "Der Host nimmt im Moment keinen Namen von hier an.",
  session_ended: "Die Session ist vorbei: Namen werden nicht mehr angenommen.",
  network:
    "Der Name konnte nicht gesendet werden. Bitte noch einmal versuchen, sobald das Netz wieder da ist.",
  unavailable: "Der Name konnte nicht gespeichert werden. Bitte gleich noch einmal versuchen.",
};

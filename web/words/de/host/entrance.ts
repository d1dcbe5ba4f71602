/** The ways into an account. */
export const entrance = {
  password: "Passwort",
  newPassword: "Neues Passwort",
  passwordHint: (shortest: number) => `mindestens ${shortest} Zeichen`,
  show: "Zeigen",
  showPassword: "Passwort zeigen",
  email: "E-Mail",
  name: "Name",
  or: "oder",
  withPasskey: "Stattdessen mit Passkey",
  withPassword: "Stattdessen mit Passwort",
  wait: (time: string) => `Der nächste Versuch ist in ${time} möglich.`,
  waited: "Ein neuer Versuch ist jetzt möglich.",
  signIn: {
    title: "Anmelden",
    passkey: "Mit Passkey anmelden",
    password: "Anmelden",
    failed: "E-Mail und Passwort passen nicht zusammen. Bitte beides prüfen und noch einmal versuchen.",
    passkeyFailed: "Dieser Passkey öffnet hier kein Konto. Bitte einen anderen oder das Passwort benutzen.",
    lost: "Kein Zugang mehr? Wer diese Installation betreibt, kann einen Wiederherstellungslink senden.",
    other: "Neu hier? Konto anlegen",
  },
  signUp: {
    title: "Konto anlegen",
    text: "Für alle, die vortragen. Das Publikum braucht keines.",
    passkey: "Weiter mit Passkey",
    password: "Konto anlegen",
    refused:
      "Es wurde kein Konto angelegt. Gibt es schon eines, bitte anmelden. Mit einer Einladung bitte deren Link öffnen.",
    invalid: "Bitte die E-Mail-Adresse prüfen und ob das Passwort lang genug ist.",
    invited: {
      title: "Konten gibt es auf Einladung",
      text: "Einladen kann, wer diese Installation betreibt. Der Link aus der Einladung öffnet diese Seite.",
    },
    closed: {
      title: "Hier gibt es keine neuen Konten",
      text: "Wer diese Installation betreibt, legt im Moment keine an. Bitte dort nachfragen.",
    },
    other: "Schon ein Konto? Anmelden",
  },
  invitation: {
    title: "Willkommen",
    text: (email: string) => `Dies ist die Einladung, für ${email} ein Konto anzulegen.`,
    closed: {
      title: "Im Moment keine neuen Konten",
      text: (email: string) =>
        `Dies ist die Einladung, für ${email} ein Konto anzulegen, aber neue Konten sind hier jetzt gesperrt. Bitte dort nachfragen, woher die Einladung kam, und den Link danach noch einmal öffnen: Er gilt, bis er abläuft.`,
    },
  },
  recovery: {
    title: "Ein neuer Zugang",
    text: (email: string) =>
      `${email} bekommt einen neuen Passkey oder ein neues Passwort. Danach gilt nur noch das: Alles Frühere geht nicht mehr, und alle anderen Browser werden abgemeldet.`,
    passkey: "Weiter mit Passkey",
    password: "Passwort festlegen",
  },
  badLink:
    "Dieser Link gilt nicht: Er wurde benutzt, ist abgelaufen oder nicht vollständig. Bitte einen neuen geben lassen.",
  isSignedIn: (email: string) => `Angemeldet ist ${email}. Wer hier weitermacht, ändert das.`,
  notNow: "Nicht jetzt",
} as const;

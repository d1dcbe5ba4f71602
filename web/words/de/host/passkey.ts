/** What a passkey did not do. */
export const passkey = {
  cancelled: "Es wurde kein Passkey benutzt. Bitte noch einmal versuchen oder ein Passwort benutzen.",
  problems: {
    passkey_exists: "Dieses Gerät hat schon einen Passkey dieses Kontos. Bitte diesen benutzen.",
    passkey_failed:
      "Der Passkey hat hier nicht funktioniert. Bitte noch einmal versuchen oder ein Passwort benutzen.",
    passkey_missing:
      "Passkeys konnten nicht geladen werden. Bitte die Verbindung prüfen und noch einmal versuchen.",
  },
  hindrances: {
    address: "Passkeys brauchen einen Namen in der Adresse und gehen hier nicht.",
    elsewhere: (link: string) => `Um einen zu benutzen, bitte stattdessen ${link} öffnen.`,
    insecure: "Passkeys brauchen https und gehen unter dieser Adresse nicht.",
    browser: "Dieser Browser hat keine Passkeys.",
  },
} as const;

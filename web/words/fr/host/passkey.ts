/** What a passkey did not do. */
export const passkey = {
  cancelled: "Aucune clé d’accès n’a été utilisée. Réessayez, ou utilisez un mot de passe.",
  problems: {
    passkey_exists: "Cet appareil a déjà une clé d’accès de ce compte. Utilisez celle-là.",
    passkey_failed: "La clé d’accès n’a pas marché ici. Réessayez, ou utilisez un mot de passe.",
    passkey_missing: "Les clés d’accès n’ont pas pu être chargées. Vérifiez votre connexion, puis réessayez.",
  },
  hindrances: {
    address: "Les clés d’accès exigent un nom dans l’adresse, et ne marchent pas ici.",
    elsewhere: (link: string) => `Pour en utiliser une, ouvrez plutôt ${link}.`,
    insecure: "Les clés d’accès exigent https, et ne marchent pas à cette adresse.",
    browser: "Ce navigateur n’a pas de clés d’accès.",
  },
} as const;

/** The page in a stream. Whoever sets it up reads this, and then perhaps everybody: a sentence, and no more. */
export const overlay = {
  title: "Overlay · revint",
  name: "Overlay",
  connecting: "Connexion…",
  incomplete: "Cette adresse n’est pas complète : copiez-la à nouveau depuis la scène (Commandes, Overlays).",
  notFound: "Cette session n’existe pas : elle a peut-être été supprimée.",
  revoked: "La clé de cet overlay n’est pas valable, ou ne l’est plus. Créez-en une nouvelle sur la scène.",
  refused: "Le service n’a pas accepté cet overlay. Veuillez réessayer plus tard.",
  unknown: (name: string, value: string, known: readonly string[]) =>
    `« ${name}=${value} » est inconnu ; sont possibles : ${known.join(", ")}.`,
} as const;

import { plural } from "./plural.ts";

/** What both pages and plugin say. */
export const common = {
  people: (count: number) => plural(count, "personne", "personnes"),
  connection: {
    connecting: "Connexion…",
    live: "Connecté",
    fallback: "Connecté",
    closed: "Déconnecté",
  },
  token: "Jeton d’hôte ou lien d’invitation",
  tryAgain: "Réessayer",
  noPass: "Ce n’est ni un jeton d’hôte ni un lien d’invitation. Veuillez le coller en entier.",
  joinCode: (url: string) => `QR code pour participer : ${url}`,
} as const;

import { plural } from "./plural.ts";

/** What the pages have in common. */
export const pages = {
  copy: "Copier",
  copied: "Copié.",
  notCopied: "La copie n’est pas possible ici : le texte est sélectionné, copiez-le au clavier.",
  cancel: "Annuler",
  sessionField: "Session",
  noSessionName: "Ce n’est ni le nom d’une session ni un lien vers une session. Veuillez tout coller.",
  noSessionOrToken:
    "Ce n’est ni le nom d’une session, ni un lien vers une session, ni un jeton d’hôte. Veuillez tout coller.",
  sessionOrToken: "Jeton d’hôte ou session",
  ownSession: {
    notStarted:
      "La session de ce jeton n’a pas encore commencé, ou a été oubliée. Animez d’abord la présentation avec le jeton.",
    refused:
      "Ce jeton n’est pas accepté ici. Vérifiez qu’il a été collé en entier, qu’il a été signé pour cette installation et qu’il n’a pas expiré.",
    failed: "Le service est injoignable. Veuillez réessayer.",
  },
  passRefused:
    "C’est le secret d’un hôte, et non de quoi participer. Sa place est dans la présentation ou sur la scène.",
  seconds: (count: number) => `${count} s`,
  minutes: (minutes: number, seconds: number) =>
    seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`,
  hours: (hours: number, minutes: number) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
  days: (days: number, hours: number) =>
    hours === 0 ? plural(days, "jour", "jours") : `${days} j ${hours} h`,
  slide: (page: string) => `Diapo ${page}`,
  beforeFirst: "Avant la première diapo",
  /** Where an address leads to this computer. */
  onlyHere:
    "Les téléphones ne peuvent pas ouvrir cette adresse : elle ne vaut que sur cet ordinateur. Démarrez avec HOST=0.0.0.0 npm start, et ouvrez cette page à l’adresse qui s’affiche alors.",
} as const;

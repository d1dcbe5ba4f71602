import { account } from "./host/account.ts";
import { admin } from "./host/admin.ts";
import { decks } from "./host/decks.ts";
import { entrance } from "./host/entrance.ts";
import { opened } from "./host/opened.ts";
import { passkey } from "./host/passkey.ts";
import { talks } from "./host/talks.ts";

/** The page of a host's account: a file for each of its sections. */
export const host = {
  title: "Hôte · revint",
  titleOf: (view: string) => `${view} · hôte · revint`,
  opening: "Un instant…",
  failed: {
    title: "Cela ne marche pas pour l’instant",
    text: "Le service est injoignable. Veuillez réessayer dans un instant.",
  },
  views: { talks: "Conférences", decks: "Présentations", account: "Compte", admin: "Tous les comptes" },
  navigation: "Votre compte",
  more: "En voir plus",
  reading: "Lecture…",
  notLoaded: "Cela ne peut pas s’afficher pour l’instant. Nous continuons d’essayer.",
  save: "Enregistrer",
  saved: "Enregistré.",
  close: "Fermer",
  emailAgain: (email: string) => `Saisissez « ${email} » pour confirmer`,

  /** What went wrong, by the service's code, wherever nothing else says it better. */
  problems: {
    network: "Le service est injoignable. Vérifiez votre connexion, puis réessayez.",
    not_signed_in: "La connexion à votre compte est terminée. Reconnectez-vous pour continuer.",
    rate_limited: "Trop de requêtes viennent de votre réseau. Attendez une minute, puis réessayez.",
    too_many_attempts: "Trop d’essais erronés. Attendez que le prochain soit possible.",
    sign_in_failed: "La connexion a échoué. Vérifiez votre saisie, puis réessayez.",
    link_not_valid: "Ce lien n’est plus valable. Demandez-en un nouveau.",
    limit_reached: "Il n’y a plus de place. Supprimez ce qui ne sert plus, puis réessayez.",
    last_way_in: "C’est le seul accès à votre compte. Ajoutez-en d’abord un autre.",
    talk_not_found: "Cette conférence a été supprimée. Rechargez la page pour voir ce qui existe.",
    deck_not_found: "Cette présentation a été supprimée. Rechargez la page pour voir ce qui existe.",
    account_not_found: "Ce compte a été supprimé. Rechargez la page pour voir ce qui existe.",
    sign_up_closed:
      "Les nouveaux comptes sont fermés ici. Le responsable de cette installation peut les ouvrir ; les liens de récupération marchent quand même.",
    not_admin: "Seul un admin peut faire cela. Demandez-le à l’un d’eux.",
    foreign_origin:
      "Le service n’accepte cela que de ses propres pages. Ouvrez cette page à son adresse habituelle.",
    not_configured:
      "Les comptes ne sont pas encore configurés ici. Demandez au responsable de cette installation de terminer.",
    invalid_request: "Quelque chose n’est pas correct. Vérifiez votre saisie, puis réessayez.",
    conflict: "Cela a été modifié ailleurs. Rechargez la page, puis réessayez.",
    too_large: "C’est plus que ce que le service accepte. Réduisez, puis réessayez.",
    other: "Le service ne l’a pas fait. Veuillez réessayer dans un instant.",
  } as Readonly<Record<string, string>>,

  passkey,
  entrance,
  talks,
  opened,
  account,
  admin,
  decks,
} as const;

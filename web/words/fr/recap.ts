import type { RecapStatus } from "../../../shared/protocol/recap.ts";
import { plural } from "./plural.ts";

/** The page after the talk: what readers press, and what its host is told. */
export const recap = {
  title: "Récap · revint",
  heading: "Récap",
  connecting: "Recherche du récap…",
  noSession: {
    title: "Quelle session ?",
    text: "Ce lien ne nomme aucune session. Collez votre jeton d’hôte, le nom de la session ou son lien d’accès.",
  },
  openSession: "Ouvrir son récap",
  notFound: {
    title: "Ce récap n’existe pas",
    text: "Le lien est peut-être incomplet, ou la session et tout son contenu ont été supprimés. Demandez à la personne qui vous a donné le lien, ou collez votre jeton d’hôte, le nom de la session ou son lien d’accès.",
  },
  nothing: {
    title: "Il n’y a encore rien à lire",
    text: "L’hôte n’a pas encore publié le récap de cette conférence. Revenez plus tard : le lien reste le même.",
  },
  failed: { title: "Cela ne marche pas pour l’instant", text: "Veuillez réessayer dans un instant." },
  ask: {
    title: "Récap",
    text: "Collez le jeton d’hôte de cette session, ou le lien de votre invitation. Il reste dans cet onglet.",
  },
  again: "Vérifier",
  isHost: "Êtes-vous l’hôte, ou un co-hôte ?",
  open: "Ouvrir",
  badToken:
    "Cela n’ouvre pas cette session. Vérifiez que tout a été collé, et que c’est pour cette conférence et cette date ; le jeton a peut-être expiré, ou l’invitation a été retirée.",

  tools: {
    name: "Cette page",
    copy: "Copier le lien",
    share: "Partager…",
    print: "Imprimer ou enregistrer en PDF",
    copied: "Copié.",
    notCopied: "La copie n’est pas possible ici : copiez l’adresse dans la barre du navigateur.",
  },

  offer: {
    text: "Une page à garder pour votre public : la conférence diapo par diapo, où la salle a réagi, ce qu’elle a voté, ce qu’elle a demandé. Personne ne la voit avant que vous ne la publiiez.",
    make: "Créer le récap",
    making: "Création du récap…",
    open: "Ouvrir le récap",
    reading: "Recherche du récap…",
  },

  bar: "Pour les hôtes",
  /** Where it stands, and who can read it. */
  state: (status: RecapStatus): string => `${progressOf(status)} ${readersOf(status)}`,
  /** The same in a list. */
  short: ({ status, publishedAt }: RecapStatus): string => {
    if (status === "none") return "Pas encore de récap";
    const readers = publishedAt === undefined ? "Récap non publié" : "Récap publié";
    return status === "queued" || status === "writing" ? `${readers}, en cours d’écriture` : readers;
  },
  none: {
    title: "Cette conférence n’a pas encore de récap",
    text: "C’est une page à garder pour votre public : la conférence diapo par diapo, où la salle a réagi, ce qu’elle a voté, ce qu’elle a demandé. Vous pouvez modifier chaque texte, et personne ne la voit avant que vous ne la publiiez.",
    forCoHosts: "L’hôte de cette conférence peut en faire créer un. Il apparaîtra alors ici.",
  },
  publish: "Publier",
  takeBack: "Dépublier",
  edit: "Modifier le texte",
  remake: "Recréer…",
  retry: "Réessayer le modèle…",
  erase: "Supprimer…",
  link: "Lien pour votre public",
  results: "Résultats",
  published: "Publié. Toute personne ayant le lien peut maintenant le lire.",
  takenBack: "Dépublié. Seuls les hôtes peuvent maintenant le lire.",
  changed: "Le texte de cette page est maintenant le plus récent.",
  written: "Écrit jusqu’ici",
  progress: "Avancement de l’écriture",
  broken: "La connexion a été coupée. L’écriture continue ; nous vérifions à nouveau dans un instant.",
  erased: "Le récap est supprimé.",
  askRemake: {
    title: "Recréer le récap ?",
    text: "La page est écrite à nouveau, à partir de ce que la session a gardé.",
    edited: "Vos modifications de son texte disparaissent.",
    published: "Ce que voient les lecteurs change aussitôt que le nouveau est là.",
    confirm: "Recréer",
  },
  askErase: {
    title: "Supprimer le récap ?",
    text: "La page disparaît définitivement, pour tout le monde, avec toutes vos modifications. Les résultats restent, et vous pouvez en faire créer un autre.",
    confirm: "Supprimer définitivement",
  },
  editor: {
    title: "Modifier le texte",
    text: "Les chiffres, résultats et questions restent tels qu’ils ont été comptés. Une ligne vide commence un nouveau paragraphe ; un champ vide ne dit rien.",
    name: "Titre",
    summary: "Toute la conférence",
    questions: "Questions du public",
    save: "Enregistrer",
    close: "Fermer sans enregistrer",
    saved: "Enregistré.",
    unsaved: "Certaines modifications ne sont pas enregistrées.",
    keep: "Continuer",
    discard: "Abandonner",
    nothing: "Rien n’a changé.",
    noName: "Le titre ne peut pas être vide.",
    tooMany: (section: string, most: number) =>
      `« ${section} » a plus de ${plural(most, "paragraphe", "paragraphes")} : réunissez-en certains.`,
    tooLong: (section: string, most: number) =>
      `Un paragraphe de « ${section} » dépasse ${most.toLocaleString("fr")} caractères : raccourcissez-le ou divisez-le.`,
    conflict:
      "Le récap a changé entre-temps. Votre texte est encore ici : enregistrez à nouveau pour remplacer ce qui s’y trouve maintenant.",
    gone: "Le récap a été supprimé entre-temps. Copiez d’ici ce qu’il vous faut : il ne peut plus être enregistré.",
  },
  problems: {
    running: "La conférence est encore en cours : terminez d’abord la session, sur sa page de résultats.",
    gone: "La session a été supprimée, et son récap avec elle.",
    missing: "Il n’y a plus de récap : il a peut-être été supprimé dans une autre fenêtre.",
    refused:
      "Vous n’avez plus le droit de faire cela. Rouvrez cette page depuis vos résultats ou votre liste de conférences.",
    busy: (seconds: number) =>
      `Trop de récaps sont en cours de création. Réessayez dans ${plural(seconds, "seconde", "secondes")}.`,
    tooLarge: "C’est plus de texte qu’un récap n’en contient : raccourcissez-le.",
    notDone: "Le service ne l’a pas fait. Veuillez réessayer.",
  },
} as const;

function progressOf({ status, position = 0, by, edited, failure }: RecapStatus): string {
  if (status === "queued") {
    const before =
      position === 0
        ? "c’est la prochaine."
        : `${plural(position, "autre passe", "autres passent")} avant elle.`;
    return `Voici une première version. Une meilleure va être écrite : ${before}`;
  }
  if (status === "writing") {
    return "Voici une première version. Une meilleure est en cours d’écriture.";
  }
  if (status === "failed") {
    return `${failure ?? "La meilleure version n’a pas pu être écrite."} Ce que vous voyez a été composé sans elle.`;
  }
  if (edited) return "Vous avez modifié le texte.";
  return by === "model"
    ? "Écrit par un modèle de langage, à partir de ce que la session a gardé : lisez-le avant de le publier."
    : "Composé à partir de ce que la session a gardé.";
}

const readersOf = ({ publishedAt }: RecapStatus): string =>
  publishedAt === undefined
    ? "Seuls les hôtes peuvent le lire."
    : "Toute personne ayant le lien peut le lire.";

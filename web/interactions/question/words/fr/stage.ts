import { plural } from "../../../../words/fr/plural.ts";

/** So much of a question is said where something is said of it. */
const SPOKEN = 60;

/** What was done. */
const DID = {
  published: "Publiée",
  pending: "Remise en attente",
  hidden: "Masquée",
  answered: "Traitée",
  reopened: "N’est plus traitée",
  putBack: "Remise",
  pinned: "Épinglée",
  unpinned: "Détachée",
  written: "Réponse écrite",
  unwritten: "La réponse est retirée",
  merged: "Fusionnée",
  blocked: "Son auteur est bloqué",
} as const;

export type Did = keyof typeof DID;

/** What the stage says of questions from the audience. */
export const stage = {
  title: "Questions",
  rule: "Qui peut demander",
  rules: {
    off: { name: "Non", text: "Personne ne peut demander ni voter. Ce qui a été demandé reste lisible." },
    open: { name: "Ouvert", text: "Tout le monde peut demander, et voit aussitôt chaque question." },
    moderated: { name: "Modéré", text: "Tout le monde peut demander. La salle voit ce que vous publiez." },
  },
  put: "Afficher les questions",
  putAway: "Retirer les questions du tableau",
  list: "Liste",
  tabs: { pending: "À publier", asked: "Publiées", hidden: "Masquées" },
  nothing: {
    pending: "Rien n’attend d’être publié.",
    asked: "La salle ne voit encore aucune question.",
    hidden: "Rien n’est masqué.",
  },
  sort: "Tri",
  sorts: { votes: "Par votes", newest: "Récentes" },
  changes: (count: number) => `Voir ${plural(count, "nouveauté", "nouveautés")}`,
  upToDate: "À jour",
  votes: (count: number) => plural(count, "vote", "votes"),
  status: { pending: "à publier", published: "publiée", answered: "traitée", hidden: "masquée" },
  pinned: "épinglée",
  merged: (text: string) => `fusionnée avec « ${text.slice(0, SPOKEN)} »`,
  mergedAway: "fusionnée avec une autre",
  unseen: "Personne ne voit cette réponse tant que la question n’est pas traitée.",
  more: "Plus",
  less: "Moins",
  publish: "Publier",
  putBack: "Remettre",
  hide: "Masquer",
  pin: "Épingler",
  unpin: "Détacher",
  tick: "Marquer traitée",
  reopen: "Non traitée",
  write: "Répondre par écrit…",
  rewrite: "Modifier la réponse…",
  merge: "Fusionner…",
  block: "Bloquer l’auteur…",
  of: (action: string, text: string) => `${action} : ${text.slice(0, SPOKEN)}`,
  undo: "Annuler",
  done: (did: Did, text: string): string => `${DID[did]} : ${text.slice(0, SPOKEN)}`,
  keys: {
    title: "Touches",
    text: "Dans la liste, pour la question qui a le focus :",
    list: [
      ["↑ ↓", "la précédente, la suivante"],
      ["Home End", "la première, la dernière"],
      ["Enter", "tout son texte, et tout ce qui est possible"],
      ["P", "la publier, ou la remettre"],
      ["H", "la masquer"],
      ["A", "traitée, ou non"],
      ["I", "l’épingler, ou la détacher"],
      ["W", "répondre par écrit"],
      ["M", "la fusionner avec une autre"],
      ["B", "bloquer son auteur"],
      ["U", "annuler la dernière action"],
    ],
  },
  askAnswer: {
    title: "Répondre par écrit",
    close: "Fermer",
    label: "Lu par tous ceux qui voient la question",
    save: "Enregistrer",
    remove: "Retirer la réponse",
    none: "Veuillez écrire une réponse.",
  },
  askMerge: {
    title: "La fusionner avec laquelle ?",
    close: "Fermer",
    text: "Celle-ci est masquée, et mène là-bas. Les votes restent où ils sont : les mêmes personnes ont pu voter pour les deux.",
    find: "Chercher",
    none: "Il n’y en a pas.",
    more: (count: number) => `${plural(count, "autre", "autres")} : saisissez quelques-uns de ses mots.`,
  },
  askBlock: {
    title: "Bloquer l’auteur de cette question ?",
    text: "Plus rien n’est accepté de cette personne. Ce qu’elle a demandé est masqué, et ce qu’elle a envoyé et voté est déduit des compteurs.",
    confirm: "Bloquer",
  },
  gone: "Cette question n’existe plus.",
  notAllowed: "Votre rôle dans cette session ne permet pas cela : demandez à l’hôte.",
} as const;

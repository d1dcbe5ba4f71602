/** So much of an answer is said where something is said of it. */
const SPOKEN = 40;

/** What is said of open answers where they are read. */
export const texts = {
  title: "Réponses ouvertes",
  onBoard: "Réponses ouvertes au tableau",
  notRead: "Les réponses ne peuvent pas être lues pour l’instant.",
  nothing: "Pas encore de réponses.",
  more: "Lire la suite",
  all: "Tout lire",
  less: "Réduire",
  again: "Relire",
  takeOut: "Retirer",
  putBack: "Remettre",
  block: "Bloquer…",
  askBlock: {
    title: "Bloquer l’auteur de ce texte ?",
    text: "Plus rien n’est accepté de cette personne. Ce qu’elle a écrit est retiré, et ce qu’elle a envoyé et voté est déduit des compteurs.",
    confirm: "Bloquer",
  },
  blocked: (text: string) => `L’auteur est bloqué : ${text.slice(0, SPOKEN)}`,
  undo: "Annuler",
  notBlocked:
    "Cette personne a écrit autre chose depuis, ou son nom est oublié. Regardez à nouveau la liste.",
  of: (action: string, text: string) => `${action} : ${text.slice(0, SPOKEN)}`,
} as const;

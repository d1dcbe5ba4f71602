export const words = {
  label: (most: number) => (most === 1 ? "Un mot" : `Jusqu’à ${most} mots`),
  add: "Ajouter",
  send: "Envoyer",
  yours: "Vos mots",
  remove: (word: string) => `Retirer ${word}`,
  removed: (word: string) => `${word} retiré`,
  added: (word: string, left: number) => `${word} ajouté${left > 0 ? `, reste ${left}` : ""}`,
  long: "Veuillez raccourcir : un mot a jusqu’à 32 caractères.",
  known: "Vous avez déjà ce mot.",
  none: "Veuillez saisir un mot.",
  full: (most: number) =>
    most === 1 ? "Retirez-le pour en envoyer un autre." : "Retirez-en un pour en envoyer un autre.",
  final: "Envoyez-les une fois prêts : ils ne pourront plus être modifiés.",
  said: "Les mots de la salle",
} as const;

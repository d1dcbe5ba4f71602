/** A deck in print. */
export const deckCopy = {
  noCode:
    "Le code pour participer s’affiche ici dès que cette présentation a animé une session dans cet onglet.",
} as const;

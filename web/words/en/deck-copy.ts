/** A deck in print. */
export const deckCopy = {
  noCode: "The code to join is drawn here once this deck has led a session in this tab.",
} as const;

/** A deck in print. */
export const deckCopy = {
  noCode:
    "El código para unirse se dibuja aquí cuando esta presentación haya dirigido una sesión en esta pestaña.",
} as const;

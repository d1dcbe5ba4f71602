/** Apart from the other words, which are loaded with what could not be. */
export const notLoaded =
  "Les questions du public ne peuvent pas s’afficher pour l’instant. Nous continuons d’essayer.";

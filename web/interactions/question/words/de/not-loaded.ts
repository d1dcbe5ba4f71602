/** Apart from the other words, which are loaded with what could not be. */
export const notLoaded =
  "Fragen aus dem Publikum lassen sich gerade nicht anzeigen. Wir versuchen es weiter.";

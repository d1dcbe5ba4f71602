/** Apart from the other words, which are loaded with what could not be. */
export const notLoaded = "Eine Frage lässt sich gerade nicht anzeigen. Wir versuchen es weiter.";

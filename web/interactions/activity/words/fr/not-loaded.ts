/** Apart from the other words, which are loaded with what could not be. */
export const notLoaded = "Une question ne peut pas s’afficher pour l’instant. Nous continuons d’essayer.";

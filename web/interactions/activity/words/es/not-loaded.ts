/** Apart from the other words, which are loaded with what could not be. */
export const notLoaded = "Ahora mismo no se puede mostrar una pregunta. Seguimos intentándolo.";

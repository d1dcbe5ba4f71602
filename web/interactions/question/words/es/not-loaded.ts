/** Apart from the other words, which are loaded with what could not be. */
export const notLoaded = "Ahora mismo no se pueden mostrar las preguntas del público. Seguimos intentándolo.";

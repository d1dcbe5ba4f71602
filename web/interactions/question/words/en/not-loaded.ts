/** Apart from the other words, which are loaded with what could not be. */
export const notLoaded = "Questions from the audience can't be shown right now. We keep trying.";

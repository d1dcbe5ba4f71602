/** Elements that show what the room asks. */
export const QUESTIONS = "[data-revint-questions]";

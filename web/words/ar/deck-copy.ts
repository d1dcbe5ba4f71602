/** A deck in print. */
export const deckCopy = {
  noCode: "يُرسم رمز الانضمام هنا بعد أن يقود هذا العرض جلسة في هذا التبويب.",
} as const;

/** A sentence in pieces: its words, and the blanks between them, which stand by name, such as {votes}. */
export const splitSentence = (
  sentence: string,
): readonly ({ readonly text: string } | { readonly blank: string })[] =>
  sentence
    .split(/\{(\w+)\}/)
    .map((piece, index) => (index % 2 === 1 ? { blank: piece } : { text: piece }))
    .filter((part) => "blank" in part || part.text !== "");

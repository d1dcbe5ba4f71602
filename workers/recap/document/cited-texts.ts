/** The texts of what a statement rests on, with one blank between words. */
export interface CitedTexts {
  /** Of the host: titles, prompts, options, answers. */
  readonly hosts: readonly string[];
  /** Of the audience: questions, words, reactions. Strangers wrote them. */
  readonly guests: readonly string[];
}

/** What stands in another language in place of English words: the same keys, functions of the same arguments, and any text. */
export type Words<English> = English extends string
  ? string
  : English extends (...given: infer Given) => infer Said
    ? (...given: Given) => Words<Said>
    : English extends object
      ? { readonly [Key in keyof English]: Words<English[Key]> }
      : English;

/** A file of words in another language. What it lacks, or says in another way, does not compile. */
export type Translation<English, Own extends Words<English>> = Own;

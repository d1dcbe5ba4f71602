/** What a ledger must know of an interaction, whose topics and keys are texts to it. */
export interface Interaction {
  /** As its topics have it. */
  readonly name: string;
  /** Whether two keys under one id are one and the same, sent twice. */
  isSameKey(a: string, b: string): boolean;
}

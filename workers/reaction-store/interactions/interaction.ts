/** What a ledger must know of an interaction; everything else about its topics and keys is the interaction's. */
export interface Interaction {
  /** Its topics begin with it. */
  readonly name: string;
  /** Whether two keys under one id are one and the same, sent twice. */
  isSameKey(a: string, b: string): boolean;
}

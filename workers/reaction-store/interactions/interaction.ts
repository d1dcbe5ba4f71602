/** What a ledger must know of an interaction, whose topics and keys are texts to it. */
export interface Interaction {
  /** As its topics have it. */
  readonly name: string;
  /** Whether two keys are one and the same: under one id, sent twice; or what stands, given again. */
  isSameKey(a: string, b: string): boolean;
  /**
   * What an entry adds to the counts of its topic: keys of its own, and how much to each.
   * @throws for a key that its interaction can't have written
   */
  listCounted(topic: string, key: string): Iterable<readonly [key: string, count: number]>;
  /**
   * A key that takes its place in memory and in checkpoints: one that counts the same and, of two keys, is the same
   * where they are.
   */
  shorten(topic: string, key: string): string;
  /** Whether a topic may get as many different keys as people think of: a ledger has room for so many. */
  isOpenEnded(topic: string): boolean;
}

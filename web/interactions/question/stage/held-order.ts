/** What a list shows while nothing in it may move, and how much waits. */
export interface HeldOrder {
  readonly ids: readonly string[];
  /** What would be new, gone or in another place. */
  readonly changes: number;
}

/**
 * Keeps what is shown where it stands. What only comes at the end moves nothing, and is shown at once.
 * @param shown the ids in the order in which they stand
 * @param fresh those that would stand there now, in their order
 */
export function holdOrder(shown: readonly string[], fresh: readonly string[]): HeldOrder {
  if (shown.every((id, index) => fresh[index] === id)) return { ids: fresh, changes: 0 };
  const places = new Map(fresh.map((id, index) => [id, index]));
  const common = shown.map((id) => places.get(id)).filter((place) => place !== undefined);
  const added = fresh.length - common.length;
  const gone = shown.length - common.length;
  return { ids: shown, changes: added + gone + common.length - countRising(common) };
}

/** The length of the longest part of a list that rises: all others have to move. */
function countRising(numbers: readonly number[]): number {
  // The smallest end of a rising part, for each length.
  const ends: number[] = [];
  for (const number of numbers) {
    let [from, to] = [0, ends.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((ends[middle] ?? 0) < number) from = middle + 1;
      else to = middle;
    }
    ends[from] = number;
  }
  return ends.length;
}

/**
 * Orders pages as the deck has them: `h.v` by numbers, so that 4.2 comes before 10. What a session
 * shows before its deck comes first; pages that are named in another way stay where they are, behind.
 */
export function comparePages(a: string, b: string): number {
  const [placeA, placeB] = [readPlace(a), readPlace(b)];
  if (!placeA || !placeB) return Number(!placeA) - Number(!placeB);
  return placeA[0] - placeB[0] || placeA[1] - placeB[1];
}

function readPlace(page: string): readonly [h: number, v: number] | undefined {
  const [, h, v = "-1"] = /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(page) ?? [];
  return h === undefined ? undefined : [Number(h), Number(v)];
}

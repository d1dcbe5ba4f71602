import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";

/** How many questions are new, gone, different but for their votes, or have to move to make the one list the other. */
export function countChanges(before: readonly LiveQuestion[], after: readonly LiveQuestion[]): number {
  const places = new Map(after.map(({ id }, place) => [id, place]));
  const known = new Map(before.map((question) => [question.id, question]));
  const changed = new Set<string>();
  for (const { id } of before) if (!places.has(id)) changed.add(id);
  for (const question of after) {
    const old = known.get(question.id);
    if (!old || isDifferent(old, question)) changed.add(question.id);
  }
  const stayed = before.flatMap(({ id }) => places.get(id) ?? []);
  const ids = after.map(({ id }) => id);
  for (const place of listMoved(stayed)) changed.add(ids[place] ?? "");
  return changed.size;
}

const isDifferent = (before: LiveQuestion, after: LiveQuestion): boolean =>
  JSON.stringify({ ...before, votes: 0 }) !== JSON.stringify({ ...after, votes: 0 });

/** The fewest of these numbers that have to move to put all in order: those that are not in a longest rising row. */
function listMoved(numbers: readonly number[]): number[] {
  /** For each length of a rising row, where the one ends that ends lowest. */
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [at, number] of numbers.entries()) {
    let length = ends.findIndex((end) => (numbers[end] ?? 0) >= number);
    if (length < 0) length = ends.length;
    previous.push(ends[length - 1] ?? -1);
    ends[length] = at;
  }
  const staying = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) staying.add(at);
  return numbers.filter((_, at) => !staying.has(at));
}

import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { Scores } from "../../../lib/quiz.ts";

/** How many people have so many points. */
export type PeopleByPoints = Readonly<Record<number, number>>;

/** What the people of some rooms have in the quiz. */
export interface Sums {
  /** The name of the questions: what is of others does not add up. */
  readonly questions: string;
  readonly people: PeopleByPoints;
  /** Who has the most, best first, up to as many as a ranking lists. */
  readonly best: Scores;
}

export function sumUp(questions: string, scores: Scores): Sums {
  const people: Record<number, number> = {};
  for (const { points } of scores) people[points] = (people[points] ?? 0) + 1;
  return { questions, people, best: pickBest(scores) };
}

/** @throws where they are of different questions: a room has heard of a change, and another one has not */
export function mergeSums(questions: string, all: readonly Sums[]): Sums {
  const people: Record<number, number> = {};
  for (const each of all) {
    if (each.questions !== questions) throw new Error("rooms know of different questions");
    for (const [points, count] of Object.entries(each.people)) {
      people[Number(points)] = (people[Number(points)] ?? 0) + count;
    }
  }
  return { questions, people, best: pickBest(all.flatMap(({ best }) => best)) };
}

export const countPeople = (people: PeopleByPoints): number =>
  Object.values(people).reduce((sum, count) => sum + count, 0);

/** Equal points share a rank, and the next rank counts on: 1, 2, 2, 4. */
export function createRanks(people: PeopleByPoints): (points: number) => number {
  const steps = Object.entries(people)
    .map(([points, count]) => ({ points: Number(points), count }))
    .sort((a, b) => b.points - a.points);
  const ranks = new Map<number, number>();
  let before = 0;
  for (const { points, count } of steps) {
    ranks.set(points, before + 1);
    before += count;
  }
  return (points) => {
    const known = ranks.get(points);
    if (known !== undefined) return known;
    // Points that nobody had when they were counted: everybody who has more is before.
    return 1 + steps.reduce((sum, step) => sum + (step.points > points ? step.count : 0), 0);
  };
}

/** Of those with equal points, the same ones each time. */
const pickBest = (scores: Scores): Scores =>
  [...scores]
    .sort((a, b) => b.points - a.points || ((a.participant ?? "") < (b.participant ?? "") ? -1 : 1))
    .slice(0, LIMITS.ranked);

import type { RoundCounts } from "./kind.ts";

/** Mean and median of numbers, from how often each was given; nothing where none was. */
export function describeNumbers(counts: RoundCounts): { mean?: number; median?: number } {
  const numbers = Object.entries(counts)
    .map(([number, count]) => [Number(number), count] as const)
    .sort(([a], [b]) => a - b);
  const people = numbers.reduce((sum, [, count]) => sum + count, 0);
  if (people === 0) return {};
  const mean = numbers.reduce((sum, [number, count]) => sum + number * (count / people), 0);
  /** The number that this place holds, from 0, were all of them written in a line. */
  const at = (place: number): number => {
    let before = 0;
    for (const [number, count] of numbers) {
      before += count;
      if (place < before) return number;
    }
    return 0;
  };
  return { mean, median: (at(Math.floor((people - 1) / 2)) + at(Math.floor(people / 2))) / 2 };
}

/**
 * A number as its steps have it, counted from another one: what is three steps of 0.1 is 0.3, and nearly so is so.
 * Undefined where it is between two steps.
 */
export function toStep(number: number, from: number, step: number): number | undefined {
  const steps = (number - from) / step;
  const whole = Math.round(steps);
  if (!(Math.abs(steps - whole) < 1e-6)) return undefined;
  // More digits than these are the error of a sum. And minus zero is zero.
  return Number((from + whole * step).toPrecision(15)) + 0;
}

/** The most frequent ones of these; of those that are as frequent, the same ones everywhere. */
export function pickFrequent(counts: RoundCounts, most: number): RoundCounts {
  const all = Object.entries(counts);
  if (all.length <= most) return counts;
  all.sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return Object.fromEntries(all.slice(0, most));
}

/** So many different numbers still have a column each. */
const MOST_VALUES = 10;
/** More are put together into about so many. */
const BINS = 9;
/** Steps that people read easily, as parts of a power of ten. */
const NICE = [1, 2, 2.5, 5, 10] as const;
/** Beyond so many times the middle half's width, a few stray numbers would make one column of all others. */
const FAR = 3;

/** Numbers that stand in one column. */
export interface Bin {
  /** The smallest and the largest number that belongs into it; of single numbers, twice the same. Infinite at an open end. */
  readonly from: number;
  readonly to: number;
}

/** Which numbers stand together, smallest first. @param numbers each with how often it was given, in any order */
export function createBins(numbers: ReadonlyMap<number, number>): Bin[] {
  const values = [...numbers.keys()].sort((a, b) => a - b);
  if (values.length <= MOST_VALUES) return values.map((value) => ({ from: value, to: value }));
  const [low, high] = getBulk(values, numbers);
  const first = values[0] ?? 0;
  const last = values.at(-1) ?? 0;
  const width = getNiceWidth((high - low) / BINS);
  const start = Math.floor(low / width);
  const end = Math.floor(high / width);
  return Array.from({ length: end - start + 1 }, (_, index): Bin => {
    const from = (start + index) * width;
    return {
      from: index === 0 && first < low ? Number.NEGATIVE_INFINITY : tidy(from),
      to: start + index === end && last > high ? Number.POSITIVE_INFINITY : tidy(from + width),
    };
  });
}

/** Whether a number stands in this bin: a bin of several begins with its `from`, and ends before its `to`. */
export const isIn = ({ from, to }: Bin, number: number): boolean =>
  from === to ? number === from : number >= from && number < to;

/** From where to where most numbers are: all of them, unless some are far away from the middle half. */
function getBulk(values: readonly number[], numbers: ReadonlyMap<number, number>): readonly [number, number] {
  const people = values.reduce((sum, value) => sum + (numbers.get(value) ?? 0), 0);
  const at = (part: number): number => {
    let before = 0;
    for (const value of values) {
      before += numbers.get(value) ?? 0;
      if (before >= part * people) return value;
    }
    return values.at(-1) ?? 0;
  };
  const [quarter, threeQuarters] = [at(0.25), at(0.75)];
  const reach = FAR * (threeQuarters - quarter);
  if (reach === 0) return [values[0] ?? 0, values.at(-1) ?? 0];
  const near = values.filter((value) => value >= quarter - reach && value <= threeQuarters + reach);
  return [near[0] ?? quarter, near.at(-1) ?? threeQuarters];
}

function getNiceWidth(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return (NICE.find((nice) => nice * power >= least) ?? 10) * power;
}

/** 0.1 + 0.2 is 0.3. */
const tidy = (number: number): number => Number(number.toPrecision(12));

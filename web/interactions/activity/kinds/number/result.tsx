import { type Column, Columns } from "../../columns.tsx";
import { NumberFigures } from "../../figures.tsx";
import { formatNumber } from "../../number-text.ts";
import { speak } from "../../shares.tsx";
import { isSolved } from "../../visibility.ts";
import { result as said } from "../../words/en/result.ts";
import type { ActivityOf, Counted, KindResult } from "../result.ts";
import { type Bin, createBins, isIn } from "./histogram.ts";
import { words } from "./words/en/result.ts";

type NumberActivity = ActivityOf<"number">;

/** A column for each number, or for each range where they are many; mean and median, and what is right. */
export const numberResult: KindResult<NumberActivity> = {
  name: words.name,
  Drawing(counted) {
    const { activity, tally, earlier } = counted;
    const range = isSolved(activity) ? toRange(activity.correct) : undefined;
    return (
      <>
        {tally.people > 0 && <Columns columns={listColumns(counted)} />}
        <NumberFigures tally={tally} earlier={earlier} />
        {range && <p class="solution">{nameRange(range)}</p>}
      </>
    );
  },
};

function listColumns({ activity, tally, earlier }: Counted<NumberActivity>): Column[] {
  const [now, before] = [readNumbers(tally.counts), earlier && readNumbers(earlier.counts)];
  const all = new Map(now);
  for (const [number, count] of before ?? []) all.set(number, (all.get(number) ?? 0) + count);
  const range = isSolved(activity) ? toRange(activity.correct) : undefined;
  return createBins(all).map((bin) => {
    const count = countIn(now, bin);
    const wasCount = before && countIn(before, bin);
    const isRight = range !== undefined && isWithin(bin, range);
    const label = nameBin(bin, activity.step);
    return {
      key: `${bin.from}`,
      label,
      count,
      earlier: wasCount,
      isRight,
      spoken: speak(
        label,
        [said.people(count), ...(wasCount === undefined ? [] : [words.before(wasCount)])],
        isRight,
      ),
    };
  });
}

const readNumbers = (counts: Readonly<Record<string, number>>): Map<number, number> =>
  new Map(Object.entries(counts).map(([number, count]) => [Number(number), count]));

const countIn = (numbers: ReadonlyMap<number, number>, bin: Bin): number =>
  [...numbers].reduce((sum, [number, count]) => sum + (isIn(bin, number) ? count : 0), 0);

/** From where to where an answer is right. */
function toRange(correct: NumberActivity["correct"]): readonly [number, number] | undefined {
  const [from, to = from] = typeof correct === "number" ? [correct] : (correct ?? []);
  return from === undefined || to === undefined ? undefined : [from, to];
}

const nameRange = ([from, to]: readonly [number, number]): string =>
  from === to ? words.right(formatNumber(from)) : words.rightRange(formatNumber(from), formatNumber(to));

/** Whether a right number may stand in this bin. */
const isWithin = (bin: Bin, [from, to]: readonly [number, number]): boolean =>
  isIn(bin, from) || isIn(bin, to) || (bin.from >= from && bin.to <= to);

/** @param step between two numbers: where it is a whole one, a bin is called after the numbers that it holds */
function nameBin({ from, to }: Bin, step: number): string {
  if (from === to) return formatNumber(from);
  if (!Number.isFinite(from)) return words.below(formatNumber(to));
  if (!Number.isFinite(to)) return words.above(formatNumber(from));
  const last = Number.isInteger(step) && Number.isInteger(to) ? to - step : to;
  return last > from ? words.range(formatNumber(from), formatNumber(last)) : formatNumber(from);
}

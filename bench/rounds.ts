import type { LoadResult } from "./load-job.ts";
import type { Contestant, Goal, GoalResult, MeasuredTable, Measurement } from "./measurement.ts";
import { summarize } from "./statistics.ts";

/**
 * Runs the contestants of a measurement in turns, A B A B: what else the machine does in between
 * hits all of them. The first turn warms up and does not count.
 */
export async function measure(
  measurement: Measurement,
  rounds: number,
  progress: (text: string) => void,
): Promise<MeasuredTable> {
  const { group, name, title, figures, goals = [] } = measurement;
  const table = { group, name, title, figures };
  try {
    const { contestants, close } = await measurement.prepare();
    try {
      const results = await takeTurns(contestants, measurement, rounds, progress);
      const rows = contestants.map((contestant, index) => ({
        contestant: contestant.name,
        figures: summarizeAll(results[index] ?? []),
      }));
      return { ...table, rows, goals: goals.map((goal) => judge(goal, rows)) };
    } finally {
      await close?.();
    }
  } catch (error) {
    const failed = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...table, rows: [], goals: [], failed };
  }
}

async function takeTurns(
  contestants: readonly Contestant[],
  { isCold, rounds: own, title }: Measurement,
  rounds: number,
  progress: (text: string) => void,
): Promise<LoadResult[][]> {
  const results: LoadResult[][] = contestants.map(() => []);
  const count = own ?? rounds;
  for (let round = isCold ? 1 : 0; round <= count; round++) {
    for (const [index, contestant] of contestants.entries()) {
      progress(`${title} · ${round === 0 ? "warm-up" : `round ${round} of ${count}`} · ${contestant.name}`);
      const result = await contestant.run();
      if (round > 0) results[index]?.push(result);
    }
  }
  return results;
}

function summarizeAll(results: readonly LoadResult[]) {
  const keys = new Set(results.flatMap((result) => Object.keys(result)));
  return Object.fromEntries(
    [...keys].map((key) => [key, summarize(results.map((result) => result[key] ?? Number.NaN))]),
  );
}

function judge({ what, figure, of, per, minus, least, most }: Goal, rows: MeasuredTable["rows"]): GoalResult {
  const median = (name: string) =>
    rows.find(({ contestant }) => contestant === name)?.figures[figure]?.median ?? Number.NaN;
  const value =
    median(of) / (per === undefined ? 1 : median(per)) - (minus === undefined ? 0 : median(minus));
  const isMet = (least === undefined || value >= least) && (most === undefined || value <= most);
  return { what, value, goal: least === undefined ? `≤ ${most}` : `≥ ${least}`, isMet };
}

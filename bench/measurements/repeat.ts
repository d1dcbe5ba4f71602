import type { LoadResult } from "../load-job.ts";
import { percentile } from "../statistics.ts";

/** One round that does something so many times; its figures are their medians. */
export async function repeat(times: number, run: () => Promise<LoadResult>): Promise<LoadResult> {
  const results: LoadResult[] = [];
  for (let time = 0; time < times; time++) results.push(await run());
  const figures = new Set(results.flatMap((result) => Object.keys(result)));
  return Object.fromEntries(
    Array.from(figures, (figure) => [
      figure,
      percentile(
        results.map((result) => result[figure] ?? Number.NaN),
        0.5,
      ),
    ]),
  );
}

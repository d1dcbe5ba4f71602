import { type Metered, type Point, writePoint } from "./metrics.ts";

type Call<A extends readonly unknown[], R> = (...args: A) => Promise<R>;

/**
 * The same call and, where there is a dataset, a data point each time: how long it took, and how it went.
 * @param describe the rest of the point, by how it ended and what it was about
 */
export function createMeasuredCall<A extends readonly unknown[], R>(
  env: Metered,
  call: Call<A, R>,
  describe: (outcome: PromiseSettledResult<R>, ...args: A) => Omit<Point, "ms">,
): Call<A, R> {
  if (!env.METRICS) return call;
  return async (...args) => {
    const start = Date.now();
    const [outcome] = await Promise.allSettled([call(...args)]);
    writePoint(env, { ...describe(outcome, ...args), ms: Date.now() - start });
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  };
}

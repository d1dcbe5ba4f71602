import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import type { ProblemCode } from "../../shared/protocol/problem.ts";
import { type Metered, writePoint } from "./metrics.ts";

interface MeasuredEnv {
  Bindings: Metered;
  /** `onError` says which problem it answered with. */
  Variables: { problem?: ProblemCode };
}

/**
 * Writes a data point for every request, once its answer begins, where there is a dataset. It stands first: what comes
 * after it is what is measured.
 */
export const measure = (worker: string) =>
  createMiddleware<MeasuredEnv>(function measure(c, next) {
    return c.env.METRICS ? measureRest() : next();

    async function measureRest(): Promise<void> {
      const start = Date.now();
      await next();
      // The handler that it led to comes last, also where something before it refused. Method and path are as they
      // stand in our code; what led nowhere has those of the last middleware.
      const { method = "", path = "" } = matchedRoutes(c).at(-1) ?? {};
      writePoint(c.env, {
        worker,
        event: "request",
        method,
        route: path,
        code: c.get("problem") ?? "",
        ms: Date.now() - start,
        counts: [c.res.status],
      });
    }
  });

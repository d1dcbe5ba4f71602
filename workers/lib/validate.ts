import type { ValidationTargets } from "hono";
import { validator } from "hono/validator";
import type * as z from "zod";
import { withContract } from "./contract.ts";
import { parse } from "./problem-error.ts";

/**
 * Zod at the door: the handler after it reads `c.req.valid(target)` and nothing else.
 * Whatever does not fit leaves as `invalid_request` through `onError`.
 */
export const validate = <Target extends keyof ValidationTargets, S extends z.ZodType>(
  target: Target,
  schema: S,
) =>
  withContract(
    { [target]: schema, problems: ["invalid_request"] },
    validator(target, (value): z.output<S> => parse(schema, value)),
  );

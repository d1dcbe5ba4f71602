import type { ActivityKind } from "../../../../shared/interactions/activity/kinds/index.ts";
import { choiceSolution } from "./choice/solution.tsx";
import { numberSolution } from "./number/solution.tsx";
import { orderSolution } from "./order/solution.tsx";
import type { KindSolution } from "./solution.ts";

/** How a host says what is right, for each kind that knows right and wrong. */
export const solutions: { readonly [Kind in ActivityKind]?: KindSolution } = {
  choice: choiceSolution,
  number: numberSolution,
  order: orderSolution,
};

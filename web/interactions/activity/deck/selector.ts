import type { ActivityKind } from "../../../../shared/interactions/activity/kinds/index.ts";

/** Only their names: what is particular about them, a deck loads once a slide has one. */
const names: { readonly [Name in ActivityKind]: true } = {
  choice: true,
  scale: true,
  number: true,
  words: true,
  text: true,
  order: true,
};

/** Elements that show who is best in the quiz. */
export const RANKING = "[data-revint-ranking]";

/** Elements that are activities. */
export const ACTIVITY = Object.keys(names)
  .map((kind) => `[data-revint-${kind}]`)
  .join();

/** What stands in a recipe's blanks. */
export interface RecipeDraft {
  /** The same for every try to save it, so that it is there once. */
  readonly id: string;
  readonly name: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** What was written of flows and never saved. */
export interface Drafts {
  /** By the flow that it was to change; of new ones, by none. */
  readonly texts: Map<string | undefined, string>;
  /** By the flow; of a new one, by its recipe. */
  readonly recipes: Map<string, RecipeDraft>;
}

const all = new Map<string, Drafts>();

/** Those of a session, or of a talk: they are there again when somebody comes back, until the page is left. */
export function getDrafts(place: string): Drafts {
  const drafts = all.get(place) ?? { texts: new Map(), recipes: new Map() };
  all.set(place, drafts);
  return drafts;
}

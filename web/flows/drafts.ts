/** What was written of flows and never saved, by the flow that it was to change; of new ones, by none. */
export type Drafts = Map<string | undefined, string>;

const all = new Map<string, Drafts>();

/** Those of a session, or of a talk: they are there again when somebody comes back, until the page is left. */
export function getDrafts(place: string): Drafts {
  const drafts = all.get(place) ?? new Map();
  all.set(place, drafts);
  return drafts;
}

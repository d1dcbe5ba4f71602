import type { Action } from "../ui/action.ts";
import type { Store } from "../ui/store.ts";
import type { OwnWords } from "./name-problem.ts";

/**
 * Does one thing for whoever is signed in, one at a time; what goes wrong is told in its store. Who turns out to be signed
 * in no longer stands at the entrance again.
 * @param own words for what may go wrong, by code
 * @returns whether it was done
 */
export type Work = (store: Store<Action>, does: () => Promise<void>, own?: OwnWords) => Promise<boolean>;

/** A section of the console: what is in it is read when somebody looks at it. */
export interface Section {
  open(): void;
  close(): void;
}

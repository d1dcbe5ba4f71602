import { type RevintError, toRevintError } from "../client/error.ts";
import type { Store } from "./store.ts";

/** How something goes that a host has asked for. */
export interface Action {
  /** It is on its way, and nothing else may begin. */
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  /** What was done, for those who see it and those who have it read to them. */
  readonly notice: string | undefined;
}

export const IDLE: Action = { isBusy: false, problem: undefined, notice: undefined };

/**
 * Does one thing at a time: what is asked for while another is on its way is not done.
 * @param nameProblem what to tell when it fails
 */
export async function act(
  store: Store<Action>,
  nameProblem: (error: RevintError) => string | Promise<string>,
  does: () => Promise<void>,
): Promise<void> {
  if (store.get().isBusy) return;
  store.set({ isBusy: true, problem: undefined, notice: undefined });
  try {
    await does();
  } catch (error) {
    store.set({ problem: await nameProblem(toRevintError(error)) });
  } finally {
    store.set({ isBusy: false });
  }
}

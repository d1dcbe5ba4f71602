import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Store } from "./store.ts";

/**
 * The store's value; the component renders again when it changes.
 * Hono's own useSyncExternalStore subscribes in an animation frame, which a hidden tab never gets.
 */
export function useStore<T extends object>(store: Store<T>): T {
  const [, setTurn] = useState(0);
  useLayoutEffect(() => store.watch(() => setTurn((turn: number) => turn + 1)), [store]);
  return store.get();
}

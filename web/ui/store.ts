/** One value that others watch. */
export interface Store<T extends object> {
  get(): T;
  /** Replaces some fields. Nobody hears of it when nothing is different. */
  set(change: Partial<T>): void;
  /** The returned function stops it. */
  watch(listener: () => void): () => void;
}

/** What a page shows, in one place: everything else sets it, and the view renders it. */
export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(change) {
      const next = { ...value, ...change };
      const keys = Object.keys(change) as (keyof T)[];
      if (keys.every((key) => Object.is(next[key], value[key]))) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type Listeners<Events> = { [Name in keyof Events]?: Set<{ call(value: Events[Name]): void }> };

/** Typed listeners. One that throws is reported like any uncaught error, and the others still hear. */
export class Emitter<Events> {
  readonly #listeners: Listeners<Events> = {};

  /** The returned function stops listening. A function added twice is called twice. */
  on<Name extends keyof Events>(name: Name, listener: (value: Events[Name]) => void): () => void {
    const entry = { call: listener };
    const listeners = this.#listeners[name] ?? new Set();
    this.#listeners[name] = listeners;
    listeners.add(entry);
    return () => listeners.delete(entry);
  }

  emit<Name extends keyof Events>(name: Name, value: Events[Name]): void {
    for (const { call } of [...(this.#listeners[name] ?? [])]) {
      try {
        call(value);
      } catch (error) {
        report(error);
      }
    }
  }
}

/** A listener's bug is its author's to see; browsers and workers have a function for it, Node has none. */
function report(error: unknown): void {
  if (typeof reportError === "function") reportError(error);
  else console.error(error);
}

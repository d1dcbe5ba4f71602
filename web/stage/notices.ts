import type { Notice } from "../client/session.ts";
import { createStore } from "../ui/store.ts";

/** How long a notice stands, in milliseconds: the longest one is read aloud within it. */
const SHOWN_MS = 15_000;
/** So many stand at once; of more, the oldest goes. */
const AT_ONCE = 3;

/** A notice on the stage. Two may say the same. */
export interface ShownNotice {
  readonly id: number;
  readonly text: string;
}

/** What the session's flows say to its hosts: each notice stands for a while, and goes by itself. */
export class Notices {
  readonly view = createStore<{ readonly shown: readonly ShownNotice[] }>({ shown: [] });
  #last = 0;

  add({ text }: Notice): void {
    const id = ++this.#last;
    this.view.set({ shown: [...this.view.get().shown, { id, text }].slice(-AT_ONCE) });
    setTimeout(() => this.#remove(id), SHOWN_MS);
  }

  #remove(id: number): void {
    const { shown } = this.view.get();
    const rest = shown.filter((notice) => notice.id !== id);
    if (rest.length < shown.length) this.view.set({ shown: rest });
  }
}

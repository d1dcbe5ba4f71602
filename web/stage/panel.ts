import { isForPage, isTyped } from "../ui/page-key.ts";
import { createStore } from "../ui/store.ts";
import { tabStorage } from "../ui/tab-storage.ts";

/** Opens and closes it from anywhere on the stage. */
const PANEL_KEY = "c";

/** Remembered for the tab: a reload in the midst of a talk changes nothing. */
const KEPT_AS = "revint:stage-controls";

/**
 * What a host does stands in a panel of its own, closed until it is asked for: whoever drags the stage to
 * the projector shows counts and join code there, and nobody's name, burst or block.
 */
export class Panel {
  readonly view = createStore<{ readonly isOpen: boolean }>({
    isOpen: tabStorage.get(KEPT_AS) !== undefined,
  });

  set(isOpen: boolean): void {
    if (isOpen) tabStorage.set(KEPT_AS, "open");
    else tabStorage.remove(KEPT_AS);
    this.view.set({ isOpen });
  }

  /** Not while somebody types, or is asked something. */
  hearKey(event: KeyboardEvent): void {
    if (!isForPage(event)) return;
    const { key } = event;
    const { isOpen } = this.view.get();
    if (key === "Escape" && isOpen) this.set(false);
    else if (!isTyped(event) && key.toLowerCase() === PANEL_KEY) this.set(!isOpen);
  }
}

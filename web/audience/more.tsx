import type { FC } from "hono/jsx";
import { useRef } from "hono/jsx/dom";
import { loadPart } from "../ui/load-part.ts";
import { createStore, type Store } from "../ui/store.ts";
import { useStore } from "../ui/use-store.ts";
import { audience as words } from "../words/en.ts";
import { awakeWish } from "./awake-wish.ts";
import type { View } from "./view.ts";

/**
 * What few people use, behind a button in the line on top. It is loaded when somebody opens it, or where this device keeps
 * its screen on.
 */
export function createMore(view: Store<View>): FC {
  const store = createStore<{ readonly Panel: FC | undefined; readonly isOpen: boolean }>({
    Panel: undefined,
    isOpen: false,
  });
  let isAsked = false;
  const load = async () => {
    if (isAsked) return;
    isAsked = true;
    const part = await loadPart(
      () => import("./extras.ts"),
      () => view.set({ trouble: words.notLoaded }),
    );
    if (part) store.set({ Panel: part.createPanel(view, awakeWish) });
  };
  const setOpen = (isOpen: boolean) => {
    if (isOpen) void load();
    store.set({ isOpen });
  };
  if (awakeWish.get()) void load();

  return function More() {
    const { Panel, isOpen } = useStore(store);
    const button = useRef<HTMLButtonElement>(null);
    const close = ({ key }: KeyboardEvent) => {
      if (key !== "Escape" || !isOpen) return;
      setOpen(false);
      button.current?.focus();
    };
    return (
      <>
        <button
          type="button"
          class="more"
          aria-expanded={isOpen ? "true" : "false"}
          aria-controls="more"
          ref={button}
          onClick={() => setOpen(!isOpen)}
          onKeydown={close}
        >
          <span aria-hidden="true">⋯</span>
          <span class="visually-hidden">{words.more}</span>
        </button>
        {isOpen && (
          <fieldset class="more-panel" id="more" aria-label={words.more} onKeydown={close}>
            {Panel && <Panel />}
          </fieldset>
        )}
      </>
    );
  };
}

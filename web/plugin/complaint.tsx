import { render } from "hono/jsx/dom";
import { Dialog } from "../ui/dialog.tsx";
import { Problem } from "../ui/problem.tsx";
import { createStore } from "../ui/store.ts";
import { useStore } from "../ui/use-store.ts";
import { plugin as words } from "../words/en.ts";
import { type Deck, onReady } from "./deck.ts";
import { keepKey } from "./dialog.tsx";
import { bindKeys } from "./key-bindings.ts";
import { createLayer, createShadow } from "./shadow.ts";

interface Wrong {
  readonly text: string;
  /** Of the key that shows it. */
  readonly letter: string | undefined;
  /** The address the deck was opened with, where that holds a token. */
  readonly link: string | undefined;
}

/**
 * Says on the screen why this deck can't lead: when its key is pressed, and at once to who has come
 * with a token. That stays in the address, since there is nobody here who could take it.
 */
export function complain(deck: Deck, { text, letter, link }: Wrong): void {
  const layer = createLayer();
  const store = createStore({ isOpen: link !== undefined });
  const close = () => store.set({ isOpen: false });
  const Complaint = () =>
    useStore(store).isOpen ? (
      <Dialog title={words.dialog.title} close={words.dialog.close} topic onClose={close} onKey={keepKey}>
        <Problem>{text}</Problem>
        {link !== undefined && <p>{words.tokenStays}</p>}
      </Dialog>
    ) : null;
  onReady(deck, () => {
    deck.getViewportElement()?.append(layer);
    render(<Complaint />, createShadow(layer));
    if (link !== undefined) history.replaceState(history.state, "", link);
    bindKeys(deck, { host: letter }, () => store.set({ isOpen: true }));
  });
}

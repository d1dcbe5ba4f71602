import { render } from "hono/jsx/dom";
import { createStore } from "../ui/store.ts";
import { useStore } from "../ui/use-store.ts";
import { plugin as words } from "../words/en.ts";
import type { Deck } from "./deck.ts";
import { Frame } from "./dialog.tsx";
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
      <Frame title={words.dialog.title} onClose={close}>
        <p class="problem" role="alert">
          {text}
        </p>
        {link !== undefined && <p>{words.tokenStays}</p>}
      </Frame>
    ) : null;
  const start = () => {
    deck.getViewportElement()?.append(layer);
    render(<Complaint />, createShadow(layer));
    if (link !== undefined) history.replaceState(history.state, "", link);
    bindKeys(deck, { host: letter }, () => store.set({ isOpen: true }));
  };
  if (deck.isReady()) start();
  else deck.on("ready", start);
}

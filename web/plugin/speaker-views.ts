import { isFields } from "../client/fields.ts";
import type { Store } from "../ui/store.ts";
import type { Deck } from "./deck.ts";
import type { KeyName } from "./options.ts";
import type { View } from "./view.ts";

/*
 * reveal.js's speaker view is a window that shows copies of the deck in frames, and hands keys on to the first
 * of them. So a copy asks the window that has opened it, and nobody else, what to show, and tells it which keys
 * were pressed. It opens no connection and knows no token.
 */

/** What a copy says to the deck, and the deck to its copies. `deck`: which one of its page. */
type Message =
  | { readonly revint: "hello"; readonly deck: number }
  | { readonly revint: "key"; readonly deck: number; readonly key: KeyName }
  | { readonly revint: "view"; readonly deck: number; readonly view: View };

/** Only what windows of the same deck have sent each other comes here. */
const isMessage = (data: unknown, deck: number): data is Message =>
  isFields(data) && "revint" in data && data.deck === deck;

/** Which of its page's decks it is. */
const indexOf = (deck: Deck): number =>
  [...document.querySelectorAll(".reveal")].indexOf(deck.getRevealElement() ?? document.body);

/** A file has no origin that could be named. */
const post = (to: Window, message: Message): void =>
  to.postMessage(message, origin === "null" ? "*" : origin);

/** In the deck itself: tells its copies what it shows, and does what keys are pressed for in them. */
export class SpeakerViews {
  readonly #deck: Deck;
  readonly #store: Store<View>;
  readonly #onKey: (key: KeyName) => void;
  readonly #unwatch: () => void;
  #copies: readonly Window[] = [];

  constructor(deck: Deck, store: Store<View>, onKey: (key: KeyName) => void) {
    this.#deck = deck;
    this.#store = store;
    this.#onKey = onKey;
    this.#unwatch = store.watch(() => this.#postView());
    addEventListener("message", this.#onMessage);
  }

  stop(): void {
    this.#unwatch();
    removeEventListener("message", this.#onMessage);
  }

  readonly #onMessage = ({ data, origin: from, source }: MessageEvent<unknown>): void => {
    if (from !== origin || !isMessage(data, indexOf(this.#deck)) || !isCopyOfOurs(source)) return;
    if (data.revint === "key") this.#onKey(data.key);
    if (data.revint !== "hello") return;
    this.#copies = [...this.#copies.filter((copy) => copy !== source && !copy.closed), source];
    this.#postView();
  };

  #postView(): void {
    if (this.#copies.length === 0) return;
    const message = { revint: "view", deck: indexOf(this.#deck), view: this.#store.get() } as const;
    for (const copy of this.#copies) post(copy, message);
  }
}

/** In a frame of a window that we have opened. */
const isCopyOfOurs = (source: MessageEventSource | null): source is Window =>
  source !== null && "parent" in source && source.parent.opener === window;

/**
 * In a copy: shows in `store` what the deck shows, from now on.
 * @returns what tells the deck that a key was pressed; `undefined` when there is no deck to talk to
 */
export function followDeck(deck: Deck, store: Store<View>): ((key: KeyName) => void) | undefined {
  const main = parent === window ? null : (parent.opener as Window | null);
  if (!main) return undefined;
  const own = indexOf(deck);
  const greet = () => post(main, { revint: "hello", deck: own });
  addEventListener("message", ({ data, origin: from, source }: MessageEvent<unknown>) => {
    if (source === main && from === origin && isMessage(data, own) && data.revint === "view")
      store.set(data.view);
    // reveal.js moves the copy, which may be because the deck was loaded anew and does not know us yet.
    else if (source === parent) greet();
  });
  greet();
  return (key) => post(main, { revint: "key", deck: own, key });
}

/** Of the two copies, the one of the slide that the room sees. */
export const isCopyOfCurrentSlide = (): boolean => /[?&]postMessageEvents=true/.test(location.search);

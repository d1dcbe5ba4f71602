import type { RevealApi } from "reveal.js";
import { tabStorage } from "../../ui/tab-storage.ts";
import { deck as words } from "../../words/en.ts";
import { readMessage, type SpeakerMessage, send } from "./message.ts";

/** The key that reveal.js's own speaker view has in other decks. */
const KEY = { keyCode: 83, key: "S" } as const;
/** What a browser does for keys that were pressed in the same window only: full screen, and a field to write in. */
const OTHERS = [70, 71, KEY.keyCode];

const MOVES = ["slidechanged", "fragmentshown", "fragmenthidden", "paused", "resumed"] as const;

/**
 * The speaker's own window of a deck: opened with S, told where the deck is, and its keys are those of the deck.
 * reveal.js's own writes its script into an empty page, which the policy of this one lets nobody do.
 */
export class SpeakerWindow {
  readonly #deck: RevealApi;
  readonly #url: string;
  readonly #storageKey: string;
  #window: Window | undefined;
  /** When its clock began to run: with the first window, and kept when that is closed or this page is loaded anew. */
  #startedAt: number | undefined;

  /** @param url where it is */
  constructor(deck: RevealApi, url: string) {
    this.#deck = deck;
    this.#url = url;
    this.#storageKey = `revint:speaker:${url}`;
    deck.addKeyBinding({ ...KEY, description: words.speaker.key }, () => this.#open());
    for (const move of MOVES) deck.on(move, () => this.#tell());
    addEventListener("message", (event) => this.#hear(event));
  }

  #open(): void {
    // One that was opened before this page was loaded anew has said so by now.
    if (this.#window && !this.#window.closed) this.#window.focus();
    else this.#window = open(this.#url, "_blank", "popup,width=1100,height=700") ?? undefined;
  }

  #hear(event: MessageEvent<unknown>): void {
    const message = readMessage(event);
    const { source } = event;
    if (!message || !isOpenedHere(source)) return;
    this.#window = source;
    if (message.speaker === "restart") this.#start(Date.now());
    if (message.speaker !== "key") this.#tell();
    else if (!OTHERS.includes(message.keyCode)) this.#deck.triggerKey(message.keyCode);
  }

  #start(at: number): number {
    this.#startedAt = at;
    tabStorage.set(this.#storageKey, String(at));
    return at;
  }

  #tell(): void {
    if (!this.#window || this.#window.closed) return;
    const { h = 0, v = 0, f } = this.#deck.getIndices();
    const position: SpeakerMessage = {
      speaker: "position",
      position: {
        ...{ h, v, f: f ?? -1 },
        isPaused: this.#deck.isPaused(),
        number: this.#deck.getSlidePastCount() + 1,
        count: this.#deck.getTotalSlides(),
        isLast: this.#deck.isLastSlide(),
        startedAt: this.#startedAt ?? this.#start(Number(tabStorage.get(this.#storageKey)) || Date.now()),
      },
    };
    send(this.#window, position);
  }
}

const isOpenedHere = (source: MessageEventSource | null): source is Window =>
  source !== null && "opener" in source && source.opener === window;

/** In a copy that stands in the speaker's window: it can be moved from now on. */
export function greetSpeaker(): void {
  if (parent !== window) send(parent, { speaker: "hello" });
}

import type { PublicDeck } from "../../../shared/protocol/host/deck.ts";
import { createStore } from "../../ui/store.ts";
import { getDeck } from "../deck-service.ts";
import { type Position, readMessage, send } from "./message.ts";
import { type FindNotes, readNotes } from "./notes.ts";

/** How often the deck is asked, in milliseconds: a page that was loaded anew does not know of this window. */
const ASK_MS = 1000;
/** Without an answer for so long, it is gone. */
const LOST_MS = 4000;

interface SpeakerState {
  readonly deck: PublicDeck;
  readonly findNotes: FindNotes;
  /** `undefined`: the deck has not said yet. */
  readonly position: Position | undefined;
  readonly isLost: boolean;
  readonly now: number;
}

/** In the speaker's window: what the deck says, and what is said to it. */
export class SpeakerLink {
  readonly view;
  readonly #main: Window;
  #heardAt = Date.now();

  /** @param main the deck, which has opened this window */
  constructor(deck: PublicDeck, main: Window) {
    this.#main = main;
    this.view = createStore<SpeakerState>({
      deck,
      findNotes: readNotes(deck),
      position: undefined,
      isLost: false,
      now: Date.now(),
    });
    addEventListener("message", (event) => this.#hear(event));
    setInterval(() => this.#ask(), ASK_MS);
    this.#ask();
  }

  /** A key was pressed that is the deck's. */
  press(keyCode: number): void {
    send(this.#main, { speaker: "key", keyCode });
  }

  restart(): void {
    send(this.#main, { speaker: "restart" });
  }

  /** Somebody may have signed in meanwhile. */
  async lookAgain(): Promise<void> {
    const deck = await getDeck(this.view.get().deck.id).catch(() => undefined);
    if (deck) this.view.set({ deck, findNotes: readNotes(deck) });
  }

  #ask(): void {
    const now = Date.now();
    this.view.set({ now, isLost: this.#main.closed || now - this.#heardAt > LOST_MS });
    if (!this.#main.closed) send(this.#main, { speaker: "hello" });
  }

  #hear(event: MessageEvent<unknown>): void {
    const message = readMessage(event);
    if (!message) return;
    const { position } = this.view.get();
    if (event.source === this.#main && message.speaker === "position") {
      this.#heardAt = Date.now();
      this.view.set({ isLost: false, now: this.#heardAt });
      if (isSame(position, message.position)) return;
      this.view.set({ position: message.position });
      for (const frame of frames()) move(frame, message.position);
    }
    // A copy that was just opened.
    const copy = frames().find((frame) => frame.contentWindow === event.source);
    if (copy && message.speaker === "hello" && position) move(copy, position);
  }
}

const frames = (): readonly HTMLIFrameElement[] => [...document.querySelectorAll("iframe")];

/** The copies take what reveal.js takes; the plugin in them looks for the deck whenever they are told something. */
function move({ contentWindow, dataset }: HTMLIFrameElement, { h, v, f, isPaused }: Position): void {
  const say = (method: string, ...args: unknown[]) =>
    contentWindow?.postMessage(JSON.stringify({ method, args }), origin);
  const isNext = dataset.copy === "next";
  say("setState", { indexh: h, indexv: v, indexf: f < 0 ? undefined : f, paused: isPaused && !isNext });
  if (isNext) say("next");
}

const isSame = (a: Position | undefined, b: Position): boolean => JSON.stringify(a) === JSON.stringify(b);

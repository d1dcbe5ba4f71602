import { extraSelector } from "../interactions/deck.ts";
import type { DeckActor, DeckExtra, DeckPart, Told } from "../interactions/slots.ts";
import type { Store } from "../ui/store.ts";
import { plugin as words } from "../words/en.ts";
import type { Deck } from "./deck.ts";
import type { LoadFile } from "./files.ts";
import { fitBars } from "./fit.ts";
import type { KeyName, Settings } from "./options.ts";
import { createShadow } from "./shadow.ts";
import { getPageOfSlot } from "./slots.tsx";
import type { View } from "./view.ts";

/**
 * What only some slides ask for. It is loaded where they do, once the deck is part of a session, and until then
 * they are what their author has written.
 */
export class Extras {
  readonly #deck: Deck;
  readonly #store: Store<View>;
  readonly #settings: Settings;
  readonly #load: LoadFile;
  #loading: Promise<void> | undefined;
  #actors: readonly DeckActor[] = [];
  #part: DeckPart | undefined;
  #ends: readonly (() => void)[] = [];

  constructor(deck: Deck, store: Store<View>, settings: Settings, load: LoadFile) {
    this.#deck = deck;
    this.#store = store;
    this.#settings = settings;
    this.#load = load;
  }

  get isWanted(): boolean {
    return this.#deck.getSlidesElement()?.querySelector(extraSelector) instanceof Element;
  }

  /** Resolves once it is there and has drawn, or can't be loaded, which is said where the speaker looks. */
  async start(): Promise<void> {
    if (!this.isWanted) return;
    this.#loading ??= this.#begin();
    await this.#loading;
  }

  /** From now on the deck is part of this session. */
  attend(part: DeckPart): void {
    this.#part = part;
    this.#ends = [
      ...this.#actors.map((actor) => actor.attend(part)),
      // What could not be loaded may be there when the network is back.
      part.session.on("connection", () => void this.start()),
    ];
    void this.start();
  }

  leave(): void {
    this.#part = undefined;
    for (const end of this.#ends) end();
    this.#ends = [];
  }

  press(key: KeyName): void {
    for (const actor of this.#actors) actor.press(key);
  }

  move(): void {
    for (const actor of this.#actors) actor.move();
  }

  fill(): void {
    for (const actor of this.#actors) actor.fill();
  }

  /** For print. @returns whether all of it is known in this tab */
  recall(sessionUid: string | undefined): boolean {
    return this.#actors.every((actor) => actor.recall(sessionUid));
  }

  async show(told: Told): Promise<void> {
    await Promise.all(this.#actors.map((actor) => actor.show(told)));
  }

  async #begin(): Promise<void> {
    const complain = () => this.#store.set({ advice: [words.noExtras], hint: words.noExtras });
    try {
      const { deckExtras } = await this.#load("activities", complain);
      const slides = this.#deck.getSlidesElement();
      // The deck was taken apart meanwhile.
      if (slides) this.#actors = deckExtras.map((create) => create(this.#createStage(slides)));
    } catch {
      this.#loading = undefined;
      return;
    }
    this.fill();
    const part = this.#part;
    this.leave();
    if (part) this.attend(part);
  }

  #createStage(slides: HTMLElement): Parameters<DeckExtra>[0] {
    const deck = this.#deck;
    return {
      apiUrl: this.#settings.apiUrl,
      slides,
      store: this.#store,
      getPageOf: (element) => getPageOfSlot(deck, element),
      getSlide: () => (deck.isOverview() ? undefined : deck.getCurrentSlide()),
      goTo(slide) {
        const { h, v } = deck.getIndices(slide);
        deck.slide(h, v || 0);
      },
      createShadow,
      fit(elements) {
        for (const element of elements) fitBars(deck, element);
        deck.layout();
      },
    };
  }
}

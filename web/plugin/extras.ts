import { extraSelector } from "../interactions/index.ts";
import type { DeckActor, DeckExtra, DeckPart } from "../interactions/slots.ts";
import type { Store } from "../ui/store.ts";
import { plugin as words } from "../words/en.ts";
import type { Deck } from "./deck.ts";
import { fitBars } from "./fit.ts";
import type { KeyName, Settings } from "./options.ts";
import { createShadow } from "./shadow.ts";
import { getPageOfSlot } from "./slots.tsx";
import type { View } from "./view.ts";

/** Loads the plugin's other file. @param apiUrl where the deployment is, which has it too */
export type LoadExtras = (apiUrl: string) => Promise<readonly DeckExtra[]>;

/**
 * What only some slides ask for. It is loaded where they do, once the deck is part of a session, and until then
 * they are what their author has written.
 */
export class Extras {
  readonly #deck: Deck;
  readonly #store: Store<View>;
  readonly #settings: Settings;
  readonly #load: LoadExtras;
  #loading: Promise<void> | undefined;
  #actors: readonly DeckActor[] = [];
  #part: DeckPart | undefined;
  #ends: readonly (() => void)[] = [];

  constructor(deck: Deck, store: Store<View>, settings: Settings, load: LoadExtras) {
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
    this.#ends = this.#actors.map((actor) => actor.attend(part));
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

  show(activities: Parameters<DeckActor["show"]>[0]): void {
    for (const actor of this.#actors) actor.show(activities);
  }

  async #begin(): Promise<void> {
    const { apiUrl } = this.#settings;
    try {
      const extras = await this.#load(apiUrl);
      const slides = this.#deck.getSlidesElement();
      // The deck was taken apart meanwhile.
      if (slides) this.#actors = extras.map((create) => create(this.#createStage(slides)));
    } catch {
      this.#store.set({ advice: [words.noExtras], hint: words.noExtras });
    }
    this.fill();
    if (this.#part) this.attend(this.#part);
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

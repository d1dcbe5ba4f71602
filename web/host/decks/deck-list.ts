import type { Deck } from "../../../shared/protocol/host/deck.ts";
import { type Action, IDLE } from "../../ui/action.ts";
import { createStore } from "../../ui/store.ts";
import { host } from "../../words/en.ts";
import { appendPage } from "../merge-page.ts";
import type { Section, Work } from "../work.ts";
import { deleteDeck, listDecks, renameDeck } from "./deck-service.ts";
import { Upload } from "./upload.ts";

const words = host.decks;

export interface DeckDialog {
  readonly about: "rename" | "delete";
  readonly deck: Deck;
}

interface DecksState extends Action {
  /** The newest first; `undefined`: not read yet. */
  readonly list: readonly Deck[] | undefined;
  readonly cursor: string | undefined;
  readonly dialog: DeckDialog | undefined;
}

/** The decks that an account has brought along. */
export class DeckList implements Section {
  readonly view = createStore<DecksState>({
    ...IDLE,
    list: undefined,
    cursor: undefined,
    dialog: undefined,
  });
  /** Goes on while somebody looks at other sections. */
  readonly upload: Upload;
  readonly #work: Work;
  readonly #onPresent: (deck: Deck) => Promise<void>;

  /** @param onPresent makes a talk that presents a deck */
  constructor(work: Work, account: string, onPresent: (deck: Deck) => Promise<void>) {
    this.#work = work;
    this.#onPresent = onPresent;
    this.upload = new Upload(work, { account, list: () => this.#decks, onChange: () => this.read() });
  }

  open(): void {
    this.view.set({ ...IDLE });
    void this.read();
  }

  close(): void {
    this.view.set({ dialog: undefined });
  }

  /** The first page, anew: such as after an upload. What is on its way comes to its end first, and keeps its notice. */
  async read(): Promise<void> {
    while (this.view.get().isBusy) await this.#nextChange();
    const { notice } = this.view.get();
    await this.#work(this.view, async () => this.view.set({ ...(await listDecks()), notice }));
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.view.watch(() => {
        stop();
        resolve();
      });
    });
  }

  /** All of them, for whoever chooses one. */
  async readAll(): Promise<void> {
    if (this.view.get().list === undefined) await this.read();
    while (await this.readMore());
  }

  /** @returns whether there was another page, and it could be read */
  async readMore(): Promise<boolean> {
    const { cursor } = this.view.get();
    if (cursor === undefined) return false;
    return this.#work(this.view, async () => {
      const next = await listDecks(cursor);
      this.view.set(appendPage(this.#decks, next));
    });
  }

  ask(about: DeckDialog["about"], deck: Deck): void {
    this.view.set({ ...IDLE, dialog: { about, deck } });
  }

  closeDialog(): void {
    this.view.set({ dialog: undefined, problem: undefined });
  }

  rename(deck: Deck, title: string): Promise<boolean> {
    return this.#work(this.view, async () => {
      const renamed = await renameDeck(deck.id, title);
      const list = this.#decks.map((known) => (known.id === deck.id ? renamed : known));
      this.view.set({ list, dialog: undefined, notice: words.renamed });
    });
  }

  /** A new talk that has this deck. */
  present(deck: Deck): Promise<boolean> {
    return this.#work(this.view, () => this.#onPresent(deck));
  }

  delete(deck: Deck): Promise<boolean> {
    return this.#work(this.view, async () => {
      await deleteDeck(deck.id);
      const list = this.#decks.filter(({ id }) => id !== deck.id);
      this.view.set({ list, dialog: undefined, notice: words.removed(deck.title) });
    });
  }

  get #decks(): readonly Deck[] {
    return this.view.get().list ?? [];
  }
}

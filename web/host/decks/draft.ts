import { localStorageIfAllowed, SafeStorage } from "../../client/storage.ts";

/** Slides that somebody writes in the console: they survive whatever happens to the page, and nobody else's account has them. */
export class Draft {
  readonly #storage: SafeStorage;
  readonly #key: string;

  constructor(account: string, storage = new SafeStorage(localStorageIfAllowed())) {
    this.#storage = storage;
    this.#key = `revint:draft:${account}`;
  }

  get(): string | undefined {
    return this.#storage.get(this.#key);
  }

  keep(text: string): void {
    this.#storage.set(this.#key, text);
  }

  forget(): void {
    this.#storage.set(this.#key, undefined);
  }
}

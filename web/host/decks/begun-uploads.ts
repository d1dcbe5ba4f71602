import { localStorageIfAllowed, SafeStorage } from "../../client/storage.ts";

/** So many files are known again. */
const MOST = 20;
const KEY = "revint:begun-uploads";

/** What tells a file from another: a browser shows no path. */
export type FileFacts = Pick<File, "name" | "size" | "lastModified">;

/** Files of which the upload was begun in this browser: picked again, after a reload too, it goes on where it was. */
export class BegunUploads {
  readonly #storage: SafeStorage;

  constructor(storage = new SafeStorage(localStorageIfAllowed())) {
    this.#storage = storage;
  }

  /** The deck that a file was becoming. */
  find(file: FileFacts): string | undefined {
    const begun = this.#read().find(([key]) => key === keyOf(file));
    return begun?.[1];
  }

  /** Whether it is known of which file this deck was to be made. */
  knows(deck: string): boolean {
    return this.#read().some(([, begun]) => begun === deck);
  }

  keep(file: FileFacts, deck: string): void {
    this.forget(deck);
    this.#write([[keyOf(file), deck], ...this.#read()]);
  }

  /** It is finished, or was called off. */
  forget(deck: string): void {
    this.#write(this.#read().filter(([, begun]) => begun !== deck));
  }

  #read(): Begun[] {
    try {
      const kept: unknown = JSON.parse(this.#storage.get(KEY) ?? "[]");
      return Array.isArray(kept) ? kept.filter(isBegun) : [];
    } catch {
      return [];
    }
  }

  #write(begun: readonly Begun[]): void {
    this.#storage.set(KEY, JSON.stringify(begun.slice(0, MOST)));
  }
}

type Begun = readonly [file: string, deck: string];

const isBegun = (value: unknown): value is Begun =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string");

const keyOf = ({ name, size, lastModified }: FileFacts): string => `${size} ${lastModified} ${name}`;

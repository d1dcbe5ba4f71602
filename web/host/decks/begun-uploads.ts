import { localStorageIfAllowed, SafeStorage } from "../../client/storage.ts";

/** So many files are known again. */
const MOST = 20;
const KEY = "revint:begun-uploads";

/** Files of which the upload was begun in this browser: picked again, after a reload too, it goes on where it was. */
export class BegunUploads {
  readonly #storage = new SafeStorage(localStorageIfAllowed());

  /** The deck that a file was becoming. */
  find(file: File): string | undefined {
    const begun = this.#read().find(([key]) => key === keyOf(file));
    return begun?.[1];
  }

  keep(file: File, deck: string): void {
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

/** What tells a file from another: a browser shows no path. */
const keyOf = ({ name, size, lastModified }: File): string => `${size} ${lastModified} ${name}`;

import { localStorageIfAllowed, SafeStorage } from "../../client/storage.ts";

/** What a page says of one language that it speaks. */
export interface OfferedLanguage {
  readonly name: string;
  readonly dir: "ltr" | "rtl";
  /** Its script in this language, and what that loads at once. */
  readonly files: readonly string[];
}

/** By tag; English comes first. */
export type Offer = Readonly<Record<string, OfferedLanguage>>;

/** What the build has written into the page (`scripts/page-files.ts`). */
export const readOffer = (): Offer => JSON.parse(document.documentElement.dataset.languages ?? "{}");

/** The choice is this device's, for all pages. */
const KEY = "revint:language";

export const getKeptLanguage = (): string | undefined =>
  new SafeStorage(localStorageIfAllowed()).get(KEY) ?? undefined;

export const keepLanguage = (tag: string): void => new SafeStorage(localStorageIfAllowed()).set(KEY, tag);

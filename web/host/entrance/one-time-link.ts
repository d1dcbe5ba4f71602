import { tabStorage } from "../../ui/tab-storage.ts";

/* The secret of a one-time link stands in the fragment, which no server ever sees: `/host#link=…`. */

/** Where the tab keeps it until it was used: a reload must not lose it. */
const KEY = "revint:host-link";

/** Takes it out of the address, at once and without a new entry in the history; else the one that the tab has kept. */
export function takeLink(): string | undefined {
  const { hash, pathname, search } = location;
  const link = new URLSearchParams(hash.slice(1)).get("link")?.replaceAll(/\s/g, "");
  if (!link) return tabStorage.get(KEY);
  history.replaceState(history.state, "", pathname + search);
  tabStorage.set(KEY, link);
  return link;
}

/** It was used, is not good, or is not wanted. */
export const forgetLink = (): void => tabStorage.remove(KEY);

import type { ClientStorage } from "./session.ts";

/**
 * A storage that never throws: private windows, blocked cookies and full disks take that right,
 * and then things are simply not kept.
 */
export class SafeStorage {
  readonly #storage: ClientStorage | null;

  constructor(storage: ClientStorage | null) {
    this.#storage = storage;
  }

  get(key: string): string | undefined {
    try {
      return this.#storage?.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps the value; undefined removes it. */
  set(key: string, value: string | undefined): void {
    try {
      if (value === undefined) this.#storage?.removeItem(key);
      else this.#storage?.setItem(key, value);
    } catch {
      // It lives on in memory.
    }
  }
}

/** Where a participant's uid is kept, so that a browser stays the same person. @param apiUrl without a slash at its end */
export const uidKeyOf = (apiUrl: string, sessionUid: string): string => `revint:${apiUrl}:${sessionUid}:uid`;

/** `localStorage` where there is a window that lets us; even naming it may throw. */
export function localStorageIfAllowed(): ClientStorage | null {
  if (typeof window === "undefined") return null;
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

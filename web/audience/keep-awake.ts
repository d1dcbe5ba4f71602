import { createStore } from "../ui/store.ts";
import type { AwakeWish } from "./awake-wish.ts";

/**
 * Keeps the screen on as long as somebody looks at the page: a browser takes that back whenever the page is hidden, so it
 * is asked again when it is seen again. It may refuse, such as with a low battery, and is never said to be on then.
 */
export class KeepAwake {
  readonly store = createStore<{
    readonly isWanted: boolean;
    /** The browser has refused it, or has taken it back while the page was seen. */
    readonly isRefused: boolean;
  }>({ isWanted: false, isRefused: false });
  readonly #wakeLock: WakeLock;
  readonly #wish: AwakeWish;
  #lock: WakeLockSentinel | undefined;
  #isAsking = false;
  #isNeeded = false;

  constructor(wakeLock: WakeLock, wish: AwakeWish) {
    this.#wakeLock = wakeLock;
    this.#wish = wish;
    this.store.set({ isWanted: wish.get() });
    document.addEventListener("visibilitychange", () => void this.#ask());
  }

  /** From now on, on this device. */
  want(isWanted: boolean): void {
    this.#wish.set(isWanted);
    this.store.set({ isWanted, isRefused: false });
    this.#follow();
  }

  /** There is something to look at, or nothing any more, or not yet. */
  need(isNeeded: boolean): void {
    if (isNeeded === this.#isNeeded) return;
    this.#isNeeded = isNeeded;
    this.#follow();
  }

  get #isDue(): boolean {
    return this.#isNeeded && this.store.get().isWanted;
  }

  #follow(): void {
    if (this.#isDue) {
      void this.#ask();
      return;
    }
    void this.#lock?.release();
    this.#lock = undefined;
  }

  async #ask(): Promise<void> {
    if (!this.#isDue || this.#lock || this.#isAsking || document.hidden) return;
    this.#isAsking = true;
    try {
      this.#take(await this.#wakeLock.request("screen"));
    } catch {
      this.store.set({ isRefused: true });
    } finally {
      this.#isAsking = false;
    }
  }

  #take(lock: WakeLockSentinel): void {
    // Meanwhile it was switched off.
    if (!this.#isDue) {
      void lock.release();
      return;
    }
    this.#lock = lock;
    lock.addEventListener("release", () => {
      if (this.#lock !== lock) return;
      this.#lock = undefined;
      this.store.set({ isRefused: !document.hidden });
    });
    this.store.set({ isRefused: false });
  }
}

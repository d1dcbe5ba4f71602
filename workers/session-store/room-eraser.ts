import { logFailure } from "../lib/log-failure.ts";

/** An erasing that did not come to its end is tried again after this, in milliseconds. */
const RETRY_MS = 60_000;
/** Where an erasing that has begun is noted. It goes with everything else, at the end. */
const MARK = "erasing";

/** What an object keeps, to be emptied. */
export interface ErasableStorage {
  readonly kv: { get<T>(key: string): T | undefined; put<T>(key: string, value: T): void };
  setAlarm(at: number): Promise<void>;
  deleteAlarm(): Promise<void>;
  deleteAll(): Promise<void>;
}

interface RoomEraserOptions {
  readonly storage: ErasableStorage;
  /** Before anything waits: from here on nobody gets in, so that nothing is kept behind the eraser's back. */
  readonly closeDoors: () => void;
  /** Everything that is kept elsewhere: below, in the ledger, in KV. Safe to repeat. */
  readonly eraseElsewhere: () => Promise<void>;
  /** Nothing is in storage any more: memory follows, in the same turn. */
  readonly clear: () => void;
  /** Keeps the object awake until this has settled. */
  readonly waitUntil: (promise: Promise<unknown>) => void;
}

/**
 * Erases a room. What has begun comes to its end by itself, through every death of the object: until then there is no
 * session, and none can be started in its place.
 */
export class RoomEraser {
  readonly #options: RoomEraserOptions;
  #retryAt: number | undefined;
  #erasing: Promise<void> | undefined;

  constructor(options: RoomEraserOptions) {
    this.#options = options;
    // Cut off in an earlier life: due at once.
    if (options.storage.kv.get<boolean>(MARK)) this.#retryAt = 0;
  }

  /** From the first step to the last, and through every death in between. */
  get isErasing(): boolean {
    return this.#retryAt !== undefined;
  }

  /** When what has begun is tried again, in milliseconds since 1970; undefined while nobody erases this room. */
  get retryAt(): number | undefined {
    return this.#retryAt;
  }

  /** Throws when a part does not answer; it goes on by itself. */
  erase(): Promise<void> {
    this.#erasing ??= this.#erase().finally(() => {
      this.#erasing = undefined;
    });
    return this.#erasing;
  }

  /** Goes on with what an earlier life of the object has begun. */
  resume(): void {
    if (!this.isErasing || this.#erasing) return;
    this.#options.waitUntil(this.erase().catch((error) => logFailure("erasing failed; trying again", error)));
  }

  async #erase(): Promise<void> {
    const { storage, closeDoors, eraseElsewhere, clear } = this.#options;
    storage.kv.put(MARK, true);
    this.#retryAt = Date.now() + RETRY_MS;
    void storage.setAlarm(this.#retryAt);
    closeDoors();
    await eraseElsewhere();
    await Promise.all([storage.deleteAlarm(), storage.deleteAll()]);
    clear();
    this.#retryAt = undefined;
  }
}

/** What is due so soon, in milliseconds, is waited for in memory. */
const SOON_MS = 3000;
/** Should this life end meanwhile, the next one begins so much later at the latest. */
const GUARD_MS = 15_000;

type AlarmStorage = Pick<DurableObjectStorage, "getAlarm" | "setAlarm" | "deleteAlarm">;

/**
 * Brings a runner back when something is due. To move an alarm is a write, and a busy runner looks every other second: so
 * the next three seconds are a timer, and behind it stands an alarm that is moved only when it has rung.
 */
export class RunnerAlarm {
  readonly #storage: AlarmStorage;
  readonly #onDue: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the alarm rings, as far as this life knows. */
  #ringsAt: number | undefined;

  constructor(storage: AlarmStorage, onDue: () => void) {
    this.#storage = storage;
    this.#onDue = onDue;
  }

  /** What an earlier life has set. @returns when it rings; undefined: not at all, or this very moment */
  async recover(): Promise<number | undefined> {
    this.#ringsAt = (await this.#storage.getAlarm()) ?? undefined;
    return this.#ringsAt;
  }

  /** @param at in milliseconds since 1970; what is due already has a turn of its own, with all the calls that one may make */
  async set(at: number): Promise<void> {
    clearTimeout(this.#timer);
    const now = Date.now();
    if (at <= now || at > now + SOON_MS) return this.#ring(Math.max(now, at));
    this.#timer = setTimeout(this.#onDue, at - now);
    const isGuarded = this.#ringsAt !== undefined && this.#ringsAt > at && this.#ringsAt <= at + GUARD_MS;
    if (!isGuarded) await this.#ring(now + GUARD_MS);
  }

  /** Nothing is due any more. */
  async clear(): Promise<void> {
    clearTimeout(this.#timer);
    this.#ringsAt = undefined;
    await this.#storage.deleteAlarm();
  }

  /** It has rung. */
  noteRung(): void {
    this.#ringsAt = undefined;
  }

  async #ring(at: number): Promise<void> {
    if (this.#ringsAt === at) return;
    this.#ringsAt = at;
    await this.#storage.setAlarm(at);
  }
}

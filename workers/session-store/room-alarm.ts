/** What is unsent when an object dies is sent by its next life, at most this much later. */
const GUARD_MS = 2000;
/** After something that failed when it was due. */
const RETRY_MS = 60_000;

/** The one alarm that the runtime gives an object. */
export interface AlarmClock {
  setAlarm(at: number): Promise<void>;
}

/**
 * Several reasons to wake, behind the one alarm of an object. A guard wakes the room soon, in case it dies with
 * something unsent. Everything else is a date that is in storage already, such as the session's end: each name says
 * when it is due, and what is stored once can't disagree with itself.
 */
export class RoomAlarm<Name extends string> {
  readonly #clock: AlarmClock;
  readonly #dates: Readonly<Record<Name, () => number | undefined>>;
  #isGuarded = false;
  /** When the alarm goes off for the guard, or before it. */
  #guardAt = 0;

  /** @param dates when each is due, in milliseconds since 1970; undefined: not at all */
  constructor(clock: AlarmClock, dates: Readonly<Record<Name, () => number | undefined>>) {
    this.#clock = clock;
    this.#dates = dates;
  }

  /** Makes sure that what is unsent gets sent, even if this object dies first. */
  guard(): void {
    if (this.#isGuarded) return;
    this.#isGuarded = true;
    const now = Date.now();
    const next = this.#next;
    // What comes due before is not late for it. What was due already has failed, and has a time of its own.
    this.#guardAt = Math.min(now + GUARD_MS, next > now ? next : Number.POSITIVE_INFINITY);
    void this.#clock.setAlarm(this.#guardAt);
  }

  /**
   * The alarm went off.
   * @returns what is due by now, and whether an earlier life of the object set the guard: it may have left something unsent
   */
  ring(now: number): { due: Name[]; isInherited: boolean } {
    const isInherited = !this.#isGuarded;
    this.#isGuarded = false;
    const due = this.#names.filter((name) => (this.#dates[name]() ?? Number.POSITIVE_INFINITY) <= now);
    return { due, isInherited };
  }

  /** Sets the alarm to the earliest date, unless a guard comes before it. */
  async rearm(): Promise<void> {
    const next = this.#next;
    if (this.#isGuarded) {
      if (next >= this.#guardAt || next <= Date.now()) return;
      this.#guardAt = next;
    }
    if (Number.isFinite(next)) await this.#clock.setAlarm(next);
  }

  /** What was due has failed, and is tried again. */
  async retry(): Promise<void> {
    await this.#clock.setAlarm(Date.now() + RETRY_MS);
  }

  /** What an earlier life has left unsent is so still: people wait for it. */
  async retrySoon(): Promise<void> {
    await this.#clock.setAlarm(Date.now() + GUARD_MS);
  }

  /** Storage was emptied, and the alarm with it. */
  clear(): void {
    this.#isGuarded = false;
  }

  /** The earliest date; infinite where there is none. */
  get #next(): number {
    return Math.min(...this.#names.map((name) => this.#dates[name]() ?? Number.POSITIVE_INFINITY));
  }

  get #names(): Name[] {
    return Object.keys(this.#dates) as Name[];
  }
}

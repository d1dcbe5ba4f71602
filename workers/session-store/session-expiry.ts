import { DAY_MS } from "../../shared/protocol/limits.ts";
import type { SyncStorage } from "./sync-storage.ts";

/** Activity is noted at most this often, to save writes. */
const NOTED_MS = 60_000;

/** When the session forgets itself: so many days after the last thing that happened in it. Kept by the root alone. */
export class SessionExpiry {
  readonly #storage: SyncStorage;

  constructor(storage: SyncStorage) {
    this.#storage = storage;
  }

  /** In milliseconds since 1970; undefined while there is no session. */
  get at(): number | undefined {
    return this.#storage.get<number>("expiresAt");
  }

  /**
   * When it will be over, if nothing happens any more: the date that is set moves once it has come.
   * @param latest as for `settle`
   */
  foresee(retentionDays: number, latest: number): number {
    return Math.max(this.at ?? 0, Math.max(latest, this.#activeAt) + retentionDays * DAY_MS);
  }

  /** Its host opens it, or opens it again. */
  renew(retentionDays: number, now: number): void {
    this.#storage.put("activeAt", now);
    this.#storage.put("expiresAt", now + retentionDays * DAY_MS);
  }

  /** Someone joined: the session lives on. Its date moves when that date has come. */
  noteActivity(now: number): void {
    if (Math.abs(now - this.#activeAt) > NOTED_MS) this.#storage.put("activeAt", now);
  }

  /**
   * The date has come, or something happened since it was set.
   * @param latest when the newest state was set, or the newest entry was kept
   * @returns whether it is over; where not, the date is moved
   */
  settle(retentionDays: number, latest: number, now: number): boolean {
    const expiresAt = Math.max(latest, this.#activeAt) + retentionDays * DAY_MS;
    if (expiresAt <= now) return true;
    this.#storage.put("expiresAt", expiresAt);
    return false;
  }

  get #activeAt(): number {
    return this.#storage.get<number>("activeAt") ?? 0;
  }
}

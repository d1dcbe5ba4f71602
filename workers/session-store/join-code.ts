import { LIMITS } from "../../shared/protocol/limits.ts";
import type { GivenJoinCode, NewJoinCode, SealedJoinCode } from "../lib/join-code.ts";
import { logFailure } from "../lib/log-failure.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import type { SessionState } from "./session-state.ts";
import type { SyncStorage } from "./sync-storage.ts";

/** Where the session's code is kept. */
const KEY = "joinCode";
/** In its place: the directory may know one, or may not. */
const ASKED = "asked";

interface JoinCodeOptions {
  readonly storage: SyncStorage;
  readonly state: SessionState;
  /** Asks the directory for the session's code: the one it has, or else one of these. */
  readonly give: (proposed: readonly NewJoinCode[]) => Promise<GivenJoinCode | null>;
  /** The directory, and whoever has read from it, forget the session. Safe to repeat. */
  readonly free: () => Promise<void>;
}

/**
 * The session's join code. That there may be one is noted before the directory is asked, so that it is freed for sure:
 * when the session is erased, or a day after its end. Of the root alone.
 */
export class JoinCode {
  readonly #options: JoinCodeOptions;
  /** What was asked of the directory last: one thing at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: JoinCodeOptions) {
    this.#options = options;
  }

  /** The code that leads to the session now. */
  get kept(): SealedJoinCode | undefined {
    const kept = this.#options.storage.get<SealedJoinCode | typeof ASKED>(KEY);
    return kept === ASKED || this.#isOver ? undefined : kept;
  }

  /** When it is freed, in milliseconds since 1970; undefined while the session goes on, and where it has none. */
  get freeAt(): number | undefined {
    return this.#options.storage.get(KEY) === undefined ? undefined : this.#endsAt;
  }

  /** The code that the session has, or gets now; undefined where it is over, or there is none: then it has its link. */
  async obtain(proposed: readonly NewJoinCode[]): Promise<GivenJoinCode | undefined> {
    try {
      return await withTimeout(() => this.#next(() => this.#obtain(proposed)), LIMITS.ledgerTimeoutMs);
    } catch (error) {
      logFailure("a session got no join code; it does when it is opened again", error);
      return undefined;
    }
  }

  /** Leads nowhere any more. */
  free(): Promise<void> {
    return this.#next(() => this.#free());
  }

  async #obtain(proposed: readonly NewJoinCode[]): Promise<GivenJoinCode | undefined> {
    const { storage, state, give } = this.#options;
    // Erased meanwhile, or over for good.
    if (!state.facts || this.#isOver) return undefined;
    const { kept } = this;
    if (kept) return { ...kept, isNew: false };
    storage.put(KEY, ASKED);
    const given = await give(proposed);
    if (!given) return undefined;
    const { tag, sealed } = given;
    storage.put(KEY, { tag, sealed });
    return given;
  }

  async #free(): Promise<void> {
    const { storage, free } = this.#options;
    if (storage.get(KEY) === undefined) return;
    // From here on the directory has to be asked whether there is one, also by a later life.
    storage.put(KEY, ASKED);
    await free();
    storage.delete(KEY);
  }

  get #endsAt(): number | undefined {
    const endedAt = this.#options.state.facts?.endedAt ?? null;
    return endedAt === null ? undefined : endedAt + LIMITS.joinCodeMs;
  }

  get #isOver(): boolean {
    return (this.#endsAt ?? Number.POSITIVE_INFINITY) <= Date.now();
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

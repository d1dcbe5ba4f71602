import { LIMITS } from "../../shared/protocol/limits.ts";
import type { GivenJoinCode, NewJoinCode } from "../lib/join-code.ts";
import { logFailure } from "../lib/log-failure.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import type { SessionState } from "./session-state.ts";
import type { SyncStorage } from "./sync-storage.ts";

/** Where it is noted that the directory may know a code of this session. */
const MARK = "joinCode";

interface JoinCodeOptions {
  readonly storage: SyncStorage;
  readonly state: SessionState;
  /** Asks the directory for the session's code: the one it has, or else one of these. */
  readonly give: (proposed: readonly NewJoinCode[]) => Promise<GivenJoinCode | null>;
  /** The directory, and whoever has read from it, forget the session. Safe to repeat. */
  readonly free: () => Promise<void>;
}

/**
 * The session's join code. It is noted before the directory is asked for one, so that it is freed for sure: when the
 * session is erased, or a day after its end. Of the root alone.
 */
export class JoinCode {
  readonly #options: JoinCodeOptions;
  /** What was asked of the directory last: one thing at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: JoinCodeOptions) {
    this.#options = options;
  }

  /** When it is freed, in milliseconds since 1970; undefined while the session goes on, and where it has none. */
  get freeAt(): number | undefined {
    const { storage, state } = this.#options;
    const endedAt = state.facts?.endedAt ?? null;
    return endedAt === null || !storage.get<boolean>(MARK) ? undefined : endedAt + LIMITS.joinCodeMs;
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
    if (!storage.get<boolean>(MARK)) storage.put(MARK, true);
    return (await give(proposed)) ?? undefined;
  }

  async #free(): Promise<void> {
    const { storage, free } = this.#options;
    if (!storage.get<boolean>(MARK)) return;
    await free();
    storage.delete(MARK);
  }

  get #isOver(): boolean {
    const endedAt = this.#options.state.facts?.endedAt ?? null;
    return endedAt !== null && endedAt + LIMITS.joinCodeMs <= Date.now();
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

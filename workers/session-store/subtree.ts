import type { ChildRooms } from "./child-rooms.ts";
import type { LedgerMirror } from "./ledger-mirror.ts";
import { NOT_FOUND } from "./refusals.ts";
import type { RoomCounts } from "./room-counts.ts";
import type { Burst, ChildReport, CountsMark, SessionUpdate } from "./room-message.ts";
import type { SessionState } from "./session-state.ts";

interface SubtreeOptions {
  readonly room: number;
  readonly state: SessionState;
  readonly counts: RoomCounts;
  readonly mirror: LedgerMirror;
  readonly children: ChildRooms;
  /** What the rooms below have to know before they count anew. */
  readonly getSession: () => SessionUpdate | undefined;
  /** Resolves when nothing that came in by now is on its way to the ledger. */
  readonly settled: () => Promise<void>;
  /** Users with an open pipe in this room. */
  readonly countPeople: () => number;
  readonly onComplete: () => void;
}

/** One room and all below it: whether all that they have counted is known here, and what it is. */
export class Subtree {
  readonly #options: SubtreeOptions;
  #isComplete = false;
  #completing: Promise<void> | undefined;
  /** Of the last report. */
  #number = 0;

  constructor(options: SubtreeOptions) {
    this.#options = options;
  }

  /** The ledger and every room below have said what they have counted, in this life of the room. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Asks whoever has not said it yet. Throws when one does not answer; where the session was restarted meanwhile it is not complete. */
  async becomeComplete(): Promise<void> {
    if (this.#isComplete) return;
    this.#completing ??= this.#complete().finally(() => {
      this.#completing = undefined;
    });
    await this.#completing;
  }

  /**
   * Asks the ledger, and every room below, for what it has at this moment, and not for what it said last.
   * Throws when one does not answer.
   * @param update what the rooms below have to know before; left out, it is what this room knows
   */
  async recount(update = this.#options.getSession()): Promise<void> {
    const { state, mirror, children, settled } = this.#options;
    const { epoch } = state;
    if (!update) throw new Error(NOT_FOUND.detail);
    await Promise.all([
      settled().then(async () => {
        await mirror.recount();
        if (state.facts?.endedAt !== null) await mirror.seal(epoch);
      }),
      children.recount(update),
    ]);
  }

  /** What the parent is to know of it. @param heard what it has */
  getReport(heard: CountsMark | undefined, bursts: readonly Burst[] = []): ChildReport {
    const { room, state, counts, mirror, children, countPeople } = this.#options;
    this.#number = Math.max(this.#number + 1, Date.now());
    return {
      epoch: state.epoch,
      version: state.deck?.version ?? 0,
      seq: mirror.seq + children.seq,
      latest: Math.max(mirror.seq, children.latest),
      ...counts.getSnapshot(heard),
      number: this.#number,
      people: { ...children.people, [room]: countPeople() },
      bursts,
    };
  }

  /** When the newest entry of all these ledgers was kept, in milliseconds since 1970. */
  get latest(): number {
    return Math.max(this.#options.mirror.seq, this.#options.children.latest);
  }

  /** A restart: what was known is of the time before it. */
  startOver(): void {
    this.#isComplete = false;
  }

  async #complete(): Promise<void> {
    const { state, mirror, children, onComplete } = this.#options;
    const moment = state.capture();
    await Promise.all([mirror.refresh(), children.ensureKnown()]);
    this.#isComplete = state.isCurrent(moment);
    if (this.#isComplete) onComplete();
  }
}

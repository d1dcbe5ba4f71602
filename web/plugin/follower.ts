import type { Session } from "../client/session.ts";
import { type HeardState, isUntouched, readDeckState } from "../ui/deck-state.ts";
import { type Deck, onMove } from "./deck.ts";
import { moveDeck, printPlace } from "./position.ts";

/** What the deck's view shows of its following. */
export interface Following {
  /** It looks around; `comeBack` returns. */
  readonly isAway: boolean;
  /** The leader holds everyone together. */
  readonly hold: boolean;
  /** Its copy is not the leader's: what it shows may be another slide. */
  readonly isDifferent: boolean;
}

/** Shows what the leading deck shows, from the current moment on, unless its reader looks around. */
export class Follower {
  readonly #deck: Deck;
  readonly #session: Session;
  readonly #onChange: (following: Following) => void;
  readonly #stops: readonly (() => void)[];
  #leader: HeardState | undefined;
  /** What this deck showed once it had gone where the leader is. It may have fewer slides than the leader's. */
  #arrived: string | undefined;
  #isMoving = false;
  #isAway = false;
  #isDifferent = false;

  constructor(deck: Deck, session: Session, onChange: (following: Following) => void) {
    this.#deck = deck;
    this.#session = session;
    this.#onChange = onChange;
    this.#stops = [onMove(deck, () => this.#noticeMove()), session.on("state", () => this.#applyState())];
    this.#applyState();
  }

  /** Back to where the leader is. */
  comeBack(): void {
    this.#isAway = false;
    this.#follow();
    this.#report();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  #applyState(): void {
    const { state } = this.#session;
    if (state === undefined || isUntouched(state.page, state.state)) return;
    this.#leader = readDeckState(state.state);
    if (this.#leader.hold) this.#isAway = false;
    if (!this.#isAway) this.#follow();
    this.#report();
  }

  #noticeMove(): void {
    if (this.#isMoving || this.#leader === undefined) return;
    const isAway = printPlace(this.#deck) !== this.#arrived;
    if (isAway && this.#leader.hold) {
      // After reveal.js has finished the move whose event this is.
      queueMicrotask(() => this.#follow());
      return;
    }
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    this.#report();
  }

  #follow(): void {
    if (this.#leader === undefined) return;
    this.#isMoving = true;
    this.#isDifferent = !moveDeck(this.#deck, this.#leader);
    this.#isMoving = false;
    this.#arrived = printPlace(this.#deck);
  }

  #report(): void {
    const { hold = false } = this.#leader ?? {};
    this.#onChange({ isAway: this.#isAway, hold, isDifferent: this.#isDifferent && !this.#isAway });
  }
}

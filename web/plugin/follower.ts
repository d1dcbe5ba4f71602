import type { Session } from "../client/session.ts";
import { type HeardState, isUntouched, readDeckState } from "../ui/deck-state.ts";
import { type Deck, onMove } from "./deck.ts";
import { moveDeck, printPlace } from "./position.ts";

/** What a following deck tells about itself. */
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
    this.#stops = [onMove(deck, () => this.#noticeMove()), session.on("state", () => this.#hear())];
    this.#hear();
  }

  /** Back to where the leader is. */
  comeBack(): void {
    this.#isAway = false;
    this.#follow();
    this.#tell();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  #hear(): void {
    const heard = this.#session.state;
    if (heard === undefined || isUntouched(heard.page, heard.state)) return;
    this.#leader = readDeckState(heard.state);
    if (this.#leader.hold) this.#isAway = false;
    if (!this.#isAway) this.#follow();
    this.#tell();
  }

  #noticeMove(): void {
    if (this.#isMoving || this.#leader === undefined) return;
    const isAway = printPlace(this.#deck) !== this.#arrived;
    if (isAway && this.#leader.hold) {
      // After reveal.js has finished the move it is telling about.
      queueMicrotask(() => this.#follow());
      return;
    }
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    this.#tell();
  }

  #follow(): void {
    if (this.#leader === undefined) return;
    this.#isMoving = true;
    this.#isDifferent = !moveDeck(this.#deck, this.#leader);
    this.#isMoving = false;
    this.#arrived = printPlace(this.#deck);
  }

  #tell(): void {
    const { hold = false } = this.#leader ?? {};
    this.#onChange({ isAway: this.#isAway, hold, isDifferent: this.#isDifferent && !this.#isAway });
  }
}

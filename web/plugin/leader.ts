import type { HostSession } from "../client/session.ts";
import { getPage, isUntouched, readDeckState, writeDeckState } from "../ui/deck-state.ts";
import { type Deck, onMove } from "./deck.ts";
import { describeDeck, moveDeck } from "./position.ts";

/** After a reconnect, the news of what happened meanwhile comes within this time, in milliseconds. */
const SETTLE_MS = 600;

interface Moment {
  readonly page: string;
  readonly state: string;
}

/** What the deck's view shows of its leading. */
export interface Leading {
  readonly hold: boolean;
  /** Another deck has taken it along, whose copy of the slides is another one. */
  readonly isDifferent: boolean;
}

/**
 * Sends where this deck is, and goes where another deck of the same host has gone. While another presenter drives it
 * only goes along: two decks never pull at one room.
 * `#known` is what was sent or adopted last. Only a deck that shows something else has moved, so that what comes in is
 * never sent out again.
 */
export class Leader {
  readonly #deck: Deck;
  readonly #session: HostSession;
  readonly #onChange: (leading: Leading) => void;
  readonly #stops: readonly (() => void)[];
  #hold = false;
  #isDifferent = false;
  #known: string | undefined;
  /** Version of the newest state that this deck agrees with; `undefined` until the session has told one. */
  #version: number | undefined;
  #sending = 0;
  /** This deck shows something that the session does not know yet. */
  #hasMoved = false;
  /** Take-overs that are not answered yet. Until then this deck stays where it is: the room is to come here. */
  #takeOvers = 0;
  #isMoving = false;
  #isStopped = false;
  #isConnected = false;
  #settling: ReturnType<typeof setTimeout> | undefined;

  /** @param onChange told whenever one of it changes, also from another deck */
  constructor(deck: Deck, session: HostSession, onChange: (leading: Leading) => void) {
    this.#deck = deck;
    this.#session = session;
    this.#onChange = onChange;
    this.#known = this.#describe().state;
    this.#stops = [
      onMove(deck, () => this.#noticeMove()),
      session.on("state", () => this.#applyState()),
      // Driving now or not: a room is moved from where "take over" was pressed, and from nowhere else.
      session.on("driver", () => this.#followDriver()),
      session.on("connection", () => this.#noticeConnection()),
    ];
    this.#noticeConnection();
  }

  /** Whether following decks may look around; the driver's to say. */
  hold(hold: boolean): void {
    if (hold === this.#hold || !this.#session.isDriving) return;
    this.#hold = hold;
    this.#report();
    this.#noticeMove();
  }

  /** From now on this deck drives, and the room goes where it is. @throws RevintError when the service says no */
  async takeOver(): Promise<void> {
    this.#takeOvers++;
    try {
      await this.#session.takeOver();
    } finally {
      this.#takeOvers--;
      // The answer may be lost, and the news that this deck drives come all the same.
      if (this.#session.isDriving) this.#bringRoom();
      else this.#applyState();
    }
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#settling);
    for (const stop of this.#stops) stop();
  }

  #describe(): Moment {
    const state = describeDeck(this.#deck, this.#hold);
    return { page: getPage(state), state: writeDeckState(state) };
  }

  #noticeMove(): void {
    const { state } = this.#describe();
    if (this.#isMoving || state === this.#known) return;
    this.#known = state;
    this.#hasMoved = true;
    if (this.#isDifferent) {
      this.#isDifferent = false;
      this.#report();
    }
    // Right after a reconnect, somebody else may have driven.
    if (this.#settling === undefined) this.#sendMove();
  }

  /** Sends where this deck is, if that is not known yet. Before the first news of the session it may not: it may have to resume. */
  #sendMove(): void {
    const mayTell = this.#isConnected && this.#session.isDriving && this.#version !== undefined;
    if (this.#hasMoved && mayTell) void this.#send(this.#describe());
  }

  /** After a take-over the room comes here, wherever the driver before has gone meanwhile. */
  #bringRoom(): void {
    this.#version = this.#session.state?.version;
    this.#hasMoved = true;
    this.#sendMove();
  }

  /** Who drives has changed. What this deck has shown meanwhile was not meant for the room: back to where that is. */
  #followDriver(): void {
    const { state } = this.#session;
    if (!this.#hasMoved || this.#sending > 0 || this.#takeOvers > 0) return;
    if (state && !isUntouched(state.page, state.state)) this.#adopt(state);
    else this.#sendMove();
  }

  async #send({ page, state }: Moment): Promise<void> {
    this.#hasMoved = false;
    this.#sending++;
    try {
      const version = await this.#session.setState(page, state);
      this.#version = Math.max(version, this.#version ?? 0);
    } catch {
      // Out of reach: told again after the reconnect, if nobody else has driven by then.
      this.#hasMoved = true;
    }
    this.#sending--;
    this.#applyState();
    if (!this.#session.isDriving) this.#followDriver();
  }

  #noticeConnection(): void {
    const { connection } = this.#session;
    const isConnected = connection === "live" || connection === "fallback";
    if (isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    clearTimeout(this.#settling);
    this.#settling = isConnected ? setTimeout(() => this.#settle(), SETTLE_MS) : undefined;
    if (isConnected) this.#applyState();
  }

  /** There may be a newer state: goes where another deck has gone, or else sends where this one is. */
  #applyState(): void {
    const { state } = this.#session;
    if (state === undefined || this.#sending > 0 || this.#takeOvers > 0) return;
    const isFirst = this.#version === undefined;
    if (!isFirst && state.version <= (this.#version ?? 0)) return;
    this.#version = state.version;
    if (isUntouched(state.page, state.state)) this.#hasMoved = true;
    // A driver who has moved on before the session was there goes first; else the session is resumed.
    else if (!isFirst || !this.#hasMoved || !this.#session.isDriving) this.#adopt(state);
    if (isFirst) this.#settle();
  }

  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = undefined;
    this.#sendMove();
  }

  #adopt({ state }: Moment): void {
    if (this.#isStopped) return;
    const theirs = readDeckState(state);
    this.#hold = theirs.hold ?? false;
    // reveal.js fires its events while it moves.
    this.#isMoving = true;
    this.#isDifferent = !moveDeck(this.#deck, theirs);
    this.#isMoving = false;
    this.#report();
    this.#known = this.#describe().state;
    this.#hasMoved = false;
  }

  #report(): void {
    this.#onChange({ hold: this.#hold, isDifferent: this.#isDifferent });
  }
}

import type { HostSession } from "../client/session.ts";
import { getPage, isUntouched, readDeckState, writeDeckState } from "../ui/deck-state.ts";
import { type Deck, onMove } from "./deck.ts";
import { describeDeck, moveDeck } from "./position.ts";

/** After a reconnect, whatever happened meanwhile is heard within this time, in milliseconds. */
const SETTLE_MS = 600;

interface Moment {
  readonly page: string;
  readonly state: string;
}

/** What a leading deck tells about itself. */
export interface Leading {
  readonly hold: boolean;
  /** Another deck has taken it along, whose copy of the slides is another one. */
  readonly isDifferent: boolean;
}

/**
 * Sends where this deck is, and goes where another deck of the same host has gone. While somebody
 * else drives it only goes along: two decks never pull at one room.
 * What was sent or adopted last is `#known`: only a deck that shows something else has moved,
 * so what comes in is never sent out again.
 */
export class Leader {
  readonly #deck: Deck;
  readonly #session: HostSession;
  readonly #onChange: (leading: Leading) => void;
  readonly #stops: readonly (() => void)[];
  #hold = false;
  #isDifferent = false;
  #known: string | undefined;
  /** The newest version this deck agrees with; `undefined` until it has heard of one. */
  #version: number | undefined;
  #sending = 0;
  /** This deck shows something that nobody has been told yet. */
  #hasMoved = false;
  /** Take-overs on their way: until they are answered, this deck stays where the room is to go. */
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
      session.on("state", () => this.#hear()),
      // Driving now or not: a room is moved from where "take over" was pressed, and from nowhere else.
      session.on("driver", () => this.#goAlong()),
      session.on("connection", () => this.#noticeConnection()),
    ];
    this.#noticeConnection();
  }

  /** Whether following decks may look around; the driver's to say. */
  hold(hold: boolean): void {
    if (hold === this.#hold || !this.#session.isDriving) return;
    this.#hold = hold;
    this.#change();
    this.#noticeMove();
  }

  /** From now on this deck drives, and the room goes where it is. @throws RevintError when the service says no */
  async takeOver(): Promise<void> {
    this.#takeOvers++;
    try {
      await this.#session.takeOver();
    } finally {
      this.#takeOvers--;
      // An answer may be lost, and the news of it come through.
      if (this.#session.isDriving) this.#takeAlong();
      else this.#hear();
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
      this.#change();
    }
    // Right after a reconnect, somebody else may have driven.
    if (this.#settling === undefined) this.#tell();
  }

  /** What nobody has been told yet, if this deck may tell it: not before the first news of the session. */
  #tell(): void {
    const mayTell = this.#isConnected && this.#session.isDriving && this.#version !== undefined;
    if (this.#hasMoved && mayTell) void this.#send(this.#describe());
  }

  /** The room goes where this deck is, wherever the driver before has gone meanwhile. */
  #takeAlong(): void {
    this.#version = this.#session.state?.version;
    this.#hasMoved = true;
    this.#tell();
  }

  /** What this deck shows was never meant for the room: back to where that is. */
  #goAlong(): void {
    const { state } = this.#session;
    if (!this.#hasMoved || this.#sending > 0 || this.#takeOvers > 0) return;
    if (state && !isUntouched(state.page, state.state)) this.#adopt(state);
    else this.#tell();
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
    this.#hear();
    if (!this.#session.isDriving) this.#goAlong();
  }

  #noticeConnection(): void {
    const { connection } = this.#session;
    const isConnected = connection === "live" || connection === "fallback";
    if (isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    clearTimeout(this.#settling);
    this.#settling = isConnected ? setTimeout(() => this.#settle(), SETTLE_MS) : undefined;
    if (isConnected) this.#hear();
  }

  /** The news of a new connection: takes over what another deck did, and else tells what this one did. */
  #hear(): void {
    const heard = this.#session.state;
    if (heard === undefined || this.#sending > 0 || this.#takeOvers > 0) return;
    const isFirst = this.#version === undefined;
    if (!isFirst && heard.version <= (this.#version ?? 0)) return;
    this.#version = heard.version;
    if (isUntouched(heard.page, heard.state)) this.#hasMoved = true;
    // A driver who has moved on before the session was there goes first; else the session is resumed.
    else if (!isFirst || !this.#hasMoved || !this.#session.isDriving) this.#adopt(heard);
    if (isFirst) this.#settle();
  }

  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = undefined;
    this.#tell();
  }

  #adopt({ state }: Moment): void {
    if (this.#isStopped) return;
    const theirs = readDeckState(state);
    this.#hold = theirs.hold ?? false;
    // The deck tells of its move while it moves.
    this.#isMoving = true;
    this.#isDifferent = !moveDeck(this.#deck, theirs);
    this.#isMoving = false;
    this.#change();
    this.#known = this.#describe().state;
    this.#hasMoved = false;
  }

  #change(): void {
    this.#onChange({ hold: this.#hold, isDifferent: this.#isDifferent });
  }
}

import type { Session } from "../client/session.ts";

/** What the deck is in its session: nothing yet, the one that leads, or one that follows. */
export type DeckRole = "none" | "lead" | "follow";

/** What a deck's author gets from `Reveal.getPlugin("revint")`. */
export interface RevintPlugin {
  readonly id: "revint";
  /** What it returns, reveal.js waits for. */
  init(deck: object): Promise<void> | undefined;
  destroy(): void;
  /** The client's session while the deck leads or follows. */
  readonly session: Session | undefined;
  readonly role: DeckRole;
  /** What the QR code says, once the session is there. */
  readonly joinUrl: string | undefined;
  /** Leads with this host token or invitation link, which is kept for the tab. */
  lead(pass: string): void;
  /** Stops leading or following, and forgets the token. */
  leave(): void;
  /** Shows or hides the overlay. */
  toggleOverlay(show?: boolean): void;
  /** Fills the screen with the join code, or no longer. */
  welcome(show?: boolean): void;
  /** While leading: whether following decks may look around. */
  hold(hold: boolean): void;
  /** Leading while another presenter drives: from now on this deck does. */
  takeOver(): void;
  /** While following: back to where the leader is. */
  comeBack(): void;
}

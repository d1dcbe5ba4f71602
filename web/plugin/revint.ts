import type { Session } from "../client/session.ts";
import { takePassLink } from "../ui/host-pass.ts";
import { complain } from "./complaint.tsx";
import { drawCopy } from "./copy.tsx";
import { type Deck, isCopy } from "./deck.ts";
import { createLiveDeck, type LiveDeck } from "./live-deck.tsx";
import { type RevintOptions, readHostKey, readOptions, type Settings } from "./options.ts";
import type { DeckRole } from "./view.ts";

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

/**
 * One plugin for one deck; everything it knows is in here, so that two decks on a page don't meet.
 * @param scriptUrl where this script was loaded from
 */
export function createRevint(given: RevintOptions, scriptUrl: string | undefined): RevintPlugin {
  // Now, not in `init`: it must be gone before reveal.js reads the address, and before anybody else does.
  const link = takePassLink();
  let live: LiveDeck | undefined;
  return {
    id: "revint",
    init(object) {
      const deck = object as Deck;
      const { revint } = deck.getConfig();
      const settings = readSettings(deck, { ...revint, ...given }, scriptUrl, link);
      if (!settings) return undefined;
      if (isCopy(deck)) return drawCopy(deck, settings);
      for (const advice of settings.advice) console.warn(`revint: ${advice}`);
      live = createLiveDeck(deck, settings);
      live.controller.prepare(link);
      const start = () => live?.start(link);
      if (deck.isReady()) start();
      else deck.on("ready", start);
      return undefined;
    },
    destroy: () => live?.destroy(),
    get session() {
      return live?.controller.session;
    },
    get role() {
      return live?.store.get().role ?? "none";
    },
    get joinUrl() {
      return live?.store.get().joinUrl;
    },
    lead: (pass) => live?.controller.lead(pass),
    leave: () => live?.controller.forget(),
    toggleOverlay: (show) => live?.toggleOverlay(show),
    welcome: (show) => live?.welcome(show),
    hold: (hold) => live?.controller.hold(hold),
    takeOver: () => live?.controller.takeOver(),
    comeBack: () => live?.controller.comeBack(),
  };
}

/** A deck with wrong options is still a deck: it says so where its author looks and to who wants to lead, and goes on. */
function readSettings(
  deck: Deck,
  options: RevintOptions,
  scriptUrl: string | undefined,
  link: string | undefined,
): Settings | undefined {
  try {
    return readOptions(options, scriptUrl);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    console.warn(`revint: ${text}`);
    if (!isCopy(deck)) complain(deck, { text, letter: readHostKey(options), link });
    return undefined;
  }
}

import { OPEN_RULES } from "../client/rules.ts";
import type { ClientTotals, Connection, Door, Rules } from "../client/session.ts";
import type { DeckExtras } from "../interactions/slots.ts";
import { createStore, type Store } from "../ui/store.ts";
import type { Talk } from "../ui/talk.ts";
import type { Settings } from "./options.ts";
import type { Reach } from "./reach.ts";
import type { DeckRole } from "./revint-plugin.ts";

/** Everything the plugin's own elements show. */
export interface View extends DeckExtras {
  readonly role: DeckRole;
  readonly connection: Connection;
  readonly reach: Reach;
  /** The talk of this session, once it is known. */
  readonly talk: Talk | undefined;
  readonly joinUrl: string | undefined;
  readonly people: number;
  readonly totals: ClientTotals;
  /** The page this window shows. */
  readonly page: string;
  /** What the session offers from its start. */
  readonly reactions: readonly string[];
  /** What its host lets people send now. */
  readonly rules: Rules;
  /** Whether the overlay is wanted, and whether this slide wants it too. */
  readonly isShown: boolean;
  readonly isWelcome: boolean;
  /** Where it stands now, if there is room for it; opposite is left or above. */
  readonly place: "side" | "bar" | "none";
  readonly isOpposite: boolean;
  /** The deck is blacked out. */
  readonly isPaused: boolean;
  /** Who waits to come in, once the service has said so. */
  readonly door: Door | undefined;
  readonly hold: boolean;
  /** Leading: whether this host may set the state now, or another presenter does. */
  readonly isDriving: boolean;
  /** It has a moderator's invitation, which lets nobody lead. */
  readonly isModerator: boolean;
  /** Following, but looking around. */
  readonly isAway: boolean;
  readonly isDialogOpen: boolean;
  /** The join code fills the screen. */
  readonly isWelcoming: boolean;
  readonly problem: string | undefined;
  /** What people should know of these slides, such as that they are another copy. */
  readonly remark: string | undefined;
  /** The session that this tab has led is gone; it may be started anew. */
  readonly isGone: boolean;
  /** Where the results are, once the session has ended. */
  readonly resultsUrl: string | undefined;
}

/** What a deck has of a session as long as it neither leads nor follows. */
export const ALONE = {
  role: "none",
  connection: "closed",
  reach: "there",
  talk: undefined,
  joinUrl: undefined,
  people: 0,
  totals: { pages: {}, total: 0 },
  rules: OPEN_RULES,
  activities: [],
  tallies: {},
  earlier: {},
  told: [],
  ranking: undefined,
  questions: undefined,
  ahead: 0,
  advice: [],
  hint: undefined,
  door: undefined,
  hold: false,
  isDriving: true,
  isModerator: false,
  isAway: false,
  isWelcoming: false,
  remark: undefined,
  isGone: false,
  resultsUrl: undefined,
} as const satisfies Partial<View>;

export const createView = (settings: Settings): Store<View> =>
  createStore<View>({
    ...ALONE,
    page: "0.0",
    reactions: settings.reactions,
    isShown: settings.isShown,
    isWelcome: true,
    place: "bar",
    isOpposite: false,
    isPaused: false,
    isDialogOpen: false,
    problem: undefined,
  });

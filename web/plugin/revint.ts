import { takePassLink } from "../ui/host-pass.ts";
import { complain } from "./complaint.tsx";
import { drawCopy } from "./copy.tsx";
import { type Deck, isCopy } from "./deck.ts";
import type { LoadExtras } from "./extras.ts";
import { createLiveDeck, type LiveDeck } from "./live-deck.tsx";
import { type RevintOptions, readHostKey, readOptions, type Settings } from "./options.ts";
import type { RevintPlugin } from "./revint-plugin.ts";

/**
 * One plugin for one deck; everything it knows is in here, so that two decks on a page don't meet.
 * @param scriptUrl where this script was loaded from
 */
export function createRevint(
  given: RevintOptions,
  scriptUrl: string | undefined,
  load: LoadExtras,
): RevintPlugin {
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
      if (isCopy(deck)) return drawCopy(deck, settings, load);
      for (const advice of settings.advice) console.warn(`revint: ${advice}`);
      live = createLiveDeck(deck, settings, load);
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

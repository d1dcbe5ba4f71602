import { takePassLink } from "../ui/host-pass.ts";
import { complain } from "./complaint.tsx";
import { type Deck, isCopy, isPrint, onReady } from "./deck.ts";
import { createLoader, type LoadFile, type TryFile } from "./files.ts";
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
  tryFile: TryFile,
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
      const load = createLoader(tryFile, settings.apiUrl);
      if (isCopy(deck)) return showCopy(deck, settings, load);
      for (const advice of settings.advice) console.warn(`revint: ${advice}`);
      live = createLiveDeck(deck, settings, load);
      live.controller.prepare(link);
      onReady(deck, () => live?.start(link));
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

/** A printed deck waits so long for what it has to load and to ask for, in milliseconds. */
const PATIENCE_MS = 5000;

/** Speaker view, print and PDF: there nothing is led or followed. @returns for reveal.js to wait for, where it prints */
function showCopy(deck: Deck, settings: Settings, load: LoadFile): Promise<void> | undefined {
  const drawn = load("copy").then(
    ({ drawCopy }) => drawCopy(deck, settings, load),
    // What its author wrote stays.
    (error) => console.warn("revint:", error),
  );
  // A speaker view has more to show than this, whatever the network is like.
  if (!isPrint(deck)) return undefined;
  return Promise.race([drawn, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))]);
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

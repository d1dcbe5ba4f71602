import type { RevintOptions } from "./options.ts";
import { createRevint } from "./revint.ts";
import type { RevintPlugin } from "./revint-plugin.ts";

export type { RevintError, Session, SessionEvents } from "../client/session.ts";
export type { DeckState } from "../ui/deck-state.ts";
export { readDeckState } from "../ui/deck-state.ts";
export type { RevintOptions } from "./options.ts";
export type { DeckRole, RevintPlugin } from "./revint-plugin.ts";

/**
 * The reveal.js plugin: `Reveal.initialize({ plugins: [Revint], revint: { … } })`,
 * or `plugins: [Revint({ … })]` where one page has several decks.
 */
export default function Revint(options: RevintOptions = {}): RevintPlugin {
  return createRevint(options, import.meta.url, async () => (await import("./activities.ts")).deckExtras);
}

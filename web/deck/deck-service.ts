import type { PublicDeck } from "../../shared/protocol/host/deck.ts";
import { readProblem, unreadable } from "../client/api.ts";
import { RevintError, toRevintError } from "../client/error.ts";
import { type Fields, isNumber, isText, parseFields } from "../client/fields.ts";

/** A large Markdown deck over a slow network takes a while, in milliseconds. */
const TIMEOUT_MS = 20_000;

/** Which deck the address names. @throws RevintError */
export function readDeckId(): string {
  const id = /^\/deck\/([\w-]+)\/?$/.exec(location.pathname)?.[1];
  if (id === undefined) throw new RevintError("deck_not_found", "the address names none");
  return id;
}

/** Where a deck, and what belongs to it, is read. It ends in a slash. */
export const writeDeckBase = (id: string): string =>
  new URL(`/api/v1/decks/${encodeURIComponent(id)}/`, location.href).href;

/** What everybody who knows its id may read of a deck. @throws RevintError */
export async function getDeck(id: string): Promise<PublicDeck> {
  try {
    const response = await fetch(writeDeckBase(id).slice(0, -1), {
      // Its owner has the notes.
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok) throw readProblem(response, text);
    const deck = readDeck(parseFields(text) ?? {});
    if (!deck) throw unreadable(response.status);
    return deck;
  } catch (error) {
    throw toRevintError(error);
  }
}

function readDeck({ id, title, kind, pages, isOwn, html, url }: Fields): PublicDeck | undefined {
  if (!isText(id) || !isText(title) || !isNumber(pages)) return undefined;
  const common = { id, title, pages, isOwn: isOwn === true };
  if (kind === "markdown" && isText(html)) return { ...common, kind, html };
  if (kind === "pdf" && isText(url)) return { ...common, kind, url };
  return undefined;
}

import type { Deck } from "../../../shared/protocol/host/deck.ts";
import { type Fields, isFields, isNumber, isText } from "../../client/fields.ts";
import { ask, askFor, fromCursor, type ListPage, readList } from "../service.ts";

/* Decks of the account that is signed in. */

export const listDecks = (cursor?: string): Promise<ListPage<Deck>> =>
  askFor(readList("decks", readDeck), "GET", `decks${fromCursor(cursor)}`);

export const renameDeck = (deck: string, title: string): Promise<Deck> =>
  askFor(({ deck }) => (isFields(deck) ? readDeck(deck) : undefined), "PATCH", pathOf(deck), { title });

export const deleteDeck = async (deck: string): Promise<void> => {
  await ask("DELETE", pathOf(deck));
};

const pathOf = (deck: string): string => `decks/${encodeURIComponent(deck)}`;

export function readDeck({ id, title, kind, status, pages, bytes, createdAt }: Fields): Deck | undefined {
  if (!isText(id) || !isText(title) || !isNumber(bytes) || !isNumber(createdAt)) return undefined;
  // Of a kind that is not known here nothing can be shown.
  if (kind !== "markdown" && kind !== "pdf") return undefined;
  return {
    ...{ id, title, kind, bytes, createdAt },
    status: status === "ready" ? "ready" : "uploading",
    pages: isNumber(pages) ? pages : null,
  };
}

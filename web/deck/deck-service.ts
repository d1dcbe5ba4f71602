import type { PublicDeck } from "../../shared/protocol/host/deck.ts";
import { isFields, isNumber, isText } from "../client/fields.ts";

/** Why there is no deck to show. */
export type Missing = "notFound" | "offline";

/** What the page draws: a deck's slides as HTML, or a PDF and where it is. */
export type ShownDeck = Pick<PublicDeck, "id" | "title" | "pages"> &
  ({ readonly kind: "markdown"; readonly html: string } | { readonly kind: "pdf"; readonly url: string });

/** Reads a deck, with its owner's cookie if there is one. */
export async function readDeck(id: string): Promise<ShownDeck | Missing> {
  try {
    const answer = await fetch(`/api/v1/decks/${encodeURIComponent(id)}`, { cache: "no-store" });
    // Only what the service itself says is final: whatever stands between may say anything.
    if (answer.status === 404 || answer.status === 400) return "notFound";
    if (!answer.ok) return "offline";
    return read(await answer.json()) ?? "offline";
  } catch {
    return "offline";
  }
}

function read(value: unknown): ShownDeck | undefined {
  if (!isFields(value)) return undefined;
  const { id, title, kind, pages, html, url } = value;
  if (!isText(id) || !isText(title) || !isNumber(pages)) return undefined;
  if (kind === "markdown" && isText(html)) return { id, title, pages, kind, html };
  if (kind === "pdf" && isText(url)) return { id, title, pages, kind, url };
  return undefined;
}

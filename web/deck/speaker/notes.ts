import type { PublicDeck } from "../../../shared/protocol/host/deck.ts";
import { writeDeckBase } from "../deck-service.ts";
import { readMarkdownSlides } from "../markdown-slides.ts";

/** What a slide's author wrote for themselves; `undefined`: nothing. */
export type FindNotes = (h: number, v: number) => HTMLElement | undefined;

/** The notes of a deck, as far as the service has handed them out: to its owner. */
export function readNotes({ id, html = "" }: PublicDeck): FindNotes {
  const columns = readMarkdownSlides(html, writeDeckBase(id)).map((column) => {
    const stack = [...column.querySelectorAll(":scope > section")];
    return stack.length > 0 ? stack : [column];
  });
  return (h, v) => columns[h]?.[v]?.querySelector<HTMLElement>(":scope > aside.notes") ?? undefined;
}

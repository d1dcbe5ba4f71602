/*
 * Decks that a host brings along. A host's own: /api/v1/host/decks. What everybody who knows a deck's id may read:
 * /api/v1/decks/{deck}.
 *
 * A deck is uploaded in parts, in any order and as often as it takes:
 *   POST decks → PUT decks/{deck}/parts/{n} … (and PUT decks/{deck}/files/{name} …) → POST decks/{deck}/done
 * `GET decks/{deck}` says which parts are there, so that an upload goes on where it was interrupted.
 */

export type DeckKind = "markdown" | "pdf";

/** What is in it is known when it is `ready`. */
export type DeckStatus = "uploading" | "ready";

export interface Deck {
  readonly id: string;
  readonly title: string;
  readonly kind: DeckKind;
  readonly status: DeckStatus;
  /** Slides, those below others included; of a PDF, its pages. `null` while it is uploaded. */
  readonly pages: number | null;
  /** With its pictures. */
  readonly bytes: number;
  readonly createdAt: number;
}

/** `POST decks` → 201 `DeckUpload`. @throws `limit_reached`, `too_large` */
export interface NewDeck {
  readonly title: string;
  readonly kind: DeckKind;
  /** Of the file, without pictures: 100 MB at most, and 1 MB of Markdown. */
  readonly bytes: number;
  /** Of a PDF: how many it has. The browser that uploads it has opened it; 300 at most. */
  readonly pages?: number | undefined;
  /** Of a PDF: its SHA-256 in hex, for whoever goes on with it to know the file again. */
  readonly digest?: string | undefined;
}

/** `POST decks`, `GET decks/{deck}`, `PUT decks/{deck}/parts/{n}`, `PUT decks/{deck}/files/{name}` */
export interface DeckUpload {
  readonly deck: Deck;
  /** Each part has so many bytes, the last one what is left. They count from 1. */
  readonly partBytes: number;
  /** Which are there. */
  readonly parts: readonly number[];
  /** Pictures that came with a Markdown deck, by the names that it calls them. */
  readonly files: readonly string[];
  /** As it was announced. */
  readonly digest?: string | undefined;
}

/** `POST decks/{deck}/done`, `PATCH decks/{deck}` → 200. @throws `deck_not_valid` with what is wrong in words for its author; nothing is lost then, parts may be sent again */
export interface DeckAnswer {
  readonly deck: Deck;
}

/** `GET decks?cursor=` → 200: the newest first. */
export interface Decks {
  readonly decks: readonly Deck[];
  readonly cursor?: string | undefined;
}

/** `PATCH decks/{deck}` */
export interface DeckChange {
  readonly title: string;
}

/** `GET /api/v1/decks/{deck}` → 200: what a deck's page needs to draw it. */
export interface PublicDeck {
  readonly id: string;
  readonly title: string;
  readonly kind: DeckKind;
  readonly pages: number;
  /** Whether the caller is signed in as its owner: speaker notes and what is right go to nobody else. */
  readonly isOwn: boolean;
  /**
   * Of a Markdown deck: its slides as reveal.js takes them, `<section>` after `<section>`. Made from Markdown without
   * raw HTML, links and pictures checked, so that nothing in it can run.
   */
  readonly html?: string | undefined;
  /** Of a PDF: where it is, with ranges. Pictures of a Markdown deck stand at `files/{name}` beside it. */
  readonly url?: string | undefined;
}

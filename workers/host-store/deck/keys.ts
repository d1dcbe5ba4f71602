/*
 * Where a deck's objects stand in R2: all below one prefix, so that nothing of it is left when it is erased, and there in
 * a folder that nobody can guess. A deck's id is known to its audience, and wrangler serves a local bucket to whoever
 * knows a key.
 */

/** What names a deck's objects. */
export interface DeckPlace {
  readonly id: string;
  /** Empty for decks of before there were any. It stays in here: no answer says it. */
  readonly folder: string;
}

export const deckPrefix = (deck: string): string => `decks/${deck}/`;

const folderOf = ({ id, folder }: DeckPlace): string =>
  `${deckPrefix(id)}${folder === "" ? "" : `${folder}/`}`;

/** The file as it was uploaded. */
export const fileKey = (deck: DeckPlace): string => `${folderOf(deck)}file`;

/** A Markdown deck's slides: for its owner, and for everybody else. */
export const slidesKey = (deck: DeckPlace, isOwn: boolean): string =>
  `${folderOf(deck)}${isOwn ? "slides-own" : "slides"}.html`;

/** All pictures of a deck. */
export const picturePrefix = (deck: DeckPlace): string => `${folderOf(deck)}files/`;

/** A picture. Its name is encoded: no name leads out of the prefix. */
export const pictureKey = (deck: DeckPlace, name: string): string =>
  `${picturePrefix(deck)}${encodeURIComponent(name)}`;

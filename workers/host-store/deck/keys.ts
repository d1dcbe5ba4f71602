/* Where a deck's objects stand in R2: all below one prefix, so that nothing of it is left when it is erased. */

export const deckPrefix = (deck: string): string => `decks/${deck}/`;

/** The file as it was uploaded. */
export const fileKey = (deck: string): string => `${deckPrefix(deck)}file`;

/** A Markdown deck's slides: for its owner, and for everybody else. */
export const slidesKey = (deck: string, isOwn: boolean): string =>
  `${deckPrefix(deck)}${isOwn ? "slides-own" : "slides"}.html`;

/** All pictures of a deck. */
export const picturePrefix = (deck: string): string => `${deckPrefix(deck)}files/`;

/** A picture. Its name is encoded: no name leads out of the prefix. */
export const pictureKey = (deck: string, name: string): string =>
  `${picturePrefix(deck)}${encodeURIComponent(name)}`;

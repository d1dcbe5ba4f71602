/** A deck in print. */
export const deckCopy = {
  noCode:
    "Der Code zum Mitmachen erscheint hier, sobald diese Präsentation in diesem Tab eine Session geleitet hat.",
} as const;

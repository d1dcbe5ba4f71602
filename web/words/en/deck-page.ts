/** The page of a deck that was brought along. */
export const deckPage = {
  loading: "The deck is coming…",
  title: (title: string) => `${title} · revint`,
  page: (number: number, count: number) => `Page ${number} of ${count}`,
  failed: {
    notFound: {
      title: "There is no such deck",
      text: "It was deleted, or the address is not complete. Ask whoever sent it to you for a new one.",
    },
    offline: {
      title: "The deck could not be loaded",
      text: "Check your connection. The page tries again by itself.",
    },
    unreadable: {
      title: "This PDF can't be shown",
      text: "It may be damaged, or protected by a password. If it is yours: export it once more, without a password, and upload that.",
    },
  },
};

/** The page of a deck that a host has brought along. */
export const deck = {
  title: (title: string) => `${title} · revint`,
  opening: "Opening the deck…",
  printing: (count: number, all: number) => `Drawing page ${count} of ${all} for print…`,
  /** What a page is called that has no words. */
  page: (number: number, count: number) => `Page ${number} of ${count}`,
  /** In place of a page. */
  broken: {
    title: (number: number) => `Page ${number} can't be drawn`,
    text: "Its speaker can export the PDF once more from the program it comes from, and upload that file.",
  },
  arrival: {
    waiting: "Waiting for the network. This page appears as soon as it is back.",
    gone: "The rest of this deck is not there any more: it was deleted meanwhile.",
  },
  problems: {
    missing: {
      title: "There is no such deck",
      text: "It may have been deleted. Check the link, or ask whoever gave it to you.",
    },
    unreachable: {
      title: "The deck can't be reached right now",
      text: "Check your connection, and try again.",
    },
    broken: {
      title: "This PDF can't be shown",
      text: "Export it once more from the program it comes from, and upload that file.",
    },
    password: {
      title: "This PDF is protected by a password",
      text: "Save it without one, and upload that file.",
    },
  },
} as const;

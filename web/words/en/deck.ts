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
  /** The speaker's own window. */
  speaker: {
    key: "Speaker view",
    title: (title: string) => `Speaker view · ${title}`,
    slide: (number: number, count: number) => `Slide ${number} of ${count}`,
    elapsed: "Time since the start",
    restart: "Start again",
    previous: "Previous",
    next: "Next",
    current: "On the screen now",
    upcoming: "Next",
    last: "This is the last slide.",
    notes: "Notes",
    noNotes: "None for this slide.",
    pdf: "A PDF brings no notes along. Slides written in Markdown have them, below a line that begins with “Note:”.",
    notOwn: "Only the deck's owner sees its notes. Are you the owner?",
    signIn: "Sign in",
    lookAgain: "Look again",
    lost: "The deck's window does not answer. Go back to it, or open the deck once more and press S there.",
    alone: {
      title: "This is the speaker's window of a deck",
      text: "Open the deck, and press S there: then this window follows it.",
      open: "Open the deck",
    },
  },
} as const;

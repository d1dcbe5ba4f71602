import { plural } from "./plural.ts";

/** What the pages have in common. */
export const pages = {
  copy: "Copy",
  copied: "Copied.",
  notCopied: "Copying is not possible here: it is selected, copy it with the keyboard.",
  cancel: "Cancel",
  sessionField: "Session",
  noSessionName: "This is neither a session's name nor a link to one. Please paste all of it.",
  noSessionOrToken:
    "This is neither a session's name, nor a link to one, nor a host token. Please paste all of it.",
  sessionOrToken: "Host token or session",
  ownSession: {
    notStarted:
      "The session of this token was not started yet, or was forgotten. Lead the deck with the token first.",
    refused:
      "This token is not accepted here. Please check that all of it was pasted, that it was signed for this deployment, and that it has not expired.",
    failed: "The service could not be reached. Please try again.",
  },
  passRefused: "This is a host's secret, and nothing to join with. It belongs in the deck or on the stage.",
  seconds: (count: number) => `${count} s`,
  minutes: (minutes: number, seconds: number) =>
    seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`,
  hours: (hours: number, minutes: number) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
  days: (days: number, hours: number) => (hours === 0 ? plural(days, "day", "days") : `${days} d ${hours} h`),
  slide: (page: string) => `Slide ${page}`,
  beforeFirst: "Before the first slide",
  /** Where an address leads to this computer. */
  onlyHere:
    "Phones can't open this address: it is this computer's own. Start with HOST=0.0.0.0 npm start, and open this page at the address that is printed then.",
} as const;

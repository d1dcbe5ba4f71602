import { plural } from "./plural.ts";

/** What both pages and plugin say. */
export const common = {
  people: (count: number) => plural(count, "person", "people"),
  connection: {
    connecting: "Connecting…",
    live: "Connected",
    fallback: "Connected",
    closed: "Disconnected",
  },
  token: "Host token or invitation link",
  tryAgain: "Try again",
  noPass: "This is neither a host token nor an invitation link. Please paste all of it.",
  joinCode: (url: string) => `QR code to join: ${url}`,
} as const;

import { plural } from "./plural.ts";

/** What both pages and plugin say. */
export const common = {
  people: (count: number) => plural(count, "person", "people"),
  reactions: (count: number) => plural(count, "reaction", "reactions"),
  /** Names for screen readers; any other reaction is its own name. */
  reactionNames: {
    "👍": "Thumbs up",
    "❤️": "Love",
    "😂": "Laughing",
    "🤯": "Mind blown",
    "👏": "Applause",
    "❓": "Question",
  } as Readonly<Record<string, string>>,
  connection: {
    connecting: "Connecting…",
    live: "Connected",
    fallback: "Connected",
    closed: "Disconnected",
  },
  noPass: "This is neither a host token nor an invitation link. Please paste all of it.",
  joinCode: (url: string) => `QR code to join: ${url}`,
} as const;

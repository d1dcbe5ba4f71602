/** Every word that people read in our pages, in English. A translation is one more file of this shape. */

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

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
  joinCode: (url: string) => `QR code to join: ${url}`,
} as const;

/** The phone page. */
export const audience = {
  title: "Join · revint",
  titleOf: (name: string) => `${name} · revint`,
  connecting: "Finding the session…",
  offline: "No connection. We keep trying.",
  waiting: { title: "Not started yet", text: "You are in. This page follows when the talk begins." },
  noSession: {
    title: "Which session?",
    text: "This link names no session. Scan the code on the screen again, or type the session's name or link.",
  },
  notFound: {
    title: "No such session",
    text: "The link may be incomplete. Scan the code on the screen again, or type the session's name or link.",
  },
  ended: { title: "It's over", text: "Thank you for being here." },
  full: {
    title: "The room is full",
    text: "No more people fit into this session. We try again in a moment.",
  },
  failed: { title: "This doesn't work right now", text: "Please try again in a moment." },
  tryAgain: "Try again",
  sessionField: "Session",
  join: "Join",
  react: "React to this slide",
  button: (name: string, count: number) => `${name}, ${count.toLocaleString("en")}`,
  page: (page: string) => `Slide ${page}`,
  paused: "Paused",
  sent: (name: string) => `${name} sent`,
  keptForLater: (count: number) =>
    `${plural(count, "reaction", "reactions")} kept, sent once you are back online`,
  refused: "One reaction was not accepted.",
  unconfirmed: (count: number) => `${plural(count, "reaction", "reactions")} could not be sent.`,
  announcePage: (title: string) => `Now: ${title}`,
  announceTotals: (count: number) => `${plural(count, "reaction", "reactions")} on this slide`,
} as const;

/** The reveal.js plugin. */
export const plugin = {
  keys: {
    overlay: "Show or hide the audience overlay",
    host: "Lead this deck with your audience",
    together: "Hold everyone together, or return to the speaker",
  },
  dialog: {
    title: "Lead this deck",
    text: "Paste your host token. It stays in this tab and is never part of the deck.",
    token: "Host token",
    lead: "Lead",
    close: "Close",
    leading: "You lead this deck",
    following: "You follow this deck",
    join: "Join link",
    overlay: "Overlay",
    together: "Hold everyone together",
    stage: "Open the second screen",
    stop: "Stop leading in this tab",
    key: (key: string) => `Key ${key}`,
  },
  missingApi: "revint: set `apiUrl`, the address of your deployment",
  problem: {
    token: "This host token is not accepted here. Please check that all of it was pasted.",
    ended: "This session has ended.",
    notFound: "There is no such session.",
    other: "The service did not accept this. Please try again later.",
  },
  overlay: "Your audience",
  join: "Join in",
  counts: "Reactions on this slide",
  away: "Back to the speaker",
  held: "The speaker keeps everyone together",
} as const;

/** The host's second screen. */
export const stage = {
  title: "Stage · revint",
  heading: "Second screen",
  ask: "Paste the host token of this session to watch it here. It stays in this tab.",
  token: "Host token",
  watch: "Watch",
  noSession: "This link names no session. Open the second screen from the deck's dialog.",
  badToken: "This host token does not belong to this session.",
  connecting: "Connecting…",
  notFound: "There is no such session.",
  ended: "The session has ended.",
  failed: "The service is out of reach. We keep trying.",
  waiting: "Not started yet",
  now: "On the screen",
  page: (page: string) => `Slide ${page}`,
  people: "People",
  total: "Reactions",
  join: "Join",
  bars: "This slide",
  timeline: "Reactions per second",
  sinceOpened: "since this screen was opened",
  timelineSummary: (total: number, peak: number) =>
    `${plural(total, "reaction", "reactions")}, at most ${peak.toLocaleString("en")} a second`,
} as const;

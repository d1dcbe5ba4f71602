/** The phone page. */
export const audience = {
  title: "Join · revint",
  titleOf: (name: string) => `${name} · revint`,
  connecting: "Finding the session…",
  offline: "No connection. We keep trying.",
  waiting: {
    title: "Not started yet",
    text: "You need do nothing: this page follows when the talk begins.",
  },
  more: "More",
  notLoaded: "This can't be shown right now. We keep trying.",
  noSession: {
    title: "Which session?",
    text: "Type the code on the screen, or paste the session's link.",
  },
  notFound: {
    title: "No such session",
    text: "The link may be incomplete, or its host has not opened it yet. Type the code on the screen, or scan it again.",
  },
  wrongCode: {
    title: "No talk has this code",
    text: "A digit may be wrong. Or the talk is over: its code ends a day later.",
  },
  tooManyCodes: {
    title: "Too many wrong codes",
    text: "They came from your network. Please try again in a minute, or use the talk's link.",
  },
  code: "Join code",
  noCode: "A join code has 6 or 8 digits. You can paste the session's link, too.",
  ended: { title: "It's over", text: "Thank you for being here." },
  results: "Its results, if the speaker has opened them",
  recap: "Its recap, once the speaker has published it",
  full: {
    title: "Nobody new can come in",
    text: "The room is full, or its door is closed for now. Keep this page open: you come in by yourself as soon as there is a place.",
  },
  crowded: {
    title: "Many come at once",
    text: "You are in line. Keep this page open: you come in by yourself in a moment.",
  },
  sentOut: {
    title: "The host has sent everybody out",
    text: "What was counted stays counted. To come in again, join anew.",
  },
  failed: { title: "This doesn't work right now", text: "Please try again in a moment." },
  tryAgain: "Try again",
  join: "Join",
  joinAgain: "Join again",
  slides: {
    see: "See the slides",
    title: "The slides",
    tab: "In a new tab",
    close: "Close",
  },
  tabs: { label: "What to see", live: "Live", missed: ", something new", news: " new" },
  paused: "Paused",
  announcePage: (title: string) => `Now: ${title}`,
} as const;

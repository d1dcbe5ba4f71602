import { plural } from "./plural.ts";

const brokenAfter = (what: string) =>
  `The download broke off after ${what}, and trying again did not help. Nothing was saved: please try again with a better connection.`;

/** The page of a session's results. */
export const results = {
  title: "Results · revint",
  titleOf: (name: string) => `${name} · results · revint`,
  heading: "Results",
  connecting: "Reading the results…",
  noSession: {
    title: "Which session?",
    text: "This link names no session. Paste your host token, or the session's name or its join link.",
  },
  notFound: {
    title: "No such session",
    text: "The link may be incomplete, or the session and its results were forgotten. To try again, paste your host token, or the session's name or its join link.",
  },
  openSession: "Show its results",
  notPublic: {
    title: "These results are not open",
    text: "Only its hosts see them, unless they open them for everyone.",
  },
  failed: { title: "This doesn't work right now", text: "Please try again in a moment." },
  deleted: {
    title: "Everything is deleted",
    text: "The session, its reactions and everyone who took part are forgotten.",
  },
  ask: {
    title: "Results",
    text: "Paste the host token of this session, or the link you were invited with. It stays in this tab.",
  },
  isHost: "You are the host, or a co-host?",
  open: "Open",
  badToken:
    "This does not open this session. Please check that all of it was pasted, and that it is for this talk and date; it may have expired, or an invitation may have been taken back.",
  live: "Running",
  over: (at: string) => `Ended ${at}`,
  people: "People",
  most: "Most at once",
  length: "Length",
  course: "How it went",
  perBucket: (seconds: string) => `Reactions in ${seconds}`,
  peoplePresent: (most: number) => `People present, up to ${most.toLocaleString("en")}`,
  upTo: (count: number) => `up to ${count.toLocaleString("en")}`,
  courseSummary: (total: number, people: number, slides: number) =>
    `${plural(total, "reaction", "reactions")} of ${plural(people, "person", "people")} on ${plural(slides, "slide", "slides")}; the numbers stand in the table below.`,
  nothing: "No reactions.",
  count: (count: number) => plural(count, "reaction", "reactions"),
  moments: "Moments that stood out",
  factor: (factor: string) => `${factor}× the usual`,
  recap: "Recap for your audience",
  take: "Take it with you",
  exports: {
    reactions: { xlsx: "Spreadsheet (Excel)", csv: "Spreadsheet (CSV)", ndjson: "Data (NDJSON)" },
    answers: { xlsx: "Answers (Excel)", csv: "Answers (CSV)", ndjson: "Answers (NDJSON)" },
    questions: { xlsx: "Questions (Excel)", csv: "Questions (CSV)", ndjson: "Questions (NDJSON)" },
  },
  print: "Print or save as PDF",
  saving: (rows: number, total: number) =>
    `Saving ${Math.min(rows, total).toLocaleString("en")} of ${total.toLocaleString("en")}…`,
  savingOf: {
    answers: (rows: number) => `Saving ${plural(rows, "answer", "answers")}…`,
    questions: (rows: number) => `Saving ${plural(rows, "question", "questions")}…`,
  },
  saved: "Saved.",
  resuming: "The connection broke off. Going on in a moment…",
  broken: (rows: number, total: number) =>
    brokenAfter(`${Math.min(rows, total).toLocaleString("en")} of ${plural(total, "reaction", "reactions")}`),
  brokenOf: {
    answers: (rows: number) => brokenAfter(plural(rows, "answer", "answers")),
    questions: (rows: number) => brokenAfter(plural(rows, "question", "questions")),
  },
  refused: "The service does not give this download any more. Please open this page again.",
  host: "For the host",
  moderator: "For moderators",
  everyone: "Everyone with the link may see these results",
  isPublic: "Everyone with the link may see these results now.",
  isPrivate: "Only the hosts see these results now.",
  link: "Link to these results",
  ended: {
    title: "The session has ended. Its results stay.",
    text: "Every phone has said goodbye, and nobody can react any more.",
  },
  alreadyEnded: "The session has ended; this can't be changed any more.",
  notDone: "The service did not do this. Please try again.",
  remove: "Delete everything…",
  askDelete: {
    title: "Delete everything?",
    text: "The session, every reaction and everyone who took part are erased, for good. Downloads you have saved stay yours.",
    word: "delete",
    type: (word: string) => `Type “${word}” to confirm`,
    confirm: "Delete for good",
  },
  deleting: "Deleting…",
  left: (what: readonly string[]) => `Deleting… still to go: ${what.join(", ")}`,
  leftNames: {
    rooms: "reactions",
    hosts: "hosts",
    users: "people who joined",
    results: "totals",
  } as Readonly<Record<string, string>>,
} as const;

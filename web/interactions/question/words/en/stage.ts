import { plural } from "../../../../words/en/plural.ts";

/** So much of a question is said where something is said of it. */
const SPOKEN = 60;

/** What was done. */
const DID = {
  published: "Published",
  pending: "Put back into the queue",
  hidden: "Hidden",
  answered: "Answered",
  reopened: "Not answered any more",
  putBack: "Put back",
  pinned: "Pinned",
  unpinned: "Unpinned",
  written: "Answered in writing",
  unwritten: "The answer is taken away",
  merged: "Merged",
  blocked: "Its author is blocked",
} as const;

export type Did = keyof typeof DID;

/** What the stage says of questions from the audience. */
export const stage = {
  title: "Questions",
  rule: "Who may ask",
  rules: {
    off: { name: "Off", text: "Nobody can ask or vote. What was asked stays to be read." },
    open: { name: "Open", text: "Everybody can ask, and sees every question at once." },
    moderated: { name: "Moderated", text: "Everybody can ask. The room sees what you publish." },
  },
  put: "Show questions",
  putAway: "Questions off the board",
  list: "List",
  tabs: { pending: "To publish", asked: "Published", hidden: "Hidden" },
  nothing: {
    pending: "Nothing waits to be published.",
    asked: "The room sees no question yet.",
    hidden: "Nothing is hidden.",
  },
  sort: "Order",
  sorts: { votes: "By votes", newest: "Newest" },
  changes: (count: number) => `${plural(count, "change", "changes")}, show`,
  upToDate: "Up to date",
  votes: (count: number) => plural(count, "vote", "votes"),
  status: { pending: "to be published", published: "published", answered: "answered", hidden: "hidden" },
  pinned: "pinned",
  merged: (text: string) => `merged into “${text.slice(0, SPOKEN)}”`,
  mergedAway: "merged into another one",
  unseen: "Nobody sees this answer as long as the question is not answered.",
  more: "More",
  less: "Less",
  publish: "Publish",
  putBack: "Put back",
  hide: "Hide",
  pin: "Pin",
  unpin: "Unpin",
  tick: "Mark answered",
  reopen: "Not answered",
  write: "Answer in writing…",
  rewrite: "Change the answer…",
  merge: "Merge…",
  block: "Block its author…",
  of: (action: string, text: string) => `${action}: ${text.slice(0, SPOKEN)}`,
  undo: "Undo",
  done: (did: Did, text: string): string => `${DID[did]}: ${text.slice(0, SPOKEN)}`,
  keys: {
    title: "Keys",
    text: "In the list, for the question that has the focus:",
    list: [
      ["↑ ↓", "the one before, the next one"],
      ["Home End", "the first, the last"],
      ["Enter", "all of it, and everything that can be done"],
      ["P", "publish it, or put it back"],
      ["H", "hide it"],
      ["A", "answered, or not"],
      ["I", "pin it, or unpin it"],
      ["W", "answer in writing"],
      ["M", "merge it into another one"],
      ["B", "block its author"],
      ["U", "undo what was done last"],
    ],
  },
  askAnswer: {
    title: "Answer in writing",
    close: "Close",
    label: "Everybody who sees the question reads this",
    save: "Save",
    remove: "Take the answer away",
    none: "Please write an answer.",
  },
  askMerge: {
    title: "Merge it into which one?",
    close: "Close",
    text: "This one is hidden, and leads there. Votes stay where they are: the same people may have voted for both.",
    find: "Find",
    none: "There is none.",
    more: (count: number) => `${plural(count, "more", "more")}: write some of its words.`,
  },
  askBlock: {
    title: "Block whoever asked this?",
    text: "Nothing is taken from them any more. What they asked is hidden, and what they sent and voted is taken out of the counts.",
    confirm: "Block them",
  },
  gone: "This question is not there any more.",
  notAllowed: "Your part in this session does not include this: ask the host.",
} as const;

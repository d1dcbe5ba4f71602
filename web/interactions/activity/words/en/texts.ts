/** So much of an answer is said where something is said of it. */
const SPOKEN = 40;

/** What is said of open answers where they are read. */
export const texts = {
  title: "Open answers",
  onBoard: "Open answers on the board",
  notRead: "The answers can't be read at the moment.",
  nothing: "No answers yet.",
  more: "Read more",
  all: "Read all of it",
  less: "Show less",
  again: "Read them again",
  takeOut: "Take out",
  putBack: "Put back",
  block: "Block…",
  askBlock: {
    title: "Block whoever wrote this?",
    text: "Nothing is taken from them any more. What they wrote is taken out, and what they sent and voted is taken out of the counts.",
    confirm: "Block them",
  },
  blocked: (text: string) => `Blocked whoever wrote: ${text.slice(0, SPOKEN)}`,
  undo: "Undo",
  notBlocked: "They have written something else since, or their name is forgotten. Look at the list again.",
  of: (action: string, text: string) => `${action}: ${text.slice(0, SPOKEN)}`,
} as const;

/** What is said of open answers where they are read. */
export const texts = {
  title: "Open answers",
  notRead: "The answers can't be read at the moment.",
  nothing: "No answers yet.",
  more: "Read more",
  all: "Read all of it",
  less: "Show less",
  again: "Read them again",
  takeOut: "Take out",
  putBack: "Put back",
  of: (action: string, text: string) => `${action}: ${text}`,
} as const;

import type { RecapStatus } from "../../../shared/protocol/recap.ts";
import { plural } from "./plural.ts";

/** The page after the talk: what readers press, and what its host is told. */
export const recap = {
  title: "Recap · revint",
  heading: "Recap",
  connecting: "Looking for the recap…",
  noSession: {
    title: "Which session?",
    text: "This link names no session. Paste your host token, or the session's name or its join link.",
  },
  openSession: "Open its recap",
  notFound: {
    title: "There is no such recap",
    text: "The link may be incomplete, or the session and all it held were deleted. Ask whoever gave you the link, or paste your host token, or the session's name or its join link.",
  },
  nothing: {
    title: "There is nothing to read yet",
    text: "Its host has not published the recap of this talk. Please come back later: the link stays the same.",
  },
  failed: { title: "This doesn't work right now", text: "Please try again in a moment." },
  ask: {
    title: "Recap",
    text: "Paste the host token of this session, or the link you were invited with. It stays in this tab.",
  },
  again: "Look again",
  isHost: "You are the host, or a co-host?",
  open: "Open",
  badToken:
    "This does not open this session. Please check that all of it was pasted, and that it is for this talk and date; it may have expired, or an invitation may have been taken back.",

  tools: {
    name: "This page",
    copy: "Copy the link",
    share: "Share…",
    print: "Print or save as PDF",
    copied: "Copied.",
    notCopied: "Copying is not possible here: copy the address from the browser's own bar.",
  },

  offer: {
    text: "A page for your audience to keep: the talk slide by slide, where the room reacted, how it voted, what it asked. Nobody sees it before you publish it.",
    make: "Make the recap",
    making: "Making the recap…",
    open: "Open the recap",
    reading: "Looking for the recap…",
  },

  bar: "For hosts",
  /** Where it stands, and who can read it. */
  state: (status: RecapStatus): string => `${progressOf(status)} ${readersOf(status)}`,
  /** The same in a list. */
  short: ({ status, publishedAt }: RecapStatus): string => {
    if (status === "none") return "No recap yet";
    const readers = publishedAt === undefined ? "Recap not published" : "Recap published";
    return status === "queued" || status === "writing" ? `${readers}, being written` : readers;
  },
  none: {
    title: "This talk has no recap yet",
    text: "It is a page for your audience to keep: the talk slide by slide, where the room reacted, how it voted, what it asked. You can change every text, and nobody sees it before you publish it.",
    forCoHosts: "The host of this talk can have one made. It appears here then.",
  },
  publish: "Publish",
  takeBack: "Take back",
  edit: "Edit the text",
  remake: "Make anew…",
  retry: "Try the model again…",
  erase: "Delete…",
  link: "Link for your audience",
  results: "Results",
  published: "Published. Everyone with the link can read it now.",
  takenBack: "Taken back. Only hosts can read it now.",
  changed: "The text on this page is the newest now.",
  written: "Written so far",
  progress: "How much of it is written",
  broken: "The connection broke off. What is written goes on being written; we look again in a moment.",
  erased: "The recap is deleted.",
  askRemake: {
    title: "Make the recap anew?",
    text: "The page is written once more from what the session kept.",
    edited: "The changes you have made to its text go.",
    published: "What readers see changes at once, as soon as the new one is there.",
    confirm: "Make anew",
  },
  askErase: {
    title: "Delete the recap?",
    text: "The page goes for good, for everyone, with all that you have changed in it. The results stay, and you can have another one made.",
    confirm: "Delete for good",
  },
  editor: {
    title: "Edit the text",
    text: "Numbers, results and questions stay as they were counted. An empty line begins a new paragraph; an empty field says nothing.",
    name: "Title",
    summary: "The whole talk",
    questions: "Questions from the audience",
    save: "Save",
    close: "Close without saving",
    saved: "Saved.",
    unsaved: "You have changed something that is not saved.",
    keep: "Go on editing",
    discard: "Throw it away",
    nothing: "Nothing has changed.",
    noName: "The title can't be empty.",
    tooMany: (section: string, most: number) =>
      `“${section}” has more than ${plural(most, "paragraph", "paragraphs")}: join some of them.`,
    tooLong: (section: string, most: number) =>
      `A paragraph of “${section}” is longer than ${most.toLocaleString("en")} characters: shorten or divide it.`,
    conflict:
      "The recap has changed meanwhile. Your words are still here: save again to put them in place of what stands there now.",
    gone: "The recap was deleted meanwhile. Copy what you need from here: it can't be saved any more.",
  },
  problems: {
    running: "The talk still runs: end the session first, on its results page.",
    gone: "The session was deleted, and its recap with it.",
    missing: "There is no recap any more: it may have been deleted in another window.",
    refused: "You may not do this any more. Open this page anew from your results or your list of talks.",
    busy: (seconds: number) =>
      `Too many recaps are being made at the moment. Please try again in ${plural(seconds, "second", "seconds")}.`,
    tooLarge: "This is more text than a recap can hold: shorten it.",
    notDone: "The service did not do this. Please try again.",
  },
} as const;

function progressOf({ status, position = 0, by, edited, failure }: RecapStatus): string {
  if (status === "queued") {
    const before =
      position === 0 ? "It is the next one." : `${plural(position, "other is", "others are")} before it.`;
    return `Here is a first version. A better one is to be written: ${before}`;
  }
  if (status === "writing") {
    return "Here is a first version. A better one is being written.";
  }
  if (status === "failed") {
    return `${failure ?? "The better version could not be written."} What you see was put together without it.`;
  }
  if (edited) return "You have edited the text.";
  return by === "model"
    ? "Written by a language model from what the session kept: read it before you publish it."
    : "Put together from what the session kept.";
}

const readersOf = ({ publishedAt }: RecapStatus): string =>
  publishedAt === undefined ? "Only hosts can read it." : "Everyone with the link can read it.";

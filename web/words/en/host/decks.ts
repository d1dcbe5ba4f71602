import { plural } from "../plural.ts";

const quote = (name: string): string => `“${name}”`;

/** Decks that hosts have brought along. */
export const decks = {
  heading: "Decks",
  none: "You have brought no deck along yet.",
  kinds: { markdown: "Markdown", pdf: "PDF" },
  pages: (count: number) => plural(count, "slide", "slides"),
  uploading: "not complete yet",
  isUploading: "on its way",
  goOn: "Go on…",
  goOnOf: (title: string) => `Go on with ${title}`,
  newTalk: "New talk",
  newTalkOf: (title: string) => `New talk with ${title}`,
  upload: {
    heading: "Bring a deck",
    text: "A PDF, or Markdown with its pictures: choose them together, or drop them here. From PowerPoint, Keynote or Google Slides, export as PDF.",
    choose: "Choose files…",
    wanted: (title: string) => `Choose the file of ${quote(title)} once more: only what is missing is sent.`,
    notWanted: "Another deck instead",
    title: "Title",
    chosen: (facts: string) => `This is fine: ${facts}.`,
    pictures: (count: number) => plural(count, "picture", "pictures"),
    send: "Upload",
    notThis: "Not this one",
    reading: "Looking at it…",
    sending: (title: string) => `Uploading ${quote(title)}…`,
    waiting: "Waiting for the network. It goes on by itself.",
    finishing: "Almost there…",
    stopping: "Stopping…",
    progress: (sent: string, total: string) => `${sent} of ${total}`,
    percent: (percent: number) => `${percent} % uploaded`,
    hint: "Keep this page open. If it gets closed, choose the same file again: it goes on where it was.",
    cancel: "Cancel",
    cancelled: "The upload was cancelled. Nothing of it is kept.",
    stopped: "The upload was stopped. What was sent is removed within a day, or delete it below.",
    done: (title: string) => `${quote(title)} is ready.`,
    notValid: (detail: string) => `This can't be shown yet: ${detail}. Change that, and try again.`,
    refused: {
      unknown: (file: string) =>
        `${quote(file)} is neither PDF nor Markdown. Export it as PDF, and choose that.`,
      presentation: (file: string) =>
        `${quote(file)} is a presentation that only its own program opens. Export it as PDF there, and choose that.`,
      several: () => "One deck at a time: choose one PDF, or one Markdown file with its pictures.",
      noText: () => "These are pictures only. Choose the Markdown file that shows them, too.",
      empty: (file: string) => `${quote(file)} is empty. Choose another file.`,
      unreadable: (file: string) =>
        `${quote(file)} can't be read. If it was moved or changed, choose it again.`,
      notPdf: (file: string) =>
        `${quote(file)} is called a PDF and is none. Export it once more as PDF, and choose that.`,
      broken: (file: string) => `${quote(file)} is damaged. Export it once more as PDF, and choose that.`,
      protected: (file: string) =>
        `${quote(file)} is protected. Export it without a password, and choose that.`,
      missing: () =>
        "What reads PDFs could not be loaded. Check your connection, load this page again, and choose the file once more.",
      large: (file: string) =>
        `${quote(file)} is larger than 100 MB. Export it with smaller pictures, and choose that.`,
      manyPages: (file: string) =>
        `${quote(file)} has more than 300 pages. Split it, and bring the parts one by one.`,
      largeText: (file: string) =>
        `${quote(file)} is larger than 1 MB of text. Split it, and bring the parts one by one.`,
      manyPictures: () => "These are more than 100 pictures. Leave some out, and choose them again.",
      noPicture: (file: string) =>
        `${quote(file)} is no picture that can be shown. Save it as PNG, JPEG, GIF, WebP or AVIF.`,
      largePicture: (file: string) =>
        `${quote(file)} is larger than 10 MB. Make it smaller, and choose it again.`,
      pictureName: (file: string) =>
        `${quote(file)} can't be called that. Rename it, there and in the Markdown, with letters, digits, “-”, “_” and “.” only.`,
      otherFile: (title: string) =>
        `This is not the file of ${quote(title)}. Choose that one, or delete the deck below and bring the new one.`,
    },
    write: {
      open: "Write slides",
      close: "Not now",
      field: "Slides, in Markdown",
      hint: "Three dashes between empty lines begin the next slide. What you write is kept in this browser until the deck is made.",
      file: "My slides.md",
      save: "Make the deck",
      example: `# My talk

Who I am, and what this is about

---

## Three things

- One
- Two
- Three

Note: only you see this.

---

## What do you think?

\`\`\`revint-choice opinion
Do you agree?
- Yes
- No
- I don't know yet
\`\`\`
`,
    },
  },
  open: "Look at",
  openOf: (title: string) => `Look at ${title}`,
  rename: "Rename…",
  renameOf: (title: string) => `Rename ${title}`,
  renamed: "The deck has a new title.",
  edit: { title: "Rename the deck", field: "Title" },
  remove: "Delete…",
  removeOf: (title: string) => `Delete ${title}`,
  ask: {
    title: (title: string) => `Delete “${title}”?`,
    text: "The deck and its pictures go, for good. Talks that show it go on without a deck.",
    confirm: "Delete the deck",
  },
  removed: (title: string) => `“${title}” is deleted.`,
} as const;

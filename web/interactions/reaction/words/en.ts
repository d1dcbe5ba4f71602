import { plural } from "../../../words/en/plural.ts";

/** What is said of reactions everywhere. */
export const reactions = (count: number): string => plural(count, "reaction", "reactions");

/** Names for screen readers; any other reaction is its own name. */
export const faceNames: Readonly<Record<string, string>> = {
  "👍": "Thumbs up",
  "❤️": "Love",
  "😂": "Laughing",
  "🤯": "Mind blown",
  "👏": "Applause",
  "❓": "Question",
};

/** On the phone. */
export const phone = {
  react: "React to this slide",
  button: (name: string, count: number) => `${name}, ${count.toLocaleString("en")}`,
  sent: (name: string) => `${name} sent`,
  kept: (count: number) => `${reactions(count)} kept, sent once you are back online`,
  refused: "One reaction was not accepted.",
  quiet: "Reactions are paused.",
  blocked: "The host does not take your reactions at the moment.",
  unconfirmed: (count: number) => `${reactions(count)} could not be sent.`,
  announceTotals: (count: number) => `${reactions(count)} on this slide`,
} as const;

/** On the stage. */
export const stage = {
  total: "Reactions",
  bars: "This slide",
  offer: {
    title: "What is offered",
    nothing: "Nothing is offered: nobody can react.",
    remove: (name: string) => `Remove ${name}`,
    add: "One more: an emoji or a short word",
    addIt: "Add",
    full: "Twelve fit on a phone. Remove one first.",
    known: "This is offered already.",
    wrong: "Please give an emoji or a word of up to 64 characters.",
    reset: "As at the start",
    ofItsOwn: "This slide has buttons of its own.",
    any: "Any reaction",
    anyText:
      "Words that people send from apps of their own are taken too, and shown on the deck: whatever they are.",
  },
  pause: "Pause reactions",
  resume: "Resume reactions",
  isPaused: "Reactions are paused.",
  lively: "Who reacts most right now",
  inMoments: (count: number) => `One person, ${reactions(count)} in 10 s`,
  blocked: "One person is blocked.",
  unblock: "Let them in again",
  askBlock: {
    title: "Block this person?",
    text: "They still see the talk; their reactions are not taken any more.",
    exclude: "Also take away the reactions they have already sent: all counts go down",
    confirm: "Block",
  },
  pulse: "Reactions over time",
  pulseSummary: (total: number, peak: number, from: string) =>
    `${reactions(total)} since ${from}, at most ${peak.toLocaleString("en")} a second`,
  peak: (rate: number) => `up to ${rate.toLocaleString("en", { maximumFractionDigits: 1 })} a second`,
  tick: (hours: number, minutes: number) =>
    hours === 0 ? `${minutes} min` : minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`,
  start: (at: string) => `since ${at}`,
  present: "now",
} as const;

/** Over a deck and in its slides. */
export const deck = {
  quiet: "Reactions are paused",
  more: (count: number) => `and ${count.toLocaleString("en")} more`,
  counts: "Reactions on this slide",
} as const;

/** In the results. */
export const results = {
  total: "Reactions",
  each: "Per person",
  slides: "Slide by slide",
  slide: "Slide",
  shown: "Shown for",
  sum: "Total",
  all: "All slides",
  table: "All numbers as a table",
  more: (count: number) => `and ${plural(count, "slide", "slides")} with fewer reactions`,
} as const;

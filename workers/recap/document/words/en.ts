/*
 * What a recap says in English: the page's words, and the sentences of one that no model has written. Another language is a file
 * like this. Sentences are checked as a model's are: each says no number but those that it is given.
 */

const count = (number: number): string => number.toLocaleString("en", { maximumFractionDigits: 2 });
/** A number and what it counts, such as "1 person" and "1,200 people". */
const plural = (number: number, one: string, many: string): string =>
  `${count(number)} ${number === 1 ? one : many}`;
const people = (number: number): string => plural(number, "person", "people");
const reactions = (number: number): string => plural(number, "reaction", "reactions");

/** A length of time within a sentence: nobody counts the seconds of a long one. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120 && whole !== 60) return plural(whole, "second", "seconds");
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return plural(minutes, "minute", "minutes");
  const rest = minutes % 60 === 0 ? "" : ` ${plural(minutes % 60, "minute", "minutes")}`;
  return plural(Math.floor(minutes / 60), "hour", "hours") + rest;
}

/** The same beside other figures: short, and as exact as it says something. */
function length(seconds: number): string {
  const [whole, minutes] = [Math.round(seconds), Math.round(seconds / 60)];
  if (whole < 60) return `${whole} s`;
  if (whole < 600)
    return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const list = new Intl.ListFormat("en", { type: "conjunction" });
const calendar = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** How many of all people chose something. */
interface Share {
  readonly label: string;
  readonly count: number;
  readonly percent: number;
  readonly people: number;
}

export const words = {
  language: "en",

  quote: (text: string): string => `“${text}”`,
  slide: (page: string): string => `Slide ${page}`,
  beforeFirst: "Before the first slide",
  count,
  percent: (percent: number): string => `${count(percent)}%`,
  duration,
  list: (items: readonly string[]): string => list.format(items),
  /** Dates that are no day of a calendar stay as they are written. */
  date: (date: string): string => {
    const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN;
    return Number.isNaN(at) ? date : calendar.format(at);
  },

  page: {
    title: (title: string): string => `${title} · Recap`,
    kind: "Recap",
    picture: "Recap: the talk slide by slide, what the room felt, how it voted, what it asked",
    people: (number: number): string => (number === 1 ? "person took part" : "people took part"),
    peak: (): string => "at one time",
    reactions: (number: number): string => (number === 1 ? "reaction" : "reactions"),
    answers: (number: number): string => (number === 1 ? "poll or quiz" : "polls and quizzes"),
    questions: (number: number): string => (number === 1 ? "question asked" : "questions asked"),
    counts: "All reactions",
    summary: "In short",
    moments: "When the room was liveliest",
    at: (seconds: number): string => (seconds < 90 ? "at the start" : `${duration(seconds)} in`),
    within: (number: number, seconds: number): string => `${reactions(number)} within ${length(seconds)}`,
    slides: "Slide by slide",
    length,
    sum: reactions,
    others: (number: number): string => `and ${plural(number, "other", "others")}`,
    moreSlides: (number: number): string =>
      `There ${number === 1 ? "was" : "were"} ${plural(number, "more slide", "more slides")}: those on which least happened are left out.`,
    activities: "What the room was asked",
    answered: (number: number): string => `${people(number)} answered`,
    right: "right",
    rightOrder: "The right order:",
    rightNumber: "Right:",
    mean: "Mean",
    median: "Median",
    first: "Put first by",
    option: "Answer",
    share: "Share",
    number: "People",
    fewest: (fewest: number): string =>
      `Only words that ${count(fewest)} people or more gave, and of those the most frequent.`,
    texts: "What people wrote in their own words stays between them and the host.",
    asked: "What the room asked",
    votes: (number: number): string => plural(number, "vote", "votes"),
    isAnswered: "answered",
    answer: "Answer",
    moreQuestions: (number: number): string =>
      `${plural(number, "more question was", "more questions were")} asked.`,
    footer: "Made from what the session kept. It names nobody, and has nothing that was not for all to see.",
  },

  talk: {
    nobody: "Nobody joined this time.",
    came: (number: number): string => `${people(number)} took part.`,
    cameFor: (number: number, seconds: number): string =>
      `${people(number)} took part in ${duration(seconds)}.`,
    peak: (number: number): string =>
      number === 1
        ? "There was never more than 1 of them at the same time."
        : `Up to ${count(number)} of them were there at the same time.`,
    reacted: (number: number): string => `The room sent ${reactions(number)}.`,
    reactedMost: (number: number, label: string, most: number): string =>
      `The room sent ${reactions(number)}, most often ${label}, ${plural(most, "time", "times")}.`,
    reactedOnly: (number: number, label: string): string =>
      number === 1
        ? `The room sent ${reactions(number)}, and it was ${label}.`
        : `The room sent ${reactions(number)}, each of them ${label}.`,
    liveliest: (at: number, number: number, seconds: number): string =>
      at < 90
        ? `It was liveliest right at the start: ${reactions(number)} within ${duration(seconds)}.`
        : `It was liveliest ${duration(at)} in: ${reactions(number)} within ${duration(seconds)}.`,
    liveliestOn: (title: string, at: number, number: number, seconds: number): string =>
      at < 90
        ? `It was liveliest right at the start, on ${title}: ${reactions(number)} within ${duration(seconds)}.`
        : `It was liveliest ${duration(at)} in, on ${title}: ${reactions(number)} within ${duration(seconds)}.`,
    askedOne: (prompt: string, number: number): string =>
      `The host asked ${prompt}, and ${people(number)} answered.`,
    askedMany: (number: number, prompt: string, most: number): string =>
      `The host asked ${plural(number, "question", "questions")}; most took part in ${prompt}: ${people(most)}.`,
    asked: (number: number): string => `The host asked ${plural(number, "question", "questions")}.`,
    questions: (number: number): string =>
      `The room had ${plural(number, "question", "questions")} of its own.`,
  },

  slides: {
    most: (number: number): string => `No other slide moved the room as much: ${reactions(number)}.`,
    mostOf: (number: number, label: string, most: number): string =>
      `No other slide moved the room as much: ${reactions(number)}, ${count(most)} of them ${label}.`,
    single: (label: string): string => `A single reaction came here: ${label}.`,
    /** For slides on which all reacted alike. */
    alike: [
      (number: number, label: string): string =>
        `The room had one thing to say here: ${label}, ${plural(number, "time", "times")}.`,
      (number: number, label: string): string =>
        `${plural(number, "reaction", "reactions")}, and all of them ${label}.`,
      (number: number, label: string): string =>
        `Here the room sent ${label}, ${plural(number, "time", "times")}.`,
    ],
    /** For those with one reaction ahead of the others. */
    ahead: [
      (number: number, label: string, most: number): string =>
        `The room answered with ${reactions(number)}, most often ${label}, ${plural(most, "time", "times")}.`,
      (number: number, label: string, most: number): string =>
        `${label} led here, with ${count(most)} of ${reactions(number)}.`,
      (number: number, label: string, most: number): string =>
        `Of ${reactions(number)} on this slide, ${count(most)} were ${label}.`,
      (number: number, label: string, most: number): string =>
        `Here it was ${label} above all: ${count(most)} of ${reactions(number)}.`,
      (number: number, label: string, most: number): string =>
        `${reactions(number)} came, and ${label} was first among them with ${count(most)}.`,
    ],
    mixed: [
      (number: number): string => `The room sent ${reactions(number)} here, and no one of them led.`,
      (number: number): string => `${reactions(number)} came here, of every kind.`,
      (number: number): string => `On this slide there were ${reactions(number)}.`,
    ],
    plain: (number: number): string => `The room sent ${reactions(number)} here.`,
    longest: (seconds: number): string => `The talk stayed here longest, for ${duration(seconds)}.`,
    liveliest: "The liveliest moment of the talk was on this slide.",
  },

  activities: {
    everybody: (label: string, number: number): string =>
      number === 1 ? `1 person answered: ${label}.` : `Everybody chose ${label}.`,
    first: [
      ({ label, count: number, percent, people: all }: Share): string =>
        `${label} came first: ${count(number)} of ${people(all)} chose it, ${count(percent)}%.`,
      ({ label, count: number, percent, people: all }: Share): string =>
        `${count(percent)}% chose ${label}, ${count(number)} of ${people(all)}.`,
      ({ label, count: number, percent, people: all }: Share): string =>
        `Ahead was ${label}, with ${count(percent)}%: ${count(number)} of ${people(all)}.`,
    ],
    second: (label: string, percent: number): string => `${label} followed with ${count(percent)}%.`,
    level: (labels: readonly string[], number: number): string =>
      `${list.format(labels)} came out level, with ${count(number)} each.`,
    divided: (number: number): string => `${people(number)} answered, and no answer came out ahead.`,
    knew: ({ label, count: number, people: all }: Share): string =>
      number === all
        ? `${label} was right, and everybody knew it.`
        : number === 0
          ? `${label} was right, and nobody found it.`
          : `${label} was right, and ${count(number)} of ${people(all)} knew it.`,
    right: (labels: readonly string[]): string => `${list.format(labels)} were right.`,
    mean: (number: number, mean: number): string =>
      `The answers of ${people(number)} come to ${count(mean)} on average.`,
    middle: (median: number): string => `The median is ${count(median)}.`,
    frequent: (label: string, percent: number): string =>
      `Most often it was ${label}, with ${count(percent)}%.`,
    word: (label: string, number: number): string =>
      `The word of the room was ${label}: ${people(number)} said so.`,
    next: (labels: readonly string[]): string => `Then came ${list.format(labels)}.`,
    scattered: (number: number): string => `${people(number)} answered, and no word came up often.`,
    wrote: (number: number): string => `${people(number)} answered in their own words.`,
    order: (first: string, last: string): string =>
      `All together, the room put ${first} first and ${last} last.`,
    putFirst: ({ label, count: number, people: all }: Share): string =>
      `${count(number)} of ${people(all)} had ${label} at the top.`,
    answered: (number: number): string => `${people(number)} answered.`,
  },

  questions: {
    all: (number: number): string =>
      number === 1
        ? "1 question was asked, and answered."
        : `${count(number)} questions were asked, and every one was answered.`,
    some: (number: number, answered: number): string =>
      `${count(number)} questions were asked, and ${count(answered)} of them answered.`,
    none: (number: number): string =>
      number === 1 ? "1 question was asked." : `${count(number)} questions were asked.`,
    wanted: (text: string, votes: number): string =>
      `Most wanted to know, with ${plural(votes, "vote", "votes")}: ${text}`,
  },
} as const;

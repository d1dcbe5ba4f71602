import { plural } from "../../../../words/en/plural.ts";

/** What a deck says of activities. What stands in `problem` is for the author of its slides. */
export const deck = {
  problem: {
    /** @param name what its author called it */
    in: (name: string, problem: string) => `“${name}”: ${problem}`,
    noId: (kind: string) => `it needs a name of its own, as in data-revint-${kind}="my-question".`,
    badId: "a name takes up to 32 of a–z, 0–9 and -, and begins with a letter or a digit.",
    twice: "another one in this deck has this name. Please give each a name of its own.",
    tooMany: (most: number) => `a deck has up to ${most} of them.`,
    kinds: "it is called two kinds of question at once. Please leave one of the two attributes.",
    noPrompt: "it asks nothing: please give its slide a heading, or write data-revint-prompt.",
    longPrompt: (most: number) => `its question is longer than ${most} characters.`,
    options: (count: number, most: number) =>
      `it needs a list of 2 to ${most} options, and has ${count === 0 ? "none" : count}.`,
    emptyOption: (number: number) => `option ${number} has no text.`,
    longOption: (number: number, most: number) => `option ${number} is longer than ${most} characters.`,
    badOptionId: (id: string) =>
      `data-revint-id="${id}" can't be: up to 32 of a–z, 0–9 and -, beginning with a letter or a digit.`,
    optionTwice: (id: string) =>
      `two of its options are called “${id}” (data-revint-id, or the number in the list).`,
    noSuchOption: (name: string, id: string) =>
      `data-revint-${name} names “${id}”, which is none of its options.`,
    order: "data-revint-correct names every option once, in the right order.",
    number: (name: string, text: string) => `data-revint-${name}="${text}" is no number.`,
    count: (name: string, least: number, most: number) =>
      `data-revint-${name} is a whole number from ${least} to ${most}.`,
    word: (name: string, text: string, known: readonly string[]) =>
      `data-revint-${name}="${text}" is not known: ${known.join(", ")}.`,
    long: (name: string, most: number) => `data-revint-${name} takes up to ${most} characters.`,
    scale: (least: number, most: number) =>
      `from data-revint-min to data-revint-max it is ${least} to ${most} steps of data-revint-step.`,
    upwards: "numbers go from the smaller to the larger one.",
    step: "data-revint-step is more than 0.",
    goto: (goto: string) => `data-revint-goto="${goto}" is no slide: it begins with #/.`,
  },
  trouble: {
    refused: (id: string, code: string, detail: string) =>
      code === "conflict"
        ? `“${id}” was answered before, and means something else now: the room still has it as it was. Clear the counts on the stage, or give it another name.`
        : `“${id}” was not accepted, and stays a part of the slide (${detail}).`,
    none: (detail: string) => `The service takes no questions from this deck (${detail}).`,
    failed: (id: string, detail: string) =>
      `“${id}” stays as it is: the service did not accept that (${detail}).`,
  },
  left: (seconds: number) => `${plural(seconds, "second", "seconds")} left`,
} as const;

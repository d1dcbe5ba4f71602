import type { Definition } from "../../../../shared/interactions/activity/kinds/index.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { hasAtMost, isWhole } from "../../../../shared/protocol/text.ts";
import { deck as words } from "../words/en/deck.ts";

/** Attributes that begin with `data-revint-`, by what comes after it. Anything may stand in them. */
export type Attributes = Readonly<Record<string, string>>;

/** An element of a slide as its author wrote it, without the page around it. */
export interface Markup {
  readonly attributes: Attributes;
  /** The list that it is, or that it holds. */
  readonly items: readonly MarkupItem[];
  /** Of its slide. */
  readonly heading: string | undefined;
  /** Where its slide is; undefined on none. */
  readonly page: string | undefined;
}

export interface MarkupItem {
  readonly attributes: Attributes;
  readonly text: string;
}

/** Reads from an element what is particular about a kind. What is wrong, it notes with the reader. */
export type ReadMarkup<D extends Definition> = (markup: MarkupReader) => Omit<D, Common>;
type Common = "prompt" | "page" | "seconds" | "show" | "change";

/** What the names of activities and options are made of. */
const ID = /^[a-z0-9][a-z0-9-]{0,31}$/;
/** Beyond it no number is taken. */
const LARGEST = 1e12;

export const isActivityId = (text: string): boolean => ID.test(text);

/** One element, read piece by piece; collects what its author has to correct. */
export class MarkupReader {
  readonly #markup: Markup;
  readonly #problems: string[] = [];

  constructor(markup: Markup) {
    this.#markup = markup;
  }

  /** What is wrong so far, a sentence each. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** What attributes it has. */
  get names(): readonly string[] {
    return Object.keys(this.#markup.attributes);
  }

  get items(): readonly MarkupItem[] {
    return this.#markup.items;
  }

  note(problem: string): void {
    this.#problems.push(problem);
  }

  /** What an attribute says; undefined where it says nothing. */
  get(name: string): string | undefined {
    return read(this.#markup.attributes, name);
  }

  /** Whether an attribute is there that needs no value. */
  has(name: string): boolean {
    return isSet(this.#markup.attributes, name);
  }

  /** Parts of a value that stand behind each other. */
  list(name: string): readonly string[] {
    return this.get(name)?.split(/[\s,;]+/) ?? [];
  }

  readText(name: string, most: number): string | undefined {
    const text = this.get(name);
    if (text === undefined) return undefined;
    if (!hasAtMost(text, most) || !isWhole(text)) this.note(words.problem.long(name, most));
    return text;
  }

  readNumber(name: string): number | undefined {
    const text = this.get(name);
    return text === undefined ? undefined : this.toNumber(name, text);
  }

  /** A whole number in these bounds. */
  readCount(name: string, least: number, most: number): number | undefined {
    const count = this.readNumber(name);
    if (count === undefined || (Number.isInteger(count) && count >= least && count <= most)) return count;
    this.note(words.problem.count(name, least, most));
    return undefined;
  }

  /** One of these words; the first where nothing is said. */
  readWord<W extends string>(name: string, ...known: readonly [W, ...W[]]): W {
    const text = this.get(name);
    const word = known.find((each) => each === text);
    if (text !== undefined && word === undefined) this.note(words.problem.word(name, text, known));
    return word ?? known[0];
  }

  toNumber(name: string, text: string): number | undefined {
    const number = Number(text);
    if (text !== "" && Math.abs(number) <= LARGEST) return number;
    this.note(words.problem.number(name, text));
    return undefined;
  }

  /** What may be chosen: an item each, named by its `data-revint-id` or by its number in the list. */
  readOptions(): readonly { readonly id: string; readonly text: string }[] {
    const options = this.items.map(({ attributes, text }, index) => ({
      id: nameItem(attributes, index),
      text,
    }));
    if (options.length < 2 || options.length > LIMITS.options) {
      this.note(words.problem.options(options.length, LIMITS.options));
    }
    for (const [index, { id, text }] of options.entries()) {
      if (!isActivityId(id)) this.note(words.problem.badOptionId(id));
      if (options.findIndex((other) => other.id === id) < index) this.note(words.problem.optionTwice(id));
      if (text === "") this.note(words.problem.emptyOption(index + 1));
      else if (!hasAtMost(text, LIMITS.optionLength) || !isWhole(text)) {
        this.note(words.problem.longOption(index + 1, LIMITS.optionLength));
      }
    }
    return options;
  }

  /** The ids of options that an attribute names. */
  readIds(name: string): readonly string[] {
    const known = this.items.map(({ attributes }, index) => nameItem(attributes, index));
    const ids = this.list(name);
    for (const id of ids) if (!known.includes(id)) this.note(words.problem.noSuchOption(name, id));
    return ids;
  }
}

export const nameItem = (attributes: Attributes, index: number): string =>
  read(attributes, "id") ?? `${index + 1}`;

/** Whether an attribute that needs no value is there. Some tools can write none without one. */
export const isSet = (attributes: Attributes, name: string): boolean =>
  Object.hasOwn(attributes, name) && attributes[name] !== "false";

/** What an attribute says, on one line; undefined where it says nothing. */
export function read(attributes: Attributes, name: string): string | undefined {
  const text = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return text?.replace(/\s+/g, " ").trim() || undefined;
}

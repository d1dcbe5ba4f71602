import { NewActivity } from "../../../../shared/interactions/activity/activity.schema.ts";
import type { ActivityKind } from "../../../../shared/interactions/activity/kinds/index.ts";

/** What a block says of an activity, as its author wrote it. */
export interface WrittenActivity {
  readonly kind: ActivityKind;
  readonly prompt: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly items: readonly WrittenItem[];
}

export interface WrittenItem {
  readonly text: string;
  readonly id: string | undefined;
  readonly goto: string | undefined;
  readonly isRight: boolean;
}

/** What the plugin takes where a scale says nothing (web/interactions/activity/kinds/scale/markup.ts). */
const STEPS = 5;
/** A slide's heading asks where its block does not. */
const HEADING = "heading";

/** Attributes that take one of these words, and are no part of the definition. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  open: ["slide", "key"],
  change: ["true", "false"],
};
const NUMBERS = ["seconds", "min", "max", "step", "steps", "multiple"];

/**
 * Whether the service would take what the plugin makes of it: the same schema says so, before anybody stands on a stage.
 * @returns what is wrong, in words; undefined where nothing is
 */
export function findProblem(written: WrittenActivity): string | undefined {
  const { attributes, items } = written;
  for (const [name, value] of attributes) {
    const words = WORDS[name];
    if (words && !words.includes(value)) return `${name} is ${words.join(" or ")}, and not “${value}”`;
    // Without a number, `multiple` means as many as there are.
    const isOpen = name === "multiple" && value === "";
    if (NUMBERS.includes(name) && !isOpen && !isNumber(value)) return `${name}: “${value}” is no number`;
  }
  const way = items.find(({ goto }) => goto !== undefined && !goto.startsWith("#/"));
  if (way) return `goto=${way.goto} leads to no slide: it begins with #/`;
  const issue = NewActivity.safeParse(toDefinition(written)).error?.issues[0];
  return issue && [...issue.path.map(String), issue.message].join(": ");
}

const isNumber = (text: string): boolean => text !== "" && Number.isFinite(Number(text));

function toDefinition({ kind, prompt, attributes, items }: WrittenActivity): object {
  const number = (name: string) => {
    const text = attributes.get(name);
    return text === undefined || text === "" ? undefined : Number(text);
  };
  return onlyGiven({
    kind,
    prompt: prompt || attributes.get("prompt") || HEADING,
    show: attributes.get("show"),
    seconds: number("seconds"),
    ...readKind[kind](attributes, number, items),
  });
}

type ReadKind = (
  attributes: ReadonlyMap<string, string>,
  number: (name: string) => number | undefined,
  items: readonly WrittenItem[],
) => Readonly<Record<string, unknown>>;

const readKind: Readonly<Record<ActivityKind, ReadKind>> = {
  choice: (attributes, number, items) => {
    const options = toOptions(items);
    const marked = options.filter((_, index) => items[index]?.isRight).map(({ id }) => id);
    const correct = [...new Set([...marked, ...readIds(attributes.get("correct"))])];
    const multiple = attributes.has("multiple") ? (number("multiple") ?? options.length) : undefined;
    return { options, multiple, correct: correct.length > 0 ? correct : undefined };
  },
  order: (attributes, _, items) => ({
    options: toOptions(items),
    correct: attributes.has("correct") ? readIds(attributes.get("correct")) : undefined,
  }),
  scale: (attributes, number) => {
    const [min, step] = [number("min") ?? 1, number("step") ?? 1];
    const max = number("max") ?? min + ((number("steps") ?? STEPS) - 1) * step;
    const [from, to] = [attributes.get("from"), attributes.get("to")];
    return { min, step, max, labels: (from ?? to) && [from ?? `${min}`, to ?? `${max}`] };
  },
  number: (attributes, number) => ({
    ...{ min: number("min"), max: number("max"), step: number("step") },
    correct: readBounds(attributes.get("correct")),
  }),
  words: (_, number) => ({ words: number("multiple") }),
  text: () => ({}),
};

const toOptions = (items: readonly WrittenItem[]) =>
  items.map(({ id, text }, index) => ({ id: id ?? `${index + 1}`, text }));

const readIds = (text = ""): string[] => text.split(/[\s,;]+/).filter(Boolean);

/** `42`, or from where to where an answer is right: `40..45`. */
function readBounds(text: string | undefined): number | readonly number[] | undefined {
  if (text === undefined) return undefined;
  const bounds = text.split("..").map((bound) => (isNumber(bound.trim()) ? Number(bound) : Number.NaN));
  return bounds.length === 1 ? bounds[0] : bounds;
}

const onlyGiven = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

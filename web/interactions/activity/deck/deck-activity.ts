import type { NewActivity } from "../../../../shared/interactions/activity/activity.ts";
import { isKind } from "../../../../shared/interactions/activity/kinds/index.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { hasAtMost, isWhole } from "../../../../shared/protocol/text.ts";
import { markups } from "../kinds/markups.ts";
import { deck as words } from "../words/en/deck.ts";
import { isActivityId, type Markup, MarkupReader, nameItem, read } from "./markup.ts";

/** An activity that stands in a slide. */
export interface DeckActivity {
  readonly id: string;
  readonly definition: NewActivity;
  /** Reaching its slide does not open it, only the key does. */
  readonly opensByKey: boolean;
  /** Leaving its slide does not close it. */
  readonly stays: boolean;
  /** Where an option takes the deck, by the option's id. */
  readonly ways: Readonly<Record<string, string>>;
}

/** What an element of a slide turned out to be: never both. */
export interface Reading {
  /** What its author called it, right or wrong. */
  readonly name: string;
  readonly page: string | undefined;
  readonly activity?: DeckActivity;
  /** What keeps it from being an activity, a sentence each. */
  readonly problems: readonly string[];
}

/** Bounds of `data-revint-seconds`. */
const SECONDS = [5, 3600] as const;

/** Reads an element of a slide. One with a mistake is no activity, and stays what it is. */
export function readActivity(markup: Markup): Reading {
  const reader = new MarkupReader(markup);
  const kind = findKind(reader);
  const id = reader.get(kind) ?? "";
  if (id === "") reader.note(words.problem.noId(kind));
  else if (!isActivityId(id)) reader.note(words.problem.badId);
  const definition = { ...readCommon(reader, markup), ...markups[kind](reader) };
  const opensByKey = reader.readWord("open", "slide", "key") === "key";
  const ways = readWays(reader);
  const { page } = markup;
  const name = id || kind;
  if (reader.problems.length > 0) return { name, page, problems: reader.problems };
  const activity = { id, definition, opensByKey, stays: reader.has("stay"), ways };
  return { name, page, activity, problems: [] };
}

/** Reads all elements of a deck. Of two with the same name, the first one has it. */
export function readActivities(markups: readonly Markup[]): readonly Reading[] {
  const names = new Set<string>();
  return markups.map(readActivity).map((reading) => {
    const { activity, name, page } = reading;
    if (!activity) return reading;
    if (names.has(activity.id)) return { name, page, problems: [words.problem.twice] };
    if (names.size === LIMITS.activities)
      return { name, page, problems: [words.problem.tooMany(LIMITS.activities)] };
    names.add(activity.id);
    return reading;
  });
}

/** The first kind that it is called; a second one would be another activity. */
function findKind(reader: MarkupReader): keyof typeof markups {
  const [kind = "text", ...more] = reader.names.filter(isKind);
  if (more.length > 0) reader.note(words.problem.kinds);
  return kind;
}

function readCommon(reader: MarkupReader, { heading, page }: Markup) {
  const prompt = reader.get("prompt") ?? heading ?? "";
  if (prompt === "") reader.note(words.problem.noPrompt);
  else if (!hasAtMost(prompt, LIMITS.promptLength) || !isWhole(prompt)) {
    reader.note(words.problem.longPrompt(LIMITS.promptLength));
  }
  const seconds = reader.readCount("seconds", ...SECONDS);
  return {
    prompt,
    ...(page !== undefined && { page }),
    ...(seconds !== undefined && { seconds }),
    show: reader.readWord("show", "closed", "live", "host"),
    change: reader.readWord("change", "true", "false") === "true",
  };
}

function readWays(reader: MarkupReader): Record<string, string> {
  const ways = reader.items.flatMap(({ attributes }, index) => {
    const goto = read(attributes, "goto");
    if (goto === undefined) return [];
    if (!goto.startsWith("#/")) reader.note(words.problem.goto(goto));
    return [[nameItem(attributes, index), goto] as const];
  });
  return Object.fromEntries(ways);
}

import type { Activity, LiveActivity } from "../../shared/interactions/activity/activity.ts";
import type { ActivityOption, BaseDefinition } from "../../shared/interactions/activity/definition.ts";
import type { ActivityKind, Definition } from "../../shared/interactions/activity/kinds/index.ts";
import type { RankedPerson, Ranking, Score } from "../../shared/interactions/activity/ranking.ts";
import type { AnswerValue, Tally } from "../../shared/interactions/activity/tally.ts";
import { type Fields, isFields, isNumber, isText, isTexts } from "./fields.ts";
import { toRecord } from "./record.ts";

/*
 * Reads activities and tallies of the service. Whoever draws them trusts every field; so what is not as it should be,
 * or of a kind of a later version, is passed over, and the others are not.
 */

type Check = (value: unknown) => boolean;

const orNone =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const oneOf =
  (...names: readonly string[]): Check =>
  (value) =>
    isText(value) && names.includes(value);

const isBoolean: Check = (value) => typeof value === "boolean";

const isOption = (value: unknown): value is ActivityOption =>
  isFields(value) && isText(value.id) && isText(value.text);
const isOptions: Check = (value) => Array.isArray(value) && value.every(isOption);

const isPositive: Check = (value) => isNumber(value) && value > 0;
const isRange: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(isNumber);
const isPair: Check = (value) => isTexts(value) && value.length === 2;

const has = (fields: Fields, checks: Readonly<Record<string, Check>>): boolean =>
  Object.entries(checks).every(([name, check]) => check(fields[name]));

/** What every activity has. */
const COMMON: { readonly [Field in keyof LiveActivity]-?: Check } = {
  id: isText,
  kind: isText,
  prompt: isText,
  page: orNone(isText),
  seconds: orNone(isNumber),
  show: oneOf("live", "closed", "host"),
  change: isBoolean,
  status: oneOf("draft", "open", "closed"),
  round: isNumber,
  revealed: isBoolean,
  openedAt: orNone(isNumber),
  closesAt: orNone(isNumber),
  hidden: orNone(isTexts),
  quiz: orNone((value) => value === true),
};

type Particulars<D> = { readonly [Field in Exclude<keyof D, keyof BaseDefinition>]-?: Check };

/** What is particular about each kind. */
const KINDS: {
  readonly [Name in ActivityKind]: Particulars<Extract<Definition, { readonly kind: Name }>>;
} = {
  choice: { options: isOptions, multiple: isNumber, correct: orNone(isTexts) },
  scale: { min: isNumber, max: isNumber, step: isPositive, labels: orNone(isPair) },
  number: {
    min: orNone(isNumber),
    max: orNone(isNumber),
    step: isPositive,
    correct: orNone((value) => isNumber(value) || isRange(value)),
  },
  words: { words: isNumber },
  text: {},
  order: { options: isOptions, correct: orNone(isTexts) },
};

const isKind = (name: unknown): name is ActivityKind => isText(name) && Object.hasOwn(KINDS, name);

const isLiveActivity = (value: unknown): value is LiveActivity =>
  isFields(value) && has(value, COMMON) && isKind(value.kind) && has(value, KINDS[value.kind]);

const isAnswerValue = (value: unknown): value is AnswerValue =>
  isNumber(value) || isText(value) || isTexts(value);

/** Those that we can read. */
export const readLiveActivities = (values: readonly unknown[]): LiveActivity[] =>
  values.filter(isLiveActivity);

/** An activity as it comes over HTTP. */
export function readActivity(value: unknown): Activity | undefined {
  if (!isLiveActivity(value)) return undefined;
  const { tally, rounds, mine }: Fields = { ...value };
  return {
    ...value,
    tally: readTally(tally),
    rounds: Array.isArray(rounds) ? rounds.map(readTally).filter((round) => round !== undefined) : [],
    mine: isAnswerValue(mine) ? mine : undefined,
  };
}

/** Counts that inherit nothing: `constructor` is a word like any other. */
const readCounts = (value: unknown): Record<string, number> | undefined => {
  if (!isFields(value)) return undefined;
  const counts = Object.entries(value);
  return counts.every((entry): entry is [string, number] => isNumber(entry[1]))
    ? toRecord(counts)
    : undefined;
};

export function readTally(value: unknown): Tally | undefined {
  if (!isFields(value)) return undefined;
  const { round, people, mean, median, final } = value;
  const counts = readCounts(value.counts);
  const ranks = readCounts(value.ranks);
  if (!isNumber(round) || !isNumber(people) || !counts) return undefined;
  return {
    round,
    people,
    counts,
    ...(isNumber(mean) && { mean }),
    ...(isNumber(median) && { median }),
    ...(ranks && { ranks }),
    ...(final === true && { final }),
  };
}

const isScore = (value: unknown): value is Score =>
  isFields(value) && isNumber(value.points) && isNumber(value.rank);

const isRanked = (value: unknown): value is RankedPerson =>
  isFields(value) && orNone(isText)(value.name) && isScore(value);

export function readRanking({ top, people, mine }: Fields): Ranking | undefined {
  if (!Array.isArray(top) || !isNumber(people)) return undefined;
  return { top: top.filter(isRanked), people, ...(isScore(mine) && { mine }) };
}

/** Those that we can read, by activity. */
export const readTallies = (fields: Fields): Record<string, Tally> =>
  toRecord(
    Object.entries(fields).flatMap(([activity, value]) => {
      const tally = readTally(value);
      return tally ? [[activity, tally] as const] : [];
    }),
  );

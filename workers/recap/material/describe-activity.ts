import type { Activity } from "../../../shared/interactions/activity/activity.ts";
import type { ActivityOption } from "../../../shared/interactions/activity/definition.ts";
import { toRange } from "../../../shared/interactions/activity/kinds/number/number.ts";
import { listSteps } from "../../../shared/interactions/activity/kinds/scale/scale.ts";
import type { Tally } from "../../../shared/interactions/activity/tally.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { ActivitySection, RecapResult } from "../../../shared/protocol/recap.ts";

/** Words of one activity that are told, the most frequent ones. */
const WORDS = 30;

/** What is told of an activity; undefined where nobody answered, or where the counts were not shown to everybody. */
export function describeActivity(activity: Activity): ActivitySection | undefined {
  const tally = findTold(activity);
  if (!tally) return undefined;
  const { id, kind, prompt, page = null } = activity;
  const { people } = tally;
  // Of so few, a number may be one person's.
  const { mean, median } = kind === "number" && people < LIMITS.recapFewest ? {} : tally;
  const right = listRight(activity);
  return {
    type: "activity",
    id: `activity:${id}`,
    text: [],
    kind,
    prompt,
    page,
    people,
    results: listResults(activity, tally),
    ...(mean !== undefined && { mean: round(mean) }),
    ...(median !== undefined && { median: round(median) }),
    ...(right && { right }),
  };
}

/** What was right, of what has no such option. Before everybody is told, a story has none. */
function listRight(activity: Activity): string[] | undefined {
  if (activity.kind === "number" && activity.correct !== undefined) {
    return [...new Set(toRange(activity.correct))].map(String);
  }
  if (activity.kind !== "order" || !activity.correct) return undefined;
  const texts = new Map(activity.options.map(({ id, text }) => [id, text]));
  return activity.correct.map((id) => texts.get(id) ?? id);
}

/** The last round that was answered. */
const findTold = ({ rounds, tally }: Activity): Tally | undefined =>
  [...rounds, ...(tally ? [tally] : [])].findLast(({ people }) => people > 0);

/** What of a round's counts is for everybody to read: no text of one person, and no number that may be one person's. */
function listResults(activity: Activity, tally: Tally): RecapResult[] {
  switch (activity.kind) {
    case "choice": {
      const right = new Set(activity.correct);
      return activity.options.map(({ id, text }) => ({
        ...toResult(text, id, tally),
        ...(right.has(id) && { correct: true as const }),
      }));
    }
    case "order":
      return sortByPlace(activity.options, tally).map(({ id, text }) => toResult(text, id, tally));
    case "scale": {
      const [from, to] = activity.labels ?? [];
      const steps = listSteps(activity);
      const nameOf = (step: number, index: number) =>
        join(step, index === 0 ? from : index === steps.length - 1 ? to : undefined);
      return steps.map((step, index) => toResult(nameOf(step, index), String(step), tally));
    }
    case "words":
      return Object.entries(tally.counts)
        .filter(([, count]) => count >= LIMITS.recapFewest)
        .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
        .slice(0, WORDS)
        .map(([word]) => toResult(word, word, tally));
    case "number":
    case "text":
      return [];
  }
}

function toResult(label: string, key: string, { counts, people }: Tally): RecapResult {
  const count = new Map(Object.entries(counts)).get(key) ?? 0;
  return { label, count, percent: Math.round((count / people) * 100) };
}

/** As the people put them, all together. */
function sortByPlace(options: readonly ActivityOption[], { ranks = {} }: Tally): readonly ActivityOption[] {
  const places = new Map(Object.entries(ranks));
  const placeOf = ({ id }: ActivityOption) => places.get(id) ?? Number.POSITIVE_INFINITY;
  return options.toSorted((a, b) => {
    const [first, second] = [placeOf(a), placeOf(b)];
    return first === second ? 0 : first - second;
  });
}

const join = (step: number, label: string | undefined): string =>
  label === undefined ? String(step) : `${step}: ${label}`;

/** More digits than these nobody reads. */
const round = (number: number): number => Math.round(number * 100) / 100;

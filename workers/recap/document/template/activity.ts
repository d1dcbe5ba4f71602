import type { ActivitySection, RecapResult } from "../../../../shared/protocol/recap.ts";
import type { DraftStatement } from "../draft.ts";
import { nameLabel, quote } from "../named.ts";
import { words } from "../words/en.ts";
import type { Phrases } from "./phrases.ts";

type Sentence = readonly (string | false | undefined)[];

const { activities } = words;

/** How the room answered one question of its host's. */
export function writeActivity(activity: ActivitySection, phrases: Phrases): DraftStatement[] {
  const sentences = sayKind(activity, phrases);
  const { id, people } = activity;
  const said = phrases.say(id, [id], ...sentences);
  return said.length > 0 ? said : phrases.say(id, [id], [activities.answered(people)]);
}

function sayKind(activity: ActivitySection, phrases: Phrases): Sentence[] {
  switch (activity.kind) {
    case "scale":
    case "number":
      return sayNumbers(activity);
    case "words":
      return sayWords(activity);
    case "text":
      return [[activities.wrote(activity.people)]];
    case "order":
      return sayOrder(activity);
    default:
      return [...sayChosen(activity, phrases), sayRight(activity)];
  }
}

const byCount = (results: readonly RecapResult[]): RecapResult[] =>
  results.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);

function sayChosen({ people, results }: ActivitySection, phrases: Phrases): Sentence[] {
  const [first, second, third] = byCount(results);
  if (!first) return [];
  if (second?.count === first.count) {
    const level = third?.count !== first.count && [nameLabel(first.label), nameLabel(second.label)];
    return [[level && activities.level(level, first.count), activities.divided(people)]];
  }
  const label = nameLabel(first.label);
  if (first.count === people && !second)
    return [[activities.everybody(label, people), activities.answered(people)]];
  const isSecondAlone = second && second.count !== third?.count;
  const ahead = phrases.vary(activities.first)({ ...first, label, people });
  const followed = isSecondAlone && activities.second(nameLabel(second.label), second.percent);
  return [[followed && `${ahead} ${followed}`, ahead, activities.answered(people)]];
}

function sayRight({ people, results }: ActivitySection): Sentence {
  const right = results.filter(({ correct }) => correct);
  const [first, second] = right;
  if (!first) return [];
  if (second) return [activities.right(right.map(({ label }) => nameLabel(label)))];
  return [activities.knew({ ...first, label: nameLabel(first.label), people })];
}

function sayNumbers({ people, results, mean, median }: ActivitySection): Sentence[] {
  const [first, second] = byCount(results);
  const isAhead = first && first.count !== second?.count && people > 1;
  return [
    [mean !== undefined && activities.mean(people, mean)],
    [
      isAhead && activities.frequent(nameLabel(first.label), first.percent),
      results.length === 0 && median !== undefined && activities.middle(median),
    ],
  ];
}

function sayWords({ people, results }: ActivitySection): Sentence[] {
  const [first, second, third] = results;
  if (!first) return [[activities.scattered(people)]];
  if (second?.count === first.count) {
    const level = third?.count !== first.count && [nameLabel(first.label), nameLabel(second.label)];
    return [[level && activities.level(level, first.count), activities.answered(people)]];
  }
  const word = activities.word(nameLabel(first.label), first.count);
  const next = [second, third].flatMap((result) => (result ? nameLabel(result.label) : []));
  return [[next.length > 0 && `${word} ${activities.next(next)}`, word, activities.answered(people)]];
}

function sayOrder({ people, results }: ActivitySection): Sentence[] {
  const [first, last] = [results[0], results.at(-1)];
  if (!first || !last || first === last) return [];
  return [
    [activities.order(quote(first.label), quote(last.label)), activities.answered(people)],
    [first.count > 0 && activities.putFirst({ ...first, label: quote(first.label), people })],
  ];
}

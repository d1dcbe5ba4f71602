import type { RecapSection, SummarySection } from "../../../../shared/protocol/recap.ts";
import type { RecapMaterial } from "../../material/material.ts";
import type { DraftStatement } from "../draft.ts";
import { nameLabel, quote } from "../named.ts";
import { words } from "../words/en.ts";
import type { Phrases } from "./phrases.ts";

/** A talk that was shorter was a try, and its length is not worth saying. In seconds. */
const LONG = 90;

const { talk } = words;

/** The whole talk in a few sentences. */
export function writeTalk(
  summary: SummarySection,
  material: RecapMaterial,
  phrases: Phrases,
): DraftStatement[] {
  const { id } = summary;
  return [
    ...phrases.say(id, [id], [sayWhoCame(material)], [sayMost(material)], [sayReactions(material)]),
    ...sayLiveliest(summary, phrases),
    ...sayAsked(summary, material.sections, phrases),
  ];
}

function sayWhoCame({ people, startedAt, endedAt }: RecapMaterial): string {
  if (people === 0) return talk.nobody;
  const seconds = (endedAt - startedAt) / 1000;
  return seconds < LONG ? talk.came(people) : talk.cameFor(people, seconds);
}

const sayMost = ({ people, peak }: RecapMaterial): string | false =>
  peak > 0 && peak < people && talk.peak(peak);

function sayReactions({ total, reactions }: RecapMaterial): string | false {
  const [first, second] = reactions;
  if (!first) return false;
  if (first.count === total) return talk.reactedOnly(total, nameLabel(first.label));
  if (first.count === second?.count) return talk.reacted(total);
  return talk.reactedMost(total, nameLabel(first.label), first.count);
}

function sayLiveliest({ id, moments: [first] }: SummarySection, phrases: Phrases): DraftStatement[] {
  if (!first) return [];
  const { at, count, seconds, page, title } = first;
  return phrases.say(
    id,
    [id, `slide:${page}`],
    [
      title !== null && talk.liveliestOn(quote(title), at, count, seconds),
      talk.liveliest(at, count, seconds),
    ],
  );
}

/** What the host asked, and what the audience asked. */
function sayAsked({ id }: SummarySection, sections: readonly RecapSection[], phrases: Phrases) {
  const activities = sections.filter((section) => section.type === "activity");
  const questions = sections.find((section) => section.type === "questions");
  const [most, second] = activities.toSorted((a, b) => b.people - a.people);
  const sources = [id, ...(most ? [most.id] : []), ...(questions ? [questions.id] : [])];
  const prompt = most && quote(most.prompt);
  const told =
    most &&
    prompt &&
    (activities.length === 1
      ? talk.askedOne(prompt, most.people)
      : most.people > (second?.people ?? 0) && talk.askedMany(activities.length, prompt, most.people));
  return phrases.say(
    id,
    sources,
    [told, activities.length > 0 && talk.asked(activities.length)],
    [questions && talk.questions(questions.total)],
  );
}

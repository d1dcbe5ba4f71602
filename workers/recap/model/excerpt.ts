import type { ActivitySection, RecapQuestion, SlideSection } from "../../../shared/protocol/recap.ts";
import type { RecapMaterial } from "../material/material.ts";

/**
 * UTF-8 bytes of the material that a model gets, some 11,000 tokens: one is about three and a half bytes of such JSON in
 * English, and three of Chinese. It fits the context of small models, and bounds what a recap costs.
 */
export const MAX_EXCERPT = 36 * 1024;

/** Characters of one text, and entries of one list: the page shows the rest. */
const MAX_TEXT = 300;
const MAX_LIST = 8;
const MAX_REACTIONS = 4;

/** A part of the material, as a model gets it. */
type Fact = Readonly<Record<string, unknown>> & { readonly id: string };

/**
 * The material cut to what a model can read: the totals always, then the most telling of every sort in turn, until it is full. What
 * is left keeps the order of the talk.
 * @returns `sections`: the ids of the sections that are in it, `summary` included
 */
export function createExcerpt(material: RecapMaterial, maxBytes: number = MAX_EXCERPT) {
  const talk = describeTalk(material);
  const { slides, activities, questions, questionTotal } = sort(material);
  const kept = keepWithin(maxBytes - sizeOf(talk), takeInTurn([activities, slides, questions]));
  const pick = (facts: readonly Fact[]) => facts.filter((fact) => kept.has(fact));
  const inOrder = (facts: readonly Fact[]) =>
    pick(material.sections.flatMap(({ id }) => facts.find((fact) => fact.id === id) ?? []));
  const told = { slides: inOrder(slides), activities: inOrder(activities), questions: pick(questions) };
  const hasQuestions = told.questions.length > 0;
  return {
    excerpt: {
      ...talk,
      slides: told.slides,
      activities: told.activities,
      ...(hasQuestions && {
        questions: { id: "questions", total: questionTotal, mostWanted: told.questions },
      }),
    },
    sections: [
      ...(talk.summary ? [talk.summary.id] : []),
      ...told.slides.map(({ id }) => id),
      ...told.activities.map(({ id }) => id),
      ...(hasQuestions ? ["questions"] : []),
    ],
  };
}

/** The whole of it: short, whatever the talk was. */
function describeTalk({
  title,
  date,
  startedAt,
  endedAt,
  people,
  peak,
  total,
  reactions,
  sections,
}: RecapMaterial) {
  const summary = sections.find((section) => section.type === "summary");
  return {
    title: shorten(title),
    date,
    totals: {
      people,
      mostAtOneTime: peak,
      ...describeTime((endedAt - startedAt) / 1000),
      reactions: total,
      byReaction: reactions.slice(0, MAX_LIST),
    },
    ...(summary && {
      summary: {
        id: summary.id,
        liveliestMoments: summary.moments.slice(0, MAX_LIST).map(({ at, page, title, count }) => ({
          minute: Math.floor(at / 60),
          slide: `slide:${page}`,
          ...(title !== null && { title: shorten(title) }),
          reactions: count,
        })),
      },
    }),
  };
}

/** Every sort of facts, the most telling first. */
function sort({ sections }: RecapMaterial) {
  const asked = sections.find((section) => section.type === "questions");
  return {
    slides: sections
      .filter((section) => section.type === "slide")
      .toSorted((a, b) => countReactions(b) - countReactions(a) || b.seconds - a.seconds)
      .map(describeSlide),
    activities: sections
      .filter((section) => section.type === "activity")
      .toSorted((a, b) => b.people - a.people)
      .map(describeActivity),
    questions: (asked?.questions ?? []).map(describeQuestion),
    questionTotal: asked?.total ?? 0,
  };
}

const countReactions = ({ reactions }: SlideSection) => reactions.reduce((sum, { count }) => sum + count, 0);

const describeSlide = (slide: SlideSection): Fact => ({
  id: slide.id,
  ...(slide.title !== null && { title: shorten(slide.title) }),
  ...describeTime(slide.seconds),
  reactions: slide.reactions.slice(0, MAX_REACTIONS),
});

const describeActivity = (activity: ActivitySection): Fact => ({
  id: activity.id,
  kind: activity.kind,
  prompt: shorten(activity.prompt),
  people: activity.people,
  results: activity.results.slice(0, MAX_LIST).map((result) => ({ ...result, label: shorten(result.label) })),
  ...(activity.mean !== undefined && { mean: activity.mean }),
  ...(activity.median !== undefined && { median: activity.median }),
});

const describeQuestion = ({ id, text, votes, answered, answer }: RecapQuestion): Fact => ({
  id,
  text: shorten(text),
  votes,
  answered,
  ...(answer !== undefined && { answer: shorten(answer) }),
});

/** As people say it, so that no model has to divide. */
const describeTime = (seconds: number) =>
  seconds < 90 ? { seconds: Math.round(seconds) } : { minutes: Math.round(seconds / 60) };

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_TEXT ? text : `${characters.slice(0, MAX_TEXT - 1).join("")}…`;
}

/** The first of each list, then the second of each, and so on: no sort of facts crowds out another. */
function takeInTurn(lists: readonly (readonly Fact[])[]): Fact[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => lists.flatMap((list) => list[place] ?? [])).flat();
}

/** Those that fit, the first before all others; one that is too large leaves room for those after it. */
function keepWithin(maxBytes: number, facts: readonly Fact[]): Set<Fact> {
  const kept = new Set<Fact>();
  let bytes = 0;
  for (const fact of facts) {
    const size = sizeOf(fact) + 1;
    if (bytes + size > maxBytes) continue;
    bytes += size;
    kept.add(fact);
  }
  return kept;
}

const encoder = new TextEncoder();
const sizeOf = (value: unknown) => encoder.encode(writeFenced(value)).byteLength;

/** JSON that can't close what it stands in: no text of a stranger has a `<`, which JSON can write in another way. */
export const writeFenced = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

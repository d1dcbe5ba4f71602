import { LIMITS } from "../../../shared/protocol/limits.ts";
import { isShown } from "../../../shared/protocol/page-name.ts";
import type {
  QuestionsSection,
  RecapCount,
  RecapMoment,
  SlideSection,
  SummarySection,
} from "../../../shared/protocol/recap.ts";
import type { BucketCount } from "../../lib/buckets.ts";
import { findPeaks, getDwell, getTitles } from "../../lib/course.ts";
import type { Story } from "../../lib/story.ts";
import { describeActivity } from "./describe-activity.ts";
import type { RecapMaterial } from "./material.ts";
import { compareTelling } from "./telling.ts";

/** Moments told. */
const MOMENTS = 5;

/** A session that is over. */
export type EndedStory = Story & { readonly endedAt: number };

/** How often the room reacted, page by page, in pieces of so many seconds; oldest first. */
export interface Buckets {
  readonly bucket: number;
  readonly counts: readonly BucketCount[];
}

/**
 * The facts of a recap, from what the session kept. What of the story is nobody's to read in the recap is left out here,
 * for good: whoever writes or draws it has nothing else.
 */
export function toMaterial(story: EndedStory, buckets: Buckets): RecapMaterial {
  const { name, date, endedAt, totals, people } = story;
  const startedAt = getStart(story);
  const told = listSlides(story);
  const slides = keepMostTelling(told, LIMITS.recapSlides);
  const activities = story.activities.flatMap((activity) => describeActivity(activity) ?? []);
  const questions = describeQuestions(story);
  return {
    title: name,
    date,
    startedAt,
    endedAt,
    people: totals.participants,
    peak: people.reduce((most, sample) => Math.max(most, sample.people), 0),
    total: totals.total,
    reactions: sumReactions(Object.values(totals.pages)),
    sections: [
      describeWhole(story, buckets, startedAt),
      ...slides,
      ...activities.slice(0, LIMITS.recapActivities),
      ...(questions ? [questions] : []),
    ],
    ...(told.length > slides.length && { moreSlides: told.length - slides.length }),
  };
}

/** When the first slide was shown: a session may have been open long before, for whoever came early. */
const getStart = ({ states, startedAt }: EndedStory): number =>
  states.find(({ page }) => isShown(page))?.at ?? startedAt;

function describeWhole(story: EndedStory, buckets: Buckets, startedAt: number): SummarySection {
  return { type: "summary", id: "summary", text: [], moments: listMoments(story, buckets, startedAt) };
}

/** The largest ones, largest first. What stands out without a break, on one page, is one moment. */
function listMoments(story: EndedStory, { bucket, counts }: Buckets, startedAt: number): RecapMoment[] {
  const titles = getTitles(story.states);
  const length = bucket * 1000;
  const moments: { from: number; until: number; page: string; count: number }[] = [];
  for (const { at, page, count } of findPeaks(counts).sort((a, b) => a.at - b.at)) {
    const before = moments.findLast((moment) => moment.page === page);
    if (before?.until === at) {
      before.until = at + length;
      before.count += count;
    } else moments.push({ from: at, until: at + length, page, count });
  }
  return moments
    .toSorted((a, b) => b.count - a.count || a.from - b.from)
    .slice(0, MOMENTS)
    .map(({ from, until, page, count }) => ({
      // The first piece may begin before the start, as all pieces are of one length.
      at: Math.max(0, Math.round((from - startedAt) / 1000)),
      seconds: Math.round((until - from) / 1000),
      page,
      title: titles.get(page) ?? null,
      count,
    }));
}

/** In the order in which they were shown first. What was only passed through, without a reaction, is not told. */
function listSlides({ states, endedAt, totals }: EndedStory): SlideSection[] {
  const titles = getTitles(states);
  const seconds = new Map<string, number>();
  for (const { page, from, until } of getDwell(states, endedAt)) {
    seconds.set(page, (seconds.get(page) ?? 0) + (until - from) / 1000);
  }
  const counts = new Map(Object.entries(totals.pages));
  return [...new Set([...seconds.keys(), ...counts.keys()])]
    .map((page): SlideSection => {
      const title = titles.get(page) ?? null;
      const all = sumReactions([counts.get(page) ?? {}]);
      const dwell = Math.round(seconds.get(page) ?? 0);
      // Where people react with words of their own there may be a thousand on every slide.
      const reactions = all.slice(0, LIMITS.recapReactions);
      const others = all.slice(LIMITS.recapReactions).reduce((sum, { count }) => sum + count, 0);
      return {
        ...{ type: "slide", id: `slide:${page}`, text: [], page, title, seconds: dwell, reactions },
        ...(others > 0 && { otherReactions: others }),
      };
    })
    .filter(({ page, seconds, reactions }) => reactions.length > 0 || (isShown(page) && seconds > 0));
}

/** Those on which most happened, in the order of the talk. */
function keepMostTelling(slides: readonly SlideSection[], most: number): readonly SlideSection[] {
  if (slides.length <= most) return slides;
  const telling = slides.toSorted(compareTelling);
  const kept = new Set(telling.slice(0, most));
  return slides.filter((slide) => kept.has(slide));
}

/** Most frequent first. */
function sumReactions(pages: readonly Readonly<Record<string, number>>[]): RecapCount[] {
  const sums = new Map<string, number>();
  for (const counts of pages) {
    for (const [label, count] of Object.entries(counts)) sums.set(label, (sums.get(label) ?? 0) + count);
  }
  return [...sums]
    .map(([label, count]) => ({ label, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

function describeQuestions({ questions, questionTotal }: EndedStory): QuestionsSection | undefined {
  if (questionTotal === 0) return undefined;
  return {
    type: "questions",
    id: "questions",
    text: [],
    questions: questions
      .slice(0, LIMITS.recapQuestions)
      .map((question) => ({ ...question, id: `question:${question.id}` })),
    total: questionTotal,
  };
}

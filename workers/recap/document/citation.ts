import { namePage } from "../../../shared/protocol/page-name.ts";
import type { RecapQuestion, RecapSection } from "../../../shared/protocol/recap.ts";
import type { RecapMaterial } from "../material/material.ts";
import { countReactions } from "../material/telling.ts";
import type { CitedTexts } from "./cited-texts.ts";
import type { DraftStatement } from "./draft.ts";
import { collapse } from "./plain-text.ts";
import { type NumberUnit, readNumbers } from "./stated-number.ts";

/** What a statement may say. */
export interface Citation {
  readonly texts: CitedTexts;
  /** Numbers as the host wrote them. */
  readonly tokens: ReadonlySet<string>;
  /** The numbers that the sources, or the talk as a whole, have. */
  readonly facts: Readonly<Record<Exclude<NumberUnit, "unknown">, readonly number[]>>;
}

/** What one source adds to it; durations in seconds. */
interface Facts {
  readonly hosts?: readonly string[];
  readonly guests?: readonly string[];
  readonly counts?: readonly number[];
  readonly percents?: readonly number[];
  readonly durations?: readonly number[];
}

/** Undefined where the section or a source does not exist, or none of its sources has to do with its section. */
export function cite({ section, sources }: DraftStatement, material: RecapMaterial): Citation | undefined {
  const about = material.sections.find(({ id }) => id === section);
  const cited = sources.map((source) => findSource(source, material));
  if (!about || !sources.some((source) => isOwnSource(source, about))) return undefined;
  const facts = [describeTalk(material)];
  for (const each of cited) {
    if (!each) return undefined;
    facts.push(each);
  }
  const durations = facts.flatMap(({ durations = [] }) => durations).map(divideDuration);
  const hosts = facts.flatMap(({ hosts = [] }) => hosts).map(collapse);
  const [seconds, minutes, hours] = [
    durations.flatMap((each) => each.seconds),
    durations.flatMap((each) => each.minutes),
    durations.flatMap((each) => each.hours),
  ];
  return {
    texts: { hosts, guests: facts.flatMap(({ guests = [] }) => guests).map(collapse) },
    tokens: new Set(hosts.flatMap(readNumbers).map(({ token }) => token)),
    facts: {
      // Not every language's word for a minute is known.
      count: [...facts.flatMap(({ counts = [] }) => counts), ...seconds, ...minutes, ...hours],
      percent: facts.flatMap(({ percents = [] }) => percents),
      seconds,
      minutes,
      hours,
    },
  };
}

/** Of the whole talk everything tells; of a part its own facts do. */
function isOwnSource(source: string, { id, type }: RecapSection): boolean {
  return type === "summary" || source === id || (type === "questions" && source.startsWith("question:"));
}

function findSource(source: string, { sections }: RecapMaterial): Facts | undefined {
  const section = sections.find(({ id }) => id === source);
  if (section) return describeSection(section);
  const asked = sections.find(({ type }) => type === "questions");
  const question = asked?.type === "questions" && asked.questions.find(({ id }) => id === source);
  return question ? describeQuestion(question) : undefined;
}

/** The totals: they may be told anywhere. */
function describeTalk(material: RecapMaterial): Facts {
  const {
    title,
    date,
    startedAt,
    endedAt,
    people,
    peak,
    total,
    reactions,
    sections,
    moreSlides = 0,
  } = material;
  const countOf = (type: RecapSection["type"]) => sections.filter((section) => section.type === type).length;
  return {
    hosts: [title, date],
    guests: reactions.map(({ label }) => label),
    counts: [
      ...[people, peak, total, reactions.length, countOf("slide") + moreSlides, countOf("activity")],
      ...reactions.map(({ count }) => count),
      ...sections.flatMap((section) => (section.type === "questions" ? section.total : [])),
    ],
    durations: [(endedAt - startedAt) / 1000],
  };
}

function describeSection(section: RecapSection): Facts {
  switch (section.type) {
    case "summary": {
      const { moments } = section;
      return {
        hosts: moments.flatMap(({ title, page }) => [title ?? "", namePage(page)]),
        counts: [moments.length, ...moments.map(({ count }) => count)],
        durations: moments.flatMap(({ at, seconds }) => [at, seconds]),
      };
    }
    case "slide": {
      const { title, page, seconds, reactions, otherReactions } = section;
      const counts = reactions.map(({ count }) => count);
      return {
        hosts: [title ?? "", namePage(page)],
        guests: reactions.map(({ label }) => label),
        counts: [otherReactions ?? counts.length, countReactions(section), ...counts],
        durations: [seconds],
      };
    }
    case "activity": {
      const { kind, prompt, page, people, results, mean, median } = section;
      const labels = results.map(({ label }) => label);
      return {
        hosts: [prompt, ...(page === null ? [] : [namePage(page)]), ...(kind === "words" ? [] : labels)],
        guests: kind === "words" ? labels : [],
        counts: [
          people,
          results.length,
          ...results.map(({ count }) => count),
          mean ?? [],
          median ?? [],
        ].flat(),
        percents: results.map(({ percent }) => percent),
      };
    }
    case "questions": {
      const { questions, total } = section;
      const each = questions.map(describeQuestion);
      return {
        hosts: each.flatMap(({ hosts = [] }) => hosts),
        guests: each.flatMap(({ guests = [] }) => guests),
        counts: [
          ...[total, questions.length, questions.filter(({ answered }) => answered).length],
          ...each.flatMap(({ counts = [] }) => counts),
        ],
      };
    }
  }
}

const describeQuestion = ({ text, votes, answer }: RecapQuestion): Facts => ({
  hosts: answer === undefined ? [] : [answer],
  guests: [text],
  counts: [votes],
});

/** A duration as people say it, rounded in any way, and the smaller unit beside the larger: 1 h 5 min. */
function divideDuration(duration: number) {
  const around = (number: number) => [Math.floor(number), Math.round(number), Math.ceil(number)];
  const [minutes, hours] = [duration / 60, duration / 3600];
  return {
    seconds: [Math.round(duration), Math.floor(duration % 60)],
    minutes: [...around(minutes), ...around(minutes % 60)],
    hours: [...around(hours), Math.round(hours * 10) / 10],
  };
}

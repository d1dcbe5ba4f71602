import type { ActivitySection, QuestionsSection, SlideSection } from "../../../shared/protocol/recap.ts";
import type { RecapMaterial } from "../material/material.ts";

/** A talk of a few slides, or of as many as a test wants. */
export function createMaterial({ slides = 3, activities = 1, questions = 2, text = "" } = {}): RecapMaterial {
  return {
    title: "How tides work",
    date: "2026-11-20",
    startedAt: 1_795_000_000_000,
    endedAt: 1_795_003_600_000,
    people: 124,
    peak: 117,
    total: 981,
    reactions: [
      { label: "👏", count: 700 },
      { label: "❤️", count: 281 },
    ],
    sections: [
      {
        type: "summary",
        id: "summary",
        text: [],
        moments: [{ at: 754, seconds: 30, page: "1.0", title: "The moon pulls", count: 88 }],
      },
      ...Array.from({ length: slides }, (_, i) => createSlide(i, text)),
      ...Array.from({ length: activities }, (_, i) => createActivity(i, text)),
      ...(questions > 0 ? [createQuestions(questions, text)] : []),
    ],
  } satisfies RecapMaterial;
}

const createSlide = (i: number, text: string) =>
  ({
    type: "slide",
    id: `slide:${i}.0`,
    text: [],
    page: `${i}.0`,
    title: `Slide ${i}${text}`,
    seconds: 60 + i,
    reactions: [{ label: "👏", count: 100 + i }],
  }) satisfies SlideSection;

const createActivity = (i: number, text: string) =>
  ({
    type: "activity",
    id: `activity:a${i}`,
    text: [],
    kind: "poll",
    prompt: `Which of the two, ${i}?${text}`,
    page: "1.0",
    people: 50 + i,
    results: [
      { label: `Sun${text}`, count: 20, percent: 40 },
      { label: `Moon${text}`, count: 30, percent: 60 },
    ],
  }) satisfies ActivitySection;

const createQuestions = (count: number, text: string) =>
  ({
    type: "questions",
    id: "questions",
    text: [],
    questions: Array.from({ length: count }, (_, i) => ({
      id: `question:q${i}`,
      text: `Why, for the ${i}th time?${text}`,
      votes: 90 - i,
      answered: i === 0,
      ...(i === 0 && { answer: `Because of the moon.${text}` }),
    })),
    total: count,
  }) satisfies QuestionsSection;

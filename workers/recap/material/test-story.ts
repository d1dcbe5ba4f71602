import { Activity } from "../../../shared/interactions/activity/activity.schema.ts";
import type { Activity as PlainActivity } from "../../../shared/interactions/activity/activity.ts";
import { type Buckets, type EndedStory, toMaterial } from "./to-material.ts";

/** When the talks of these tests begin, in milliseconds since 1970. */
export const NOW = 1_795_180_000_000;
const MINUTE = 60_000;

export const NO_BUCKETS: Buckets = { bucket: 18, counts: [] };

/** A talk of an hour in which nothing has happened but what a test says. */
export const createStory = (more: Partial<EndedStory> = {}): EndedStory => ({
  name: "How tides work",
  date: "2026-11-20",
  rooms: 1,
  startedAt: NOW,
  endedAt: NOW + 60 * MINUTE,
  expiresAt: NOW + 30 * 24 * 60 * MINUTE,
  states: [{ at: NOW, page: "0.0", title: "Tides" }],
  people: [],
  totals: { pages: {}, total: 0, participants: 0 },
  activities: [],
  questions: [],
  questionTotal: 0,
  ...more,
});

/** The states of a deck that stood on each of these pages for so many minutes. */
export function createStates(
  ...stays: readonly (readonly [page: string, title: string | null, minutes: number])[]
) {
  let at = NOW;
  return stays.map(([page, title, minutes]) => {
    const state = { at, page, title };
    at += minutes * MINUTE;
    return state;
  });
}

/** A poll as users hear of it after the end, or another kind of activity. */
export const createActivity = (given: Record<string, unknown> = {}): PlainActivity =>
  Activity.parse({
    ...{
      id: "poll",
      kind: "choice",
      prompt: "Which runtime?",
      multiple: 1,
      min: 1,
      max: 3,
      step: 1,
      words: 3,
    },
    ...{ show: "live", change: true, status: "closed", round: 1, revealed: false, openedAt: NOW, rounds: [] },
    options: [
      { id: "a", text: "Workers" },
      { id: "b", text: "Node" },
      { id: "c", text: "Deno" },
    ],
    ...given,
  });

/** So many people have answered a round, and this is how. */
export const createTally = (people: number, counts: Record<string, number> = {}, more: object = {}) => ({
  round: 1,
  people,
  counts,
  ...more,
});

/** The facts of such a talk. */
export const createFacts = (more: Partial<EndedStory> = {}, buckets = NO_BUCKETS) =>
  toMaterial(createStory(more), buckets);

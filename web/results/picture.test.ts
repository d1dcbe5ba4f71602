import { expect, test } from "vitest";
import type { Timeline } from "../ui/timeline.ts";
import { pickBucket } from "./pick-bucket.ts";
import { drawPicture, getSpan, HEIGHT, WIDTH } from "./picture.ts";

const MINUTE = 60_000;
const START = 1_000_000 * MINUTE;

/** A talk of half an hour on three slides, in a session that was opened a day before. */
const talk: Timeline = {
  from: START - 24 * 60 * MINUTE,
  until: START + 30 * MINUTE,
  bucket: 440,
  endedAt: START + 30 * MINUTE,
  total: 12,
  pages: [
    {
      page: "0",
      title: null,
      dwell: [{ from: START - 24 * 60 * MINUTE, until: START }],
      total: 0,
      buckets: [],
    },
    {
      page: "0.0",
      title: "Hello",
      dwell: [
        { from: START, until: START + 10 * MINUTE },
        { from: START + 20 * MINUTE, until: START + 30 * MINUTE },
      ],
      total: 4,
      buckets: [{ at: START + MINUTE, count: 4 }],
    },
    {
      page: "1.0",
      title: null,
      dwell: [{ from: START + 10 * MINUTE, until: START + 20 * MINUTE }],
      total: 8,
      buckets: [
        { at: START + MINUTE, count: 2 },
        { at: START + 15 * MINUTE, count: 6 },
      ],
    },
  ],
  people: [
    { at: START, people: 2 },
    { at: START + 5 * MINUTE, people: 4 },
  ],
  moments: [
    { at: START + 15 * MINUTE, page: "1.0", title: null, count: 6, factor: 2 },
    { at: START + 15.5 * MINUTE, page: "1.0", title: null, count: 5, factor: 2 },
  ],
};

test("the day before the talk is not drawn, and the service is asked for finer buckets", () => {
  const { from, until } = getSpan(talk);
  expect(from).toBeGreaterThan(START - MINUTE);
  expect(until).toBeLessThan(START + 32 * MINUTE);
  const bucket = pickBucket(talk) ?? 0;
  expect(bucket).toBeGreaterThanOrEqual(9);
  // The service makes at most 2,000 of the whole session.
  expect((talk.until - talk.from) / 1000 / bucket).toBeLessThan(2000);
  expect(pickBucket({ ...talk, bucket })).toBeUndefined();
});

test("a band is drawn for every stay, columns add all slides up, and all of it lies inside", () => {
  const { bands, columns, peak, moments, people } = drawPicture(talk);
  expect(bands.map(({ page }) => page)).toEqual(["0.0", "1.0", "0.0"]);
  expect(columns.map(({ count }) => count)).toEqual([6, 6]);
  expect(peak.count).toBe(6);
  // The quieter one beside it belongs to the same moment.
  expect(moments).toHaveLength(1);
  expect(people).toMatch(/^M[\d.]+ 300V/);
  for (const { x, width } of [...bands, ...columns]) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(WIDTH + 0.01);
  }
  for (const { height } of columns) expect(height).toBeLessThanOrEqual(HEIGHT);
});

test("a picture ends when the room has emptied, whoever forgets a phone; people are drawn until then, and not beyond", () => {
  const until = START + 26 * 60 * MINUTE;
  const last = { at: START + 29 * MINUTE, people: 1 };
  const late = [last, { at: until - 1000, people: 0 }, { at: until - 500, people: 1 }];
  const forgotten: Timeline = { ...talk, until, endedAt: null, people: [...talk.people, ...late] };
  const span = getSpan(forgotten);
  expect(span.from + span.length).toBeLessThan(last.at);
  expect(span.until).toBeGreaterThan(last.at);
  expect(span.until).toBeLessThan(START + 31 * MINUTE);
  const { people } = drawPicture({ ...talk, until: START + 29 * MINUTE, people: [...talk.people, last] });
  expect(Number(/H([\d.]+)$/.exec(people)?.[1])).toBeLessThan(WIDTH - 1);
});

test("a session in which nothing happened has a picture too", () => {
  const [before] = talk.pages;
  const nothing = { ...talk, total: 0, pages: before ? [before] : [], people: [], moments: [] };
  const { columns, bands, people, peak, ticks } = drawPicture(nothing);
  expect({ columns, bands, people, peak: peak.count }).toEqual({
    columns: [],
    bands: [],
    people: "",
    peak: 0,
  });
  expect(ticks.length).toBeLessThan(10);
});

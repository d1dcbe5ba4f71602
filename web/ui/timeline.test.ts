import { expect, test } from "vitest";
import { TimelineAnswer } from "../../shared/protocol/timeline.schema.ts";
import { readTimeline } from "./timeline.ts";

const timeline: TimelineAnswer = {
  from: 0,
  until: 60_000,
  bucket: 1,
  endedAt: null,
  total: 3,
  pages: [
    {
      page: "0.0",
      title: "Hello",
      dwell: [{ from: 0, until: 60_000 }],
      total: 3,
      buckets: [{ at: 1000, count: 3 }],
    },
    { page: "1.0", title: null, dwell: [], total: 0, buckets: [] },
  ],
  people: [{ at: 5000, people: 2 }],
  moments: [{ at: 1000, page: "0.0", title: "Hello", count: 3, factor: 3 }],
};

test("what the service tells is read as it was told", () => {
  expect(readTimeline(TimelineAnswer.parse(timeline))).toEqual(timeline);
});

test("anything else is no timeline", () => {
  const wrong = [
    {},
    { ...timeline, total: "3" },
    { ...timeline, endedAt: undefined },
    { ...timeline, pages: [{ ...timeline.pages[0], buckets: [{ at: 1 }] }] },
    { ...timeline, moments: [{ at: 1, count: 1 }] },
    { ...timeline, people: {} },
  ];
  for (const one of wrong) expect(readTimeline(one)).toBeUndefined();
});

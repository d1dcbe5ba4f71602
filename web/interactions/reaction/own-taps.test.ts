import { expect, test } from "vitest";
import { toRecord } from "../../client/record.ts";
import type { OwnReaction } from "../../client/session.ts";
import { OwnTaps } from "./own-taps.ts";

const tap = (id: string): OwnReaction => ({ id, page: "1.0", reaction: "👍", at: 0 });

test("a tap counts at once and, when the counts include it, not twice", () => {
  const taps = new OwnTaps();
  taps.count({ "1.0": { "👍": 4 } }, 0);
  taps.add(tap("a"));
  expect(taps.list("1.0")).toEqual({ "👍": 5 });
  taps.keep(tap("a"), 10);
  expect(taps.list("1.0")).toEqual({ "👍": 5 });
  taps.count({ "1.0": { "👍": 5 } }, 20);
  expect(taps.list("1.0")).toEqual({ "👍": 5 });
});

test("of three kept taps, two more in the counts stand for two", () => {
  const taps = new OwnTaps();
  for (const id of ["a", "b", "c"]) {
    taps.add(tap(id));
    taps.keep(tap(id), 0);
  }
  taps.count({ "1.0": { "👍": 2 } }, 10);
  expect(taps.list("1.0")).toEqual({ "👍": 3 });
});

test("a tap that the counts included before it was confirmed is dropped after a while", () => {
  const taps = new OwnTaps();
  taps.add(tap("a"));
  taps.count({ "1.0": { "👍": 1 } }, 0);
  taps.keep(tap("a"), 0);
  taps.count({ "1.0": { "👍": 1 } }, 5000);
  expect(taps.list("1.0")).toEqual({ "👍": 1 });
  expect(taps.isSettling).toBe(false);
});

test("a refused tap is taken back", () => {
  const taps = new OwnTaps();
  taps.add(tap("a"));
  taps.drop(tap("a"));
  expect(taps.list("1.0")).toEqual({});
});

test("a tap is counted with those that are spelled otherwise", () => {
  const taps = new OwnTaps();
  const heart = { ...tap("a"), reaction: "❤️" };
  taps.count({ "1.0": { "❤": 1 } }, 0);
  taps.add(heart);
  expect(taps.list("1.0")).toEqual({ "❤": 2 });
  taps.keep(heart, 10);
  taps.count({ "1.0": { "❤": 2 } }, 20);
  expect(taps.list("1.0")).toEqual({ "❤": 2 });
});

test.each(Object.getOwnPropertyNames(Object.prototype))(
  "a tap may be called %s, and its page too",
  (name) => {
    const taps = new OwnTaps();
    taps.count({}, 0);
    expect(taps.list(name)).toEqual(toRecord([]));
    expect(taps.list("1.0")[name]).toBeUndefined();
    const own = { id: "a", page: name, reaction: name, at: 0 };
    taps.add(own);
    expect(Object.entries(taps.list(name))).toEqual([[name, 1]]);
    taps.keep(own, 10);
    taps.count(toRecord([[name, toRecord([[name, 1]])]]), 20);
    expect(Object.entries(taps.list(name))).toEqual([[name, 1]]);
    expect(taps.isSettling).toBe(false);
  },
);

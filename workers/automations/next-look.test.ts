import { describe, expect, test } from "vitest";
import { createNow } from "./match/test-flow.ts";
import { findNextLook } from "./next-look.ts";

const ROOM = createNow({ people: 100 });
const LOOK = {
  now: ROOM,
  hasNews: true,
  hasActed: false,
  isWaiting: true,
  reachMs: 0,
  watch: "on",
} as const;

/** In seconds, with a quarter more or less left to chance. */
const about = (at: number | undefined) => at && (at - Date.now()) / 1000;
const expectAbout = (at: number | undefined, seconds: number) => {
  expect(about(at)).toBeGreaterThan(seconds * 0.74);
  expect(about(at)).toBeLessThan(seconds * 1.26);
};

describe("a runner looks again", () => {
  test("every other second while something happens, every five while people are only there", () => {
    expectAbout(findNextLook(LOOK), 2);
    expectAbout(findNextLook({ ...LOOK, hasNews: false }), 5);
  });

  test("not before anything can set a flow off, and after a minute at the latest", () => {
    expectAbout(findNextLook({ ...LOOK, reachMs: 9000 }), 9);
    expectAbout(findNextLook({ ...LOOK, hasNews: false, reachMs: 9000 }), 9);
    expectAbout(findNextLook({ ...LOOK, reachMs: Number.POSITIVE_INFINITY }), 60);
  });

  test("soon where it has done something itself, whatever people can do", () => {
    expectAbout(findNextLook({ ...LOOK, hasActed: true, reachMs: Number.POSITIVE_INFINITY }), 2);
  });

  test("not by itself where nothing can happen any more", () => {
    expect(findNextLook({ ...LOOK, isWaiting: false })).toBeUndefined();
    expect(findNextLook({ ...LOOK, now: { ...ROOM, hasEnded: true } })).toBeUndefined();
    expect(findNextLook({ ...LOOK, hasNews: false, now: { ...ROOM, people: 0 } })).toBeUndefined();
  });
});

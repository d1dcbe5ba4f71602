import { expect, test } from "vitest";
import { type ClaimAnswer, PlaceClaims } from "./place-claims.ts";

const FULL = { code: "session_full", detail: "full" } as const;

test("everyone is asked about once, and who comes meanwhile shares the next question", async () => {
  const asked: (readonly string[])[] = [];
  const answers: (() => void)[] = [];
  const claims = new PlaceClaims((participants) => {
    asked.push(participants);
    return new Promise<ClaimAnswer>((resolve) => {
      answers.push(() => resolve({ placed: participants.filter((each) => each !== "late"), refusal: FULL }));
    });
  });
  const first = claims.claim("a");
  const [second, late] = [claims.claim("b"), claims.claim("late")];
  answers[0]?.();
  expect(await first).toBeUndefined();
  expect(asked).toEqual([["a"], ["b", "late"]]);
  answers[1]?.();
  expect([await second, await late]).toEqual([undefined, FULL]);
  expect([claims.has("a"), claims.has("b"), claims.has("late")]).toEqual([true, true, false]);
});

test("a room that has just woken hears of everybody in it who has a place, and asks about none of them", async () => {
  const asked: unknown[] = [];
  let isOut = true;
  const claims = new PlaceClaims(async (participants, withOthers) => {
    asked.push([...participants, withOthers]);
    if (isOut) throw new Error("out");
    return { placed: [...participants, ...(withOthers ? ["b", "c"] : [])], refusal: undefined };
  });
  await claims.claim("a");
  isOut = false;
  await claims.claim("a");
  await claims.claim("d");
  expect(["a", "b", "c", "d"].map((each) => claims.has(each))).toEqual([true, true, true, true]);
  expect(asked).toEqual([
    ["a", true],
    ["a", true],
    ["d", false],
  ]);
});

test("who can't be asked about is let in, and asked about the next time", async () => {
  let isOut = true;
  const claims = new PlaceClaims(async (placed) => {
    if (isOut) throw new Error("out");
    return { placed, refusal: undefined };
  });
  expect(await claims.claim("a")).toBeUndefined();
  expect(claims.has("a")).toBe(false);
  isOut = false;
  expect(await claims.claim("a")).toBeUndefined();
  expect(claims.has("a")).toBe(true);
});

test("an answer of the time before all names became void places nobody", async () => {
  const claims = new PlaceClaims(async (placed) => ({ placed, refusal: undefined }));
  const claim = claims.claim("a");
  claims.clear();
  await claim;
  expect(claims.has("a")).toBe(false);
});

test("who has a place by then is not asked about again, and what they sent next does not overtake what they had sent", async () => {
  const asked: (readonly string[])[] = [];
  const answers: (() => void)[] = [];
  const claims = new PlaceClaims((participants) => {
    asked.push(participants);
    return new Promise<ClaimAnswer>((resolve) => {
      answers.push(() => resolve({ placed: participants, refusal: undefined }));
    });
  });
  const order: string[] = [];
  const first = claims.claim("a").then(() => order.push("first"));
  const second = claims.claim("a").then(() => order.push("second"));
  answers[0]?.();
  await first;
  expect(claims.has("a")).toBe(true);
  await second;
  expect([order, asked]).toEqual([["first", "second"], [["a"]]]);
});

import type { Context } from "hono";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { ProblemError } from "../lib/problem-error.ts";
import type { Seat } from "../lib/session.ts";
import type { RequestEnv } from "./request-env.ts";
import { takeSeat } from "./seats.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

let sessions = 0;

/** A session whose root answers when it is told to, and people who ask. */
function createSession() {
  const hash = `session-${sessions++}`;
  const asked: {
    known: readonly (string | null)[];
    answer: (seats: (Seat | Refusal)[]) => void;
    fail: (error: unknown) => void;
  }[] = [];
  const join = (_: string, known: readonly (string | null)[]) =>
    new Promise<(Seat | Refusal)[]>((answer, fail) => asked.push({ known, answer, fail }));
  const values: Record<string, unknown> = { session: { hash }, stores: { join } };
  const context = {
    get: (key: string) => values[key],
    executionCtx: { waitUntil: (task: Promise<unknown>) => void task },
  } as unknown as Context<RequestEnv>;
  return { asked, come: (known: string | null = null) => takeSeat(context, known) };
}

const seatsFor = (known: readonly (string | null)[], call: number): Seat[] =>
  known.map((each, index) => ({ participant: each ?? `new-${call}-${index}` }));

describe("a seat", () => {
  test("is asked for at once by who comes alone, each time anew", async () => {
    const { asked, come } = createSession();
    for (const call of [0, 1]) {
      const seat = come();
      expect(asked[call]?.known).toEqual([null]);
      asked[call]?.answer(seatsFor([null], call));
      expect(await seat).toBe(`new-${call}-0`);
      await vi.advanceTimersByTimeAsync(0);
    }
  });

  test("is asked for together by all who come while the root is being asked, and everybody gets their own", async () => {
    const { asked, come } = createSession();
    const people = [come(), come("ada"), come(), come("bob")];
    asked[0]?.answer(seatsFor([null], 0));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked[1]?.known).toEqual(["ada", null, "bob"]);
    asked[1]?.answer(seatsFor(asked[1].known, 1));
    expect(await Promise.all(people)).toEqual(["new-0-0", "ada", "new-1-1", "bob"]);
    expect(asked).toHaveLength(2);
  });

  test("is asked for with 99 others at most", async () => {
    const { asked, come } = createSession();
    const people = Array.from({ length: 202 }, () => come());
    for (const [call, size] of [1, 100, 100, 1].entries()) {
      expect(asked[call]?.known).toHaveLength(size);
      asked[call]?.answer(seatsFor(asked[call].known, call));
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(new Set(await Promise.all(people)).size).toBe(202);
  });

  test("is refused to one, and given to the next", async () => {
    const { asked, come } = createSession();
    const people = [come(), come(), come()];
    asked[0]?.answer(seatsFor([null], 0));
    await vi.advanceTimersByTimeAsync(0);
    asked[1]?.answer([
      { code: "session_full", detail: "all 2 places are taken", retryAfter: 60 },
      { participant: "b" },
    ]);
    expect(await Promise.allSettled(people)).toMatchObject([
      { value: "new-0-0" },
      { reason: { code: "session_full" } },
      { value: "b" },
    ]);
  });

  test("is nobody's where the root does not answer; who comes next asks again", async () => {
    const { asked, come } = createSession();
    const people = Promise.allSettled([come(), come()]);
    for (const call of [0, 1]) {
      asked[call]?.fail(new ProblemError("unavailable", "it does not answer", { retryAfter: 1 }));
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(await people).toMatchObject([
      { reason: { code: "unavailable" } },
      { reason: { code: "unavailable" } },
    ]);
    const next = come();
    asked[2]?.answer(seatsFor([null], 2));
    expect(await next).toBe("new-2-0");
  });

  test("is asked for by somebody else when one request has asked often enough", async () => {
    const { asked, come } = createSession();
    const people = [come()];
    // There is always somebody who waits.
    for (let call = 0; call < 50; call++) {
      people.push(come());
      const { known = [], answer } = asked[call] ?? {};
      answer?.(seatsFor(known, call));
      await vi.advanceTimersByTimeAsync(0);
    }
    asked[50]?.answer(seatsFor([null], 50));
    expect(new Set(await Promise.all(people)).size).toBe(51);
  });

  test("is asked for again when whoever asked for it is gone", async () => {
    const { asked, come } = createSession();
    void come();
    const second = come();
    // Nobody ever hears what the first one was told.
    await vi.advanceTimersByTimeAsync(10_000);
    const again = asked.at(-1);
    expect(asked.length).toBeGreaterThan(1);
    again?.answer(seatsFor(again.known, 9));
    await vi.advanceTimersByTimeAsync(0);
    const last = asked.at(-1);
    if (last !== again) last?.answer(seatsFor(last?.known ?? [], 10));
    expect(await second).toMatch(/^new-/);
  });
});

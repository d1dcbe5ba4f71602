import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Standing } from "../../../../shared/interactions/activity/activity.ts";
import { ServiceClock } from "./service-clock.ts";

const HOUR_MS = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 10 * HOUR_MS });
});
afterEach(() => {
  vi.useRealTimers();
});

const open = (openedAt: number): Standing => ({
  ...{ status: "open", round: 1, revealed: false },
  ...{ openedAt, closesAt: openedAt + 30_000 },
});

test("without news it is the time of this phone", () => {
  expect(new ServiceClock().now()).toBe(Date.now());
});

test.each([HOUR_MS, -HOUR_MS, 7000])(
  "a phone that is %d ms off counts from the moment it hears of an opening",
  (off) => {
    const clock = new ServiceClock();
    const openedAt = Date.now() - off;
    clock.hear(open(openedAt), true, performance.now());

    vi.advanceTimersByTime(2000);
    expect(clock.now()).toBe(openedAt + 2000);
  },
);

test("whoever comes later trusts the own clock as long as it may be right", () => {
  const clock = new ServiceClock();
  clock.hear(open(Date.now() - 20_000), false, performance.now());
  expect(clock.now()).toBe(Date.now());
  clock.hear(open(Date.now() - HOUR_MS), false, performance.now());
  expect(clock.now()).toBe(Date.now() - HOUR_MS);
});

test("a clock that is put right meanwhile changes nothing", () => {
  const clock = new ServiceClock();
  const before = clock.now();
  vi.setSystemTime(Date.now() + HOUR_MS);
  expect(clock.now()).toBe(before);
});

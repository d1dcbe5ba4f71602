import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ServiceClock } from "./service-clock.ts";

const HOUR_MS = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 10 * HOUR_MS });
});
afterEach(() => {
  vi.useRealTimers();
});

const open = (openedAt: number) =>
  [{ id: "a", status: "open", openedAt, closesAt: openedAt + 30_000 }] as const;

test("without news it is the time of this device", () => {
  expect(new ServiceClock().now()).toBe(Date.now());
});

test.each([HOUR_MS, -HOUR_MS, 7000])(
  "a device that is %d ms off counts from the moment it hears of an opening",
  (off) => {
    const clock = new ServiceClock();
    const openedAt = Date.now() - off;
    clock.hear(open(openedAt), true);

    vi.advanceTimersByTime(2000);
    expect(clock.now()).toBe(openedAt + 2000);
  },
);

test("whoever comes later trusts the own clock as long as it may be right", () => {
  const clock = new ServiceClock();
  clock.hear(open(Date.now() - 20_000), false);
  expect(clock.now()).toBe(Date.now());
  clock.hear(open(Date.now() - HOUR_MS), false);
  expect(clock.now()).toBe(Date.now() - HOUR_MS);
});

test("what was known is no news when it is said again", () => {
  const clock = new ServiceClock();
  const openedAt = Date.now() - HOUR_MS;
  clock.hear(open(openedAt), true);
  vi.advanceTimersByTime(2000);
  clock.hear(open(openedAt), true);
  expect(clock.now()).toBe(openedAt + 2000);
});

test("a clock that is put right meanwhile changes nothing", () => {
  const clock = new ServiceClock();
  const before = clock.now();
  vi.setSystemTime(Date.now() + HOUR_MS);
  expect(clock.now()).toBe(before);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RoomAlarm } from "./room-alarm.ts";
import { NOW } from "./test-session.ts";
import { MemoryStorage } from "./test-storage.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

function create(dates: { erase?: number; expire?: number } = {}) {
  const storage = new MemoryStorage();
  const setAlarm = vi.spyOn(storage, "setAlarm");
  const alarm = new RoomAlarm(storage, { erase: () => dates.erase, expire: () => dates.expire });
  return { alarm, storage, setAlarm, dates };
}

test("the guard is set once, two seconds ahead, however much is unsent", () => {
  const { alarm, storage, setAlarm } = create();
  alarm.guard();
  vi.setSystemTime(NOW + 1000);
  alarm.guard();
  expect(storage.alarm).toBe(NOW + 2000);
  expect(setAlarm).toHaveBeenCalledTimes(1);
});

test("one that this life has set is its own; the next life inherits it", () => {
  const { alarm } = create();
  alarm.guard();
  expect(alarm.ring(NOW + 2000)).toEqual({ due: [], isInherited: false });
  expect(alarm.ring(NOW + 2000)).toEqual({ due: [], isInherited: true });
});

test("every date that has come is due, in the order of their names", () => {
  const { alarm, dates } = create({ erase: NOW + 10, expire: NOW + 20 });
  expect([0, 10, 20].map((after) => alarm.ring(NOW + after).due)).toEqual([
    [],
    ["erase"],
    ["erase", "expire"],
  ]);
  dates.erase = 0;
  expect(alarm.ring(NOW).due).toEqual(["erase"]);
});

test("it is set to the earliest date, not before a guard that is set, and to none where there is none", async () => {
  const { alarm, storage, setAlarm, dates } = create();
  await alarm.rearm();
  expect(setAlarm).not.toHaveBeenCalled();
  Object.assign(dates, { erase: NOW + 60_000, expire: NOW + 50_000 });
  await alarm.rearm();
  expect(storage.alarm).toBe(NOW + 50_000);
  alarm.guard();
  await alarm.rearm();
  expect(storage.alarm).toBe(NOW + 2000);
});

test("what has failed is tried again a minute later", async () => {
  const { alarm, storage } = create({ erase: NOW });
  await alarm.retry();
  expect(storage.alarm).toBe(NOW + 60_000);
});

test("a room that was erased sets its guard again", () => {
  const { alarm, setAlarm } = create();
  alarm.guard();
  alarm.clear();
  alarm.guard();
  expect(setAlarm).toHaveBeenCalledTimes(2);
});

test("what is due before the guard is not late for it, and the guard still is one", async () => {
  const { alarm, storage, dates } = create();
  alarm.guard();
  dates.expire = NOW + 500;
  await alarm.rearm();
  expect(storage.alarm).toBe(NOW + 500);
  vi.setSystemTime(NOW + 500);
  expect(alarm.ring(NOW + 500)).toEqual({ due: ["expire"], isInherited: false });
  dates.expire = NOW + 1000;
  alarm.guard();
  expect(storage.alarm).toBe(NOW + 1000);
});

test("what was due, and has failed, draws no guard nearer: nothing wakes the room again and again", async () => {
  const { alarm, storage } = create({ expire: NOW - 1 });
  alarm.guard();
  await alarm.rearm();
  expect(storage.alarm).toBe(NOW + 2000);
});

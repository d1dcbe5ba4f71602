import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RunnerAlarm } from "./runner-alarm.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** @param ringsAt what an earlier life has set */
function create(ringsAt: number | null = null) {
  const storage = {
    getAlarm: async () => ringsAt,
    setAlarm: vi.fn(async () => {}),
    deleteAlarm: vi.fn(async () => {}),
  };
  const due = vi.fn();
  return { storage, due, alarm: new RunnerAlarm(storage, due) };
}

test("what is due within two seconds is waited for in memory, behind an alarm that is moved when it has rung", async () => {
  const { storage, due, alarm } = create();
  const begin = Date.now();
  for (let looks = 1; looks <= 14; looks++) {
    await alarm.set(Date.now() + 1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(due).toHaveBeenCalledTimes(looks);
  }
  expect(storage.setAlarm.mock.calls).toEqual([[begin + 15_000]]);
  alarm.noteRung();
  await alarm.set(Date.now() + 500);
  expect(storage.setAlarm).toHaveBeenLastCalledWith(Date.now() + 15_000);
});

test("what is due later, or already, is an alarm; the same one is not set again", async () => {
  const { storage, due, alarm } = create();
  const now = Date.now();
  for (const at of [now + 5000, now + 5000, now, now - 100]) await alarm.set(at);
  expect(storage.setAlarm.mock.calls).toEqual([[now + 5000], [now]]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(due).not.toHaveBeenCalled();
});

test("with an alarm that is far away, the next seconds are guarded by one of its own", async () => {
  const { storage, alarm } = create();
  await alarm.set(Date.now() + 3_600_000);
  await alarm.set(Date.now() + 1000);
  expect(storage.setAlarm).toHaveBeenLastCalledWith(Date.now() + 15_000);
});

test("nothing is waited for any more once it is cleared", async () => {
  const { storage, due, alarm } = create();
  await alarm.set(Date.now() + 1000);
  await alarm.clear();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(due).not.toHaveBeenCalled();
  expect(storage.deleteAlarm).toHaveBeenCalledOnce();
});

test("a new life knows the alarm of the one before it, and does not set it again", async () => {
  const at = Date.now() + 5000;
  const { storage, alarm } = create(at);
  expect(await alarm.recover()).toBe(at);
  await alarm.set(at);
  expect(storage.setAlarm).not.toHaveBeenCalled();
  expect(await create().alarm.recover()).toBeUndefined();
});

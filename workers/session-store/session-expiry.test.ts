import { expect, test } from "vitest";
import { DAY_MS } from "../../shared/protocol/limits.ts";
import { SessionExpiry } from "./session-expiry.ts";
import { NOW } from "./test-session.ts";
import { MemoryKv } from "./test-storage.ts";

test("a session that was never opened has no date", () => {
  expect(new SessionExpiry(new MemoryKv()).at).toBeUndefined();
});

test("opening it puts the date off, and the next life of the room knows it", () => {
  const storage = new MemoryKv();
  new SessionExpiry(storage).renew(30, NOW);
  expect(new SessionExpiry(storage).at).toBe(NOW + 30 * DAY_MS);
});

test("is over when for so many days nothing was kept, and nobody came", () => {
  const expiry = new SessionExpiry(new MemoryKv());
  expiry.renew(1, NOW);
  expect(expiry.settle(1, NOW - DAY_MS, NOW + DAY_MS)).toBe(true);
});

test.each([
  ["something was kept", NOW + 5000, undefined],
  ["somebody joined", 0, NOW + 120_000],
])("where %s since, the date moves to so many days after it", (_, latest, joinedAt) => {
  const expiry = new SessionExpiry(new MemoryKv());
  expiry.renew(1, NOW);
  if (joinedAt !== undefined) expiry.noteActivity(joinedAt);
  expect(expiry.settle(1, latest, NOW + DAY_MS)).toBe(false);
  expect(expiry.at).toBe((joinedAt ?? latest) + DAY_MS);
});

test.each([
  ["the date that is set", 0, 0, NOW + 30 * DAY_MS],
  ["the last thing that was kept", DAY_MS, 0, NOW + 31 * DAY_MS],
  ["the last one who joined", DAY_MS, 2 * DAY_MS, NOW + 32 * DAY_MS],
])("is foreseen by %s, and not moved by that", (_, latest, joinedAt, date) => {
  const expiry = new SessionExpiry(new MemoryKv());
  expiry.renew(30, NOW);
  if (joinedAt > 0) expiry.noteActivity(NOW + joinedAt);
  expect(expiry.foresee(30, NOW + latest)).toBe(date);
  expect(expiry.at).toBe(NOW + 30 * DAY_MS);
});

test("joining is noted once a minute, also after the clock was put back", () => {
  const storage = new MemoryKv();
  const expiry = new SessionExpiry(storage);
  expiry.renew(1, NOW);
  const noted = [NOW + 60_000, NOW + 60_001, NOW + 90_000, NOW - 1].map((now) => {
    expiry.noteActivity(now);
    return storage.get("activeAt");
  });
  expect(noted).toEqual([NOW, NOW + 60_001, NOW + 60_001, NOW - 1]);
});

import { expect, test } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { unwrap } from "../lib/unwrap.ts";
import { ExportLeases } from "./export-leases.ts";

const NOW = 1_795_180_000_000;

test("two read at a time; the third waits until one has ended", () => {
  const leases = new ExportLeases();
  const [first] = [leases.take(NOW), leases.take(NOW)].map(unwrap);
  expect(leases.take(NOW)).toMatchObject({ code: "rate_limited", retryAfter: expect.any(Number) });
  leases.end(first?.lease ?? "");
  expect(leases.take(NOW)).toHaveProperty("lease");
});

test("who is not heard of for a minute has no place any more, who renews keeps it", () => {
  const leases = new ExportLeases();
  const [renewing] = [leases.take(NOW), leases.take(NOW)].map(unwrap);
  expect(leases.renew(renewing?.lease ?? "", NOW + 50_000)).toBeNull();
  expect(leases.take(NOW + 59_999)).toHaveProperty("code");
  expect(leases.take(NOW + 60_000)).toHaveProperty("lease");
  expect(leases.take(NOW + 60_000)).toHaveProperty("code");
});

test("who renews after a restart is a reader again, as far as there is a place", () => {
  const leases = new ExportLeases();
  expect(leases.renew("of-before", NOW)).toBeNull();
  expect(leases.take(NOW)).toHaveProperty("lease");
  expect(leases.renew("another", NOW)).toMatchObject({ code: "rate_limited" });
});

test("all who ask within ten seconds read up to the same moment", () => {
  const leases = new ExportLeases();
  const first = unwrap(leases.take(NOW));
  const second = unwrap(leases.take(NOW + LIMITS.snapshotMs - 1));
  leases.end(first.lease);
  const third = unwrap(leases.take(NOW + LIMITS.snapshotMs));
  expect([first, second, third].map(({ until }) => until)).toEqual([NOW, NOW, NOW + LIMITS.snapshotMs]);
});

test("a clock that steps forth and back again keeps nobody out for longer than a minute", () => {
  const leases = new ExportLeases();
  leases.take(NOW);
  leases.take(NOW + 120_000);
  expect(leases.take(NOW)).toHaveProperty("lease");
  expect(leases.take(NOW)).toHaveProperty("lease");
  expect(leases.take(NOW)).toMatchObject({ code: "rate_limited" });
  expect(leases.take(NOW + 60_000)).toHaveProperty("lease");
});

test("a clock that steps back holds no place, and no snapshot lies ahead of it", () => {
  const leases = new ExportLeases();
  leases.take(NOW);
  leases.take(NOW);
  expect(unwrap(leases.take(NOW - 120_000)).until).toBe(NOW - 120_000);
});

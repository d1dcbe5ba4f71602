import { expect, test } from "vitest";
import { RevintError } from "./error.ts";
import { GOOD_MS, Route } from "./route.ts";

const network = new RevintError("network", "");
const busy = new RevintError("unavailable", "");
const failed = { way: "socket", lastedMs: 0, error: network } as const;

test("two sockets that never opened make way for events", () => {
  const route = new Route(true);
  route.report(failed);
  expect(route.next()).toBe("socket");
  route.report(failed);
  expect(route.next()).toBe("events");
});

test("so do two that opened and died at once", () => {
  const route = new Route(true);
  for (const lastedMs of [30, 500]) route.report({ way: "socket", lastedMs, error: network });
  expect(route.next()).toBe("events");
});

test("a good socket that was lost is followed by another", () => {
  const route = new Route(true);
  route.report(failed);
  route.report({ way: "socket", lastedMs: GOOD_MS, error: network });
  route.report(failed);
  expect(route.next()).toBe("socket");
});

test("without a network nobody is to blame: sockets are tried again", () => {
  const route = new Route(true);
  for (const attempt of [failed, failed, { way: "events", lastedMs: 0, error: network } as const]) {
    route.report(attempt);
  }
  expect(route.next()).toBe("socket");
  route.report(failed);
  route.report(failed);
  route.report({ way: "events", lastedMs: 0, error: busy });
  expect(route.next()).toBe("socket");
});

test("events that worked and were lost are tried again first", () => {
  const route = new Route(true);
  route.report(failed);
  route.report(failed);
  route.report({ way: "events", lastedMs: 100, error: network });
  expect(route.next()).toBe("events");
});

test("sockets beside the events are tried less and less often, until one was good", () => {
  const route = new Route(true);
  const waits = Array.from({ length: 8 }, () => route.probeIn() ?? 0);
  expect(waits[0]).toBeLessThanOrEqual(10_000);
  expect(waits[7]).toBeGreaterThanOrEqual(150_000);
  route.report({ way: "socket", lastedMs: GOOD_MS, error: network });
  expect(route.probeIn()).toBeLessThanOrEqual(10_000);
});

test("where sockets are not wanted there are none", () => {
  const route = new Route(false);
  expect(route.next()).toBe("events");
  expect(route.probeIn()).toBeUndefined();
});

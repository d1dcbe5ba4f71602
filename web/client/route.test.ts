import { expect, test } from "vitest";
import { RevintError } from "./error.ts";
import { GOOD_MS, Route } from "./route.ts";

const network = new RevintError("network", "");
const busy = new RevintError("unavailable", "");
const failed = { transport: "socket", lastedMs: 0, error: network } as const;

test("two sockets that never opened make way for events", () => {
  const route = new Route(true);
  route.report(failed);
  expect(route.next()).toBe("socket");
  route.report(failed);
  expect(route.next()).toBe("events");
});

test("so do two that opened and died at once", () => {
  const route = new Route(true);
  for (const lastedMs of [30, 500]) route.report({ transport: "socket", lastedMs, error: network });
  expect(route.next()).toBe("events");
});

test("a good socket that was lost is followed by another", () => {
  const route = new Route(true);
  route.report(failed);
  route.report({ transport: "socket", lastedMs: GOOD_MS, error: network });
  route.report(failed);
  expect(route.next()).toBe("socket");
});

test("without a network nobody is to blame: sockets are tried again", () => {
  const route = new Route(true);
  for (const attempt of [failed, failed, { transport: "events", lastedMs: 0, error: network } as const]) {
    route.report(attempt);
  }
  expect(route.next()).toBe("socket");
  route.report(failed);
  route.report(failed);
  route.report({ transport: "events", lastedMs: 0, error: busy });
  expect(route.next()).toBe("socket");
});

test("events that worked and were lost are tried again first", () => {
  const route = new Route(true);
  route.report(failed);
  route.report(failed);
  route.report({ transport: "events", lastedMs: 100, error: network });
  expect(route.next()).toBe("events");
});

test("sockets beside the events are tried less and less often, until one was good", () => {
  const route = new Route(true);
  const waits = Array.from({ length: 8 }, () => route.probeIn("events") ?? 0);
  expect(waits[0]).toBeLessThanOrEqual(10_000);
  expect(waits[7]).toBeGreaterThanOrEqual(150_000);
  route.report({ transport: "socket", lastedMs: GOOD_MS, error: network });
  expect(route.probeIn("events")).toBeLessThanOrEqual(10_000);
});

test("where sockets are not wanted there are none", () => {
  const route = new Route(false);
  expect(route.next()).toBe("events");
  expect(route.probeIn("events")).toBeUndefined();
});

test("where something holds events back, the news is asked for, and so again after a loss", () => {
  const route = new Route(false);
  route.report({ transport: "events", lastedMs: 0, error: network, isSilent: true });
  expect(route.next()).toBe("polls");
  route.report({ transport: "polls", lastedMs: 100, error: network });
  expect(route.next()).toBe("polls");
});

test("polls that find no network either begin again with what is best", () => {
  const route = new Route(true);
  route.report(failed);
  route.report(failed);
  route.report({ transport: "events", lastedMs: 0, error: network, isSilent: true });
  expect(route.next()).toBe("polls");
  route.report({ transport: "polls", lastedMs: 0, error: network });
  expect(route.next()).toBe("socket");
});

test("events that were there and fell silent are held back too", () => {
  const route = new Route(false);
  route.report({ transport: "events", lastedMs: 60_000, error: network, isSilent: true });
  expect(route.next()).toBe("polls");
});

test("beside polls events are tried now and then where sockets are not wanted, and beside a socket nothing", () => {
  expect(new Route(false).probeIn("polls")).toBeGreaterThan(0);
  expect(new Route(true).probeIn("socket")).toBeUndefined();
});

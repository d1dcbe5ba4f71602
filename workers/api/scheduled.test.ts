import { expect, test } from "vitest";
import { createKeyPair } from "../../scripts/key-pair.ts";
import { createId } from "../lib/random.ts";
import { createTestDataset } from "../lib/test-dataset.ts";
import { scheduled } from "./scheduled.ts";

/** Workers that one request, or one turn of the clock, may call: Cloudflare's "Service bindings", limits. */
const MOST_CALLS = 32;

const hash = () => createId().slice(0, 18);

const { publicPem } = await createKeyPair();

const createDue = () => ({
  ...{ id: createId(), session: hash(), name: "On rooms", date: "2026-11-30", deck: createId() },
  origin: "https://revint.example.org",
  begun: { current: { id: createId(), number: 1 }, since: 1, startsAt: 2 },
});

const FLOW = {
  ...{ id: "recap", signingSecret: null, hookHash: null },
  flow: { name: "Recap", on: { event: "ended" }, do: [{ do: "recap" }] },
};

const OPENED = {
  session: {
    ...{ name: "On rooms", date: "2026-11-30", reactions: [], anyReaction: false },
    ...{ apiUrl: "https://revint.example.org", webUiUrl: "https://revint.example.org/join" },
    ...{ expectedAudience: 1, maxParticipants: 1000, retentionDays: 30 },
  },
  ...{ resumed: false, endedAt: null, generation: 0, openedAt: 1 },
};

/** Stores that always have more to do than one turn takes, as many at once as host-store hands out. */
function createStores(answer: (path: string) => Response | undefined = () => undefined) {
  const calls: string[] = [];
  const respond = (method: string, path: string): Response => {
    const talks = (count: number) =>
      Response.json({ talks: Array.from({ length: count }, () => ({ id: createId(), session: hash() })) });
    if (path === "/talks/vanishing") return talks(2);
    if (path === "/talks/unseen") return talks(8);
    if (path === "/talks/untold") {
      const untold = () => ({ talk: createId(), session: hash(), current: { id: createId(), number: 2 } });
      return Response.json({ tokens: [untold(), untold()] });
    }
    if (path === "/talks/due") return Response.json({ talks: Array.from({ length: 5 }, createDue) });
    if (path.endsWith("/activities")) return Response.json({ activities: [] });
    if (method === "PUT" && /^\/session\/[^/]+$/.test(path)) return Response.json(OPENED);
    if (path.endsWith("/opening")) {
      return Response.json({ current: { id: path.split("/")[4], number: 1 }, flows: [FLOW] });
    }
    if (path === "/decks/sweep") return Response.json({ left: true });
    if (path === "/looks") return Response.json({ ended: Array.from({ length: 9 }, hash) });
    if (path.endsWith("/people")) return Response.json({ left: false });
    if (method === "DELETE" && path.startsWith("/talks/")) return Response.json({ left: false });
    return Response.json({ success: true });
  };
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    calls.push(`${request.method} ${pathname}`);
    return answer(pathname) ?? respond(request.method, pathname);
  };
  const store = { fetch };
  const room = { look: async () => null };
  const env = {
    ...{
      SESSION_STORE: store,
      HOST_STORE: store,
      USER_STORE: store,
      REACTION_STORE: store,
      RECAP: store,
      AUTOMATIONS: store,
    },
    SESSION_ROOM: { getByName: () => room },
    PUBLIC_KEY: publicPem,
    SESSION_SECRET: "x".repeat(32),
  };
  return { env: env as unknown as ApiEnv, calls };
}

const event = { scheduledTime: 0, cron: "*/5 * * * *", noRetry: () => {} } as ScheduledController;

test("however much there is to do, one turn of the clock calls no more Workers than it may", async () => {
  const { env, calls } = createStores();
  await scheduled(event, env);
  expect(calls.length).toBeLessThanOrEqual(MOST_CALLS);
  // Each kind has had its part.
  expect(calls).toContain("POST /vanishing-accounts/sweep");
  expect(calls.filter((call) => /^DELETE \/talks\//.test(call))).toHaveLength(2);
  expect(calls.filter((call) => call.endsWith("/look"))).toHaveLength(8);
  expect(calls).toContain("POST /decks/sweep");
  expect(calls.filter((call) => call.endsWith("/told"))).toHaveLength(2);
});

test("what fails holds up no other kind, and none of its own", async () => {
  const failures = [
    "/vanishing-accounts/marks",
    "/talks/vanishing",
    "/decks/sweep",
    "/vanishing-accounts/sweep",
    "/talks/untold",
    "/talks/unseen",
  ];
  for (const failing of failures) {
    const { env, calls } = createStores((path) =>
      path === failing ? new Response("broken", { status: 500 }) : undefined,
    );
    await scheduled(event, env);
    for (const other of failures) expect(calls).toContain(`POST ${other}`);
  }
  let people = 0;
  const { env, calls } = createStores((path) =>
    path.endsWith("/people") && ++people === 1 ? new Response("broken", { status: 500 }) : undefined,
  );
  await scheduled(event, env);
  expect(calls.filter((call) => /^DELETE \/talks\//.test(call))).toHaveLength(1);
  expect(calls.filter((call) => call.endsWith("/look"))).toHaveLength(8);
});

test("each job is a data point, with the code of what it failed by", async () => {
  const { env } = createStores((path) =>
    path === "/decks/sweep" ? new Response("broken", { status: 500 }) : undefined,
  );
  const { env: metered, points } = createTestDataset();
  await scheduled(event, { ...env, ...metered });
  expect(points).toHaveLength(6);
  const failed = points.filter(({ blobs }) => blobs[4] !== "");
  expect(failed.map(({ blobs }) => blobs)).toEqual([
    ["api", "job", "", "decks that were given up", "unavailable"],
  ]);
});

const minute = { ...event, cron: "* * * * *" };

test("each minute it opens talks, looks after flows, keeps what they have ended, and calls no more Workers than it may", async () => {
  const { env, calls } = createStores();
  await scheduled(minute, env);
  expect(calls.length).toBeLessThanOrEqual(MOST_CALLS);
  expect(calls).toContain("POST /looks");
  expect(calls.filter((call) => call.endsWith("/look"))).toHaveLength(9);
  expect(calls.filter((call) => /^PUT \/session\/[^/]+$/.test(call))).toHaveLength(5);
  expect(calls.filter((call) => call.endsWith("/copies"))).toHaveLength(5);
  // Nothing of the other kinds.
  expect(calls.filter((call) => call.startsWith("DELETE "))).toEqual([]);
});

test("a talk that can't be opened, and flows that can't be handed over, hold up no other", async () => {
  let sessions = 0;
  const { env, calls } = createStores((path) => {
    const isBroken = path.endsWith("/copies") || (/^\/session\/[^/]+$/.test(path) && ++sessions === 1);
    return isBroken ? new Response("broken", { status: 500 }) : undefined;
  });
  await scheduled(minute, env);
  expect(calls.filter((call) => call.startsWith("PUT ") && call.endsWith("/opening"))).toHaveLength(4);
  expect(calls.filter((call) => call.endsWith("/copies"))).toHaveLength(4);
  expect(calls).toContain("POST /looks");
});

test("where nothing is due, a minute calls two Workers", async () => {
  const { env, calls } = createStores((path) => {
    if (path === "/looks") return Response.json({ ended: [] });
    return path === "/talks/due" ? Response.json({ talks: [] }) : undefined;
  });
  await scheduled(minute, env);
  expect(calls).toEqual(["POST /talks/due", "POST /looks"]);
});

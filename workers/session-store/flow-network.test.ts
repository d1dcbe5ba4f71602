import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { RoomEvent } from "../lib/room-event.ts";
import { ReactionLedger } from "../reaction-store/reaction-ledger.ts";
import { SessionRoom } from "./session-room.ts";
import { type Fate, ROOMS, stopTime, TALK, TestNetwork } from "./test-network.ts";
import { host, nameUser } from "./test-session.ts";

vi.mock("cloudflare:workers", () => import("./test-runtime.ts"));

stopTime();

/** Other seeds make other stories. */
const SEED = Number(process.env.NETWORK_SEED ?? 20_261_127);
const RUNS = Number(process.env.NETWORK_RUNS ?? 80);

const CallFate: fc.Arbitrary<Fate> = fc.record({
  delay: fc.constantFrom(1, 1, 30, 400, 3000),
  lost: fc.constantFrom("no", "no", "call", "answer"),
  answerDelay: fc.constantFrom(1, 1, 30, 400, 3000),
});

const Room = fc.constantFrom(...ROOMS);
const AnyStep = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant("react" as const),
      room: Room,
      page: fc.constantFrom("0", "1"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("show" as const), page: fc.constantFrom("0", "1", "2") }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("act" as const), isAgain: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("die" as const), room: Room }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("pull" as const), acknowledges: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("restart" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant("wait" as const), ms: fc.constantFrom(5, 100, 1500, 9000) }),
  },
);
type Step = typeof AnyStep extends fc.Arbitrary<infer Any> ? Any : never;

async function insist<T extends object | null>(ask: () => T | Promise<T>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (!answer || !("code" in answer) || answer.code !== "unavailable") return answer;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Whoever runs the flows of the session: pulls the events behind the last one it knows, each of them once. */
class Puller {
  readonly #network: TestNetwork;
  #epoch = 0;
  heard: RoomEvent[] = [];

  constructor(network: TestNetwork) {
    this.#network = network;
  }

  async pull(acknowledges: boolean): Promise<void> {
    const root = this.#network.room(0);
    const asked = this.#epoch;
    const read = await root.readEvents(this.#last, 3, acknowledges ? asked : undefined);
    // A pull that began before, and was answered after, tells of a life that is over.
    if ("code" in read || read.epoch < this.#epoch) return;
    if (read.epoch > this.#epoch) {
      this.#epoch = read.epoch;
      this.heard = [];
    }
    // What was asked for is behind a number of another life.
    if (read.epoch !== asked) return this.pull(acknowledges);
    this.heard.push(...read.events.filter(({ number }) => number > this.#last));
    if (read.more) await this.pull(acknowledges);
  }

  get #last(): number {
    return this.heard.at(-1)?.number ?? 0;
  }
}

/** What happens while calls are late or lost, and rooms die, the root among them, which keeps the events; then everything settles, and the rest is pulled. */
async function play(steps: readonly Step[], fates: readonly Fate[]) {
  const network = new TestNetwork(SessionRoom, ReactionLedger, []);
  const open = (restart = false) => network.room(0).open({ session: TALK, restart, mustExist: false });
  await open();
  const watching = insist(() => network.room(0).watch(true));
  await vi.advanceTimersByTimeAsync(5000);
  await watching;
  network.disturb(fates);
  const puller = new Puller(network);
  let ids = 0;
  /** Whoever hears nothing sends again, under the same id. */
  const unacked = new Set<() => Promise<void>>();
  let acted = "run";
  /** Done in this life of the session. */
  const acts = new Set<string>();
  /** Pages as the root was told them, each time another one, since the session began. */
  let shown: string[] = [];
  const show = (page: string) => {
    if (page !== (shown.at(-1) ?? "0")) shown.push(page);
  };
  for (const step of steps) {
    const root = network.room(0);
    if (step.type === "wait") await vi.advanceTimersByTimeAsync(step.ms);
    if (step.type === "die") network.evict(step.room);
    if (step.type === "pull") void puller.pull(step.acknowledges);
    if (step.type === "show") {
      root.setState(host, { page: step.page, state: "" });
      show(step.page);
    }
    if (step.type === "act") {
      if (!step.isAgain) acted = `run.${ids++}`;
      const id = acted;
      const page = `by ${id}`;
      const done = await root.act({ id, depth: 2, action: { do: "state", page, state: "" } });
      if ("done" in done && done.done) {
        expect(acts).not.toContain(id);
        acts.add(id);
        show(page);
      }
    }
    if (step.type === "restart") {
      void open(true);
      shown = [];
      acts.clear();
    }
    if (step.type === "react") {
      const reaction = { page: step.page, reaction: "x", id: `${ids++}` };
      const send = async () => {
        await insist(() => network.room(step.room).react(nameUser("a", step.room), reaction));
        unacked.delete(send);
      };
      unacked.add(send);
      void send().catch(() => {});
    }
    await vi.advanceTimersByTimeAsync(1);
  }
  network.calm();
  for (const send of unacked) void send().catch(() => {});
  const arriving = Promise.all(ROOMS.map((room) => insist(() => network.room(room).getState())));
  await vi.advanceTimersByTimeAsync(40_000);
  await arriving;
  const pulling = puller.pull(true);
  const summing = network.sumLedgers();
  await vi.advanceTimersByTimeAsync(5000);
  await pulling;
  return { sum: await summing, events: puller.heard, shown };
}

test("whatever dies, is late or lost, whoever pulls hears of every page once, and last what the ledgers have", async () => {
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(AnyStep, { minLength: 3, maxLength: 25 }),
      fc.array(CallFate, { maxLength: 60 }),
      async (steps, fates) => {
        const { sum, events, shown } = await play(steps, fates);
        expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => index + 1));
        const pages = events.flatMap((event) => (event.event === "page" ? event.page : []));
        expect(pages).toEqual(shown);
        for (const event of events) {
          const isAct = event.event === "page" && event.page.startsWith("by ");
          expect([event, event.depth]).toEqual([event, isAct ? 2 : 0]);
        }
        const reactions = events.flatMap((event) => (event.event === "reactions" ? event : []));
        const last = new Map(reactions.map(({ page, reaction, count }) => [`${page} ${reaction}`, count]));
        expect(last).toEqual(sum);
        const told = reactions.map(({ page, count }) => `${page} ${count}`);
        expect(told).toEqual([...new Set(told)]);
        for (const count of sum.values()) counted += count;
      },
    ),
    { numRuns: RUNS, seed: SEED },
  );
  expect(counted).toBeGreaterThan(50);
});

import { expect, test } from "vitest";
import { getPageTopic } from "../../../../shared/interactions/reaction/topic.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import { Totals } from "../../../lib/totals.ts";
import { HasteLimit } from "../../haste-limit.ts";
import type { QueuedEntry } from "../../ledger-queue.ts";
import {
  beginSession,
  changeRules,
  createFacts,
  createGate,
  NOW,
  nameUser,
  restart,
  settle,
} from "../../test-session.ts";
import { BurstCounter } from "./burst-counter.ts";
import type { Admission } from "./kind-admissions.ts";
import { KindRegistry } from "./kind-registry.ts";
import { findOffered } from "./offer.ts";
import { ReactionIntake } from "./reaction-intake.ts";

const user = nameUser("a");

/**
 * The intake of a room with a real state and real kinds. Stood in for: the queue, which the test settles by
 * itself, the root and the ledger, whose answers the test gives.
 */
function open() {
  const state = beginSession(createFacts());
  const counted = new Totals();
  const queued: QueuedEntry[] = [];
  const released: string[] = [];
  const bursts = new BurstCounter();
  const root = {
    /** Undefined where everyone is known to have a place. */
    placing: undefined as Promise<Refusal | undefined> | undefined,
    admission: Promise.resolve<Admission>({ reaction: "new", isNew: true }),
    kept: Promise.resolve<{ topic: string; key: string } | undefined>(undefined),
    asked: 0,
  };
  const kinds = new KindRegistry({
    counted: () => [counted],
    findOffered: (page, reaction) => findOffered(state, page, reaction),
    admit: () => {
      root.asked++;
      return root.admission;
    },
    release: ({ reaction }) => released.push(reaction),
  });
  const intake = new ReactionIntake({
    state,
    kinds,
    queue: { add: (entry) => queued.push(entry) },
    bursts,
    haste: new HasteLimit(1, 50, "wait"),
    ensurePlace: () => root.placing,
    findKept: () => root.kept,
  });
  /** Undefined while nobody has answered, `kept`, or the refusal's code. */
  const submit = (reaction: string, page = "0", participant = user) => {
    const sent: { outcome?: string } = {};
    intake.submit(participant, { page, reaction, id: `${queued.length}` }, true, (refusal) => {
      sent.outcome = refusal?.code ?? "kept";
    });
    return sent;
  };
  counted.add(getPageTopic("0"), "known", 1);
  return { state, counted, queued, released, bursts, root, submit };
}

test("who reacts most is counted without what a restart has emptied meanwhile", () => {
  const { state, submit, queued, bursts } = open();
  const sent = submit("known");
  if (state.deck) state.restart(state.deck, {}, NOW + 5);
  queued[0]?.settle();
  expect([sent.outcome, bursts.take()]).toEqual(["kept", []]);
});

test("a reaction of a kind that is known is in the queue in the same turn, as it is spelled there", () => {
  const { submit, queued, counted, root } = open();
  counted.add(getPageTopic("0"), "❤\uFE0F", 1);
  const sent = submit("❤");
  expect(queued).toMatchObject([
    {
      entry: { participant: user, id: "0", topic: getPageTopic("0"), key: "❤\uFE0F", mode: "add" },
      epoch: NOW,
      isUrgent: true,
    },
  ]);
  expect([sent.outcome, root.asked]).toEqual([undefined, 0]);
});

test("who sends it hears when it is durable, and it counts as a burst only then", () => {
  const { submit, queued, bursts } = open();
  const [kept, lost] = [submit("known"), submit("known")];
  expect(bursts.take()).toEqual([]);
  queued[0]?.settle();
  queued[1]?.settle({ code: "unavailable", detail: "" });
  expect([kept.outcome, lost.outcome]).toEqual(["kept", "unavailable"]);
  expect(bursts.take()).toEqual([{ participant: user, page: "0", reaction: "known", count: 1 }]);
});

test("what the host refuses is refused at once, and costs no pace", () => {
  const { submit, queued, state } = open();
  changeRules(state, { paused: true });
  for (let i = 0; i < 60; i++) expect(submit("known").outcome).toBe("reactions_paused");
  changeRules(state, { paused: false });
  submit("known");
  expect(queued).toHaveLength(1);
});

test("one participant in haste is refused, with when to try again, and nobody else is", () => {
  const { submit, queued } = open();
  for (let i = 0; i < 50; i++) submit("known");
  expect(submit("known").outcome).toBe("rate_limited");
  submit("known", "0", nameUser("b"));
  expect(queued).toHaveLength(51);
});

test("who has no place is refused, and no kind is asked for", async () => {
  const { submit, root, queued } = open();
  root.placing = Promise.resolve({ code: "session_full", detail: "" });
  const sent = submit("new");
  await settle();
  expect([sent.outcome, root.asked, queued.length]).toEqual(["session_full", 0, 0]);
});

test("who gets a place reacts with a kind that is known", async () => {
  const { submit, root, queued } = open();
  root.placing = Promise.resolve(undefined);
  submit("known");
  expect(queued).toHaveLength(0);
  await settle();
  expect([queued.length, root.asked]).toEqual([1, 0]);
});

test("a kind that nobody has used is asked for, and is spelled as the root says", async () => {
  const { submit, root, queued } = open();
  root.admission = Promise.resolve({ reaction: "New", isNew: true });
  submit("new");
  await settle();
  expect(queued[0]?.entry.key).toBe("New");
});

test.each<[Admission, string]>([
  ["full", "too_many_kinds"],
  ["stale", "unavailable"],
])("where the root answers %j, the refusal is %j", async (admission, code) => {
  const { submit, root } = open();
  root.admission = Promise.resolve(admission);
  const sent = submit("new");
  await settle();
  expect(sent.outcome).toBe(code);
});

test("one participant brings so many kinds, and no more", async () => {
  const { submit } = open();
  const sent = Array.from({ length: LIMITS.kindsPerParticipant + 1 }, (_, kind) => submit(`new ${kind}`));
  await settle();
  expect(sent.map(({ outcome }) => outcome).filter(Boolean)).toEqual(["too_many_kinds"]);
});

test("while the root or the ledger does not answer, it may be sent again", async () => {
  const { submit, root } = open();
  root.admission = Promise.reject(new Error("out"));
  const first = submit("new");
  await settle();
  root.kept = Promise.reject(new Error("out"));
  const second = submit("new");
  await settle();
  expect([first.outcome, second.outcome, root.asked]).toEqual(["unavailable", "unavailable", 1]);
});

test("what was kept under this id before goes the same way again, and takes no kind", async () => {
  const { submit, root, queued } = open();
  root.kept = Promise.resolve({ topic: getPageTopic("0"), key: "❤\uFE0F" });
  submit("❤");
  await settle();
  expect([queued[0]?.entry.key, root.asked]).toEqual(["❤\uFE0F", 0]);
});

test("one id for two contents is a conflict", async () => {
  const { submit, root } = open();
  root.kept = Promise.resolve({ topic: getPageTopic("1"), key: "new" });
  const page = submit("new");
  root.kept = Promise.resolve({ topic: getPageTopic("0"), key: "other" });
  const reaction = submit("new");
  await settle();
  expect([page.outcome, reaction.outcome]).toEqual(["conflict", "conflict"]);
});

test.each<[string, (room: ReturnType<typeof open>) => void, string]>([
  ["ended the session", ({ state }) => state.change({ endedAt: 1 }, 1), "session_ended"],
  ["paused it", ({ state }) => changeRules(state, { paused: true }), "reactions_paused"],
  ["blocked this participant", ({ state }) => state.change({ blocked: [user] }, 1), "blocked"],
  ["sent everybody out", ({ state }) => state.change({ generation: 1 }, 1), "not_participant"],
  ["deleted it", ({ state }) => state.clear(), "session_not_found"],
])("while the root is asked the host has %s: it is refused, and its admission ends", async (_, act, code) => {
  const room = open();
  const gate = createGate<Admission>();
  room.root.admission = gate.promise;
  const sent = room.submit("new");
  await settle();
  act(room);
  gate.open({ reaction: "new", isNew: true });
  await settle();
  expect([sent.outcome, room.queued.length, room.released]).toEqual([code, 0, ["new"]]);
});

test("one that was deleted and begun again meanwhile takes nothing of before", async () => {
  const { submit, root, state, queued } = open();
  const gate = createGate<Admission>();
  root.admission = gate.promise;
  const sent = submit("new");
  await settle();
  state.clear();
  state.begin(createFacts(), NOW + 1, NOW + 1);
  gate.open({ reaction: "new", isNew: true });
  await settle();
  expect([sent.outcome, queued.length]).toEqual(["session_not_found", 0]);
});

test("one that is restarted meanwhile: it belongs to the epoch that it was checked in, and goes with it", async () => {
  const { submit, root, state, queued } = open();
  const gate = createGate<Admission>();
  root.admission = gate.promise;
  submit("new");
  await settle();
  restart(state);
  gate.open({ reaction: "new", isNew: true });
  await settle();
  expect(queued.map(({ epoch }) => epoch)).toEqual([NOW]);
});

test("an admission ends when nothing was kept, and stays when something was", async () => {
  const { submit, queued, released } = open();
  submit("new");
  await settle();
  queued[0]?.settle({ code: "unavailable", detail: "" });
  expect(released).toEqual(["new"]);
  submit("new");
  await settle();
  queued[1]?.settle();
  expect(released).toEqual(["new"]);
});

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getPageTopic } from "../../shared/interactions/reaction/topic.ts";
import { createParticipant } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { HostRules } from "../../shared/protocol/rules.ts";
import { CoHostList } from "./co-host-list.ts";
import { reactionCounts } from "./interactions/reaction/reaction-counts.ts";
import { createSayCounts } from "./interactions/say-counts.ts";
import { PipeHost } from "./pipe-host.ts";
import { Pipes } from "./pipes.ts";
import { Publisher } from "./publisher.ts";
import { RoomCounts } from "./room-counts.ts";
import { SharedTimer } from "./shared-timer.ts";
import { TalkTokens } from "./talk-tokens.ts";
import { createOpenSocket, TestObject, type TestSocket } from "./test-object.ts";
import { beginSession, changeRules, createDoor, createFacts, host, NOW, nameUser } from "./test-session.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const user = nameUser("a");

/** The host of the root's pipes, over real parts and sockets that note what is sent. */
function open(rules: Partial<HostRules> = {}, held: readonly TestSocket[] = []) {
  const object = new TestObject("room");
  for (const socket of held) object.hold(socket);
  const { kv } = object.storage;
  const state = beginSession(createFacts(), kv);
  changeRules(state, rules);
  const counts = new RoomCounts(true);
  counts.replaceOwn({ [getPageTopic("1")]: { x: 2 } });
  const pipes = new Pipes(object.state);
  const coHosts = new CoHostList(kv);
  const door = createDoor(object.storage, state, { hasHosts: () => pipes.hasHosts });
  door.begin();
  let changes = 0;
  const sayCounts = createSayCounts([reactionCounts], () => counts.everywhere);
  const publisher = new Publisher({
    isRoot: true,
    state,
    counts,
    sayCounts,
    audience: pipes,
    children: { isEmpty: true, countPeople: () => 0, enqueue: () => {} },
    isComplete: () => true,
    becomeComplete: async () => {},
    report: async () => {},
    guard: () => {},
    sweep: () => {},
    sayToHosts: () => [],
    timer: new SharedTimer(),
  });
  const pipeHost = new PipeHost({
    pipes,
    state,
    sayCounts,
    publisher,
    coHosts,
    tokens: new TalkTokens({ kv, coHosts, dismiss: () => {} }),
    door,
    sayOwn: () => [],
    peopleChanged: () => {
      changes++;
    },
  });
  /** Lets somebody in. @returns the room's end of the pipe */
  const enter = (participant = user) => {
    pipeHost.open(participant);
    const socket = object.sockets.at(-1)?.socket;
    if (!socket) throw new Error("no pipe was opened");
    return socket;
  };
  const end = (socket: TestSocket, participant = user) =>
    pipeHost.end(socket as unknown as WebSocket, participant, 1000);
  return { object, state, counts, coHosts, pipes, pipeHost, enter, end, countChanges: () => changes };
}

test("an overlay is neither a person nor a host, and hears what users hear", () => {
  const { pipes, enter, end } = open();
  const overlay = createParticipant("overlay", 0, "0".repeat(16));
  const page = enter(overlay);
  expect([pipes.people, pipes.hasHosts, pipes.isEmpty]).toEqual([0, false, false]);
  enter(host.participant);
  enter();
  expect([pipes.people, pipes.hasHosts]).toEqual([1, true]);
  const before = page.sent.length;
  pipes.broadcast("user", [{ type: "presence", participants: 1 }]);
  pipes.broadcast("host", [{ type: "presence", participants: 2 }]);
  expect(page.sent.slice(before)).toEqual([{ type: "presence", participants: 1 }]);
  end(page, overlay);
  expect([pipes.people, pipes.hasHosts, pipes.pipesOf(overlay)]).toEqual([1, true, 0]);
});

describe("the greeting", () => {
  test("may be as large as all that there is: nobody can have read it yet", () => {
    const { counts, enter, pipes } = open();
    const many = Array.from({ length: 5000 }, (_, index) => [`${index}`.padEnd(64, "-"), 1] as const);
    counts.replaceOwn({ [getPageTopic("2")]: Object.fromEntries(many) });
    const socket = enter();
    expect(JSON.stringify(socket.sent).length).toBeGreaterThan(LIMITS.unreadBytes);
    expect(socket.sent.map(({ type }) => type)).toEqual(["state_change", "reactions", "presence"]);
    pipes.broadcast("user", [{ type: "presence", participants: 2 }]);
    expect([socket.isClosed, socket.sent.length]).toEqual([false, 4]);
  });

  const state = { type: "state_change", page: "0", state: "init", version: 0 };
  const reactions = { type: "reactions", pages: { "1": { x: 2 } }, total: 2, whole: true };
  const presence = { type: "presence", participants: 1 };
  const rules = {
    type: "rules",
    paused: true,
    reactions: null,
    pages: {},
    anyReaction: false,
    questions: "off",
    names: true,
  };

  test("of a user is where the deck is, all counts, and how many people are there, in that order", () => {
    expect(open().enter().sent).toEqual([state, reactions, presence]);
  });

  test("says what is allowed where that is not everything", () => {
    expect(open({ paused: true }).enter().sent).toEqual([state, reactions, presence, rules]);
  });

  test("of a host says last who drives, where somebody else may, and how the door is, where there is something to tell", () => {
    const { enter, coHosts } = open({ paused: true, isClosed: true });
    const door = { type: "door", waiting: 0, perMinute: LIMITS.joinsPerMinute, isClosed: true };
    const nobody = { ...presence, participants: 0 };
    expect(enter(host.participant).sent).toEqual([state, reactions, nobody, rules, door]);
    coHosts.add("someone", { role: "presenter" });
    const driver = { type: "driver", driver: "host" };
    expect(enter(host.participant).sent).toEqual([state, reactions, nobody, rules, driver, door]);
  });

  test("tells a user nothing that is for hosts", () => {
    const { enter, coHosts } = open({ isClosed: true });
    coHosts.add("someone", { role: "presenter" });
    expect(enter().sent.map(({ type }) => type)).toEqual(["state_change", "reactions", "presence"]);
  });
});

describe("who gets in", () => {
  test("is nobody where there is no session, nor after its end", () => {
    const { pipeHost, state } = open();
    expect(pipeHost.refuse(user)).toBeUndefined();
    state.change({ endedAt: NOW }, NOW);
    expect(pipeHost.refuse(user)).toMatchObject({ code: "session_ended" });
    state.clear();
    expect(pipeHost.refuse(user)).toMatchObject({ code: "session_not_found" });
  });

  test("is nobody whose invitation was taken back, and first of all nobody who was sent out", () => {
    const { pipeHost, coHosts, state } = open();
    coHosts.add(user, { role: "moderator" });
    expect(pipeHost.refuse(user)).toBeUndefined();
    coHosts.remove(user);
    expect(pipeHost.refuse(user)).toMatchObject({ code: "not_host" });
    state.change({ generation: 1 }, NOW);
    expect(pipeHost.refuse(user)).toMatchObject({ code: "not_participant" });
  });

  test("is nobody with as many pipes as one may have, unless some of them are silent", () => {
    const { pipeHost, enter } = open();
    const sockets = Array.from({ length: LIMITS.pipesPerUid }, () => enter());
    expect(pipeHost.refuse(user)).toMatchObject({ code: "rate_limited" });
    expect(pipeHost.refuse(nameUser("b"))).toBeUndefined();
    vi.setSystemTime(NOW + LIMITS.ghostMs + 1);
    for (const socket of sockets.slice(1)) socket.pinged = Date.now();
    expect(pipeHost.refuse(user)).toBeUndefined();
    expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true, false, false, false]);
  });
});

test("people have changed with the first pipe of somebody and with the end of the last, and with no other", () => {
  const { enter, end, pipes, countChanges } = open();
  const [first, second] = [enter(), enter()];
  expect([countChanges(), pipes.people]).toEqual([1, 1]);
  end(first);
  expect([countChanges(), pipes.people]).toEqual([1, 1]);
  end(second);
  expect([countChanges(), pipes.people]).toEqual([2, 0]);
});

test("a pipe whose end was noted before is nobody's", () => {
  const { enter, end, countChanges } = open();
  const socket = enter();
  end(socket);
  end(socket, "");
  expect(countChanges()).toBe(2);
});

test("pipes that died without a word are closed, looked for every half a minute", () => {
  const [dead, alive] = [createOpenSocket(user, NOW), createOpenSocket(nameUser("b"), NOW)];
  const { pipeHost, pipes, countChanges } = open({}, [dead, alive]);
  expect(pipes.people).toBe(2);
  pipeHost.sweep();
  vi.setSystemTime(NOW + LIMITS.silentMs + 1);
  alive.pinged = Date.now() - 1;
  pipeHost.sweep();
  expect([dead.isClosed, alive.isClosed, countChanges(), pipes.people]).toEqual([true, false, 1, 1]);
  alive.pinged = 0;
  vi.setSystemTime(Date.now() + 29_999);
  pipeHost.sweep();
  expect(alive.isClosed).toBe(false);
});

test("nobody is looked for where there is no session", () => {
  const dead = createOpenSocket(user, 0);
  const { pipeHost, state } = open({}, [dead]);
  state.clear();
  pipeHost.sweep();
  expect(dead.isClosed).toBe(false);
});

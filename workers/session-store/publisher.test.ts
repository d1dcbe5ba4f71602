import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getPageTopic } from "../../shared/interactions/reaction/topic.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { ServerMessage } from "../../shared/protocol/message.ts";
import { reactionCounts } from "./interactions/reaction/reaction-counts.ts";
import { createSayCounts } from "./interactions/say-counts.ts";
import { Publisher } from "./publisher.ts";
import { RoomCounts } from "./room-counts.ts";
import type { CountsUpdate } from "./room-message.ts";
import { SharedTimer } from "./shared-timer.ts";
import { beginSession, NOW } from "./test-session.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const [ONE, TWO] = [getPageTopic("1"), getPageTopic("2")];

/** The publisher of a room with people on its pipes, and what it told whom. */
function open(isRoot = true) {
  const state = beginSession();
  const counts = new RoomCounts(isRoot);
  const said: Record<"host" | "user", ServerMessage[]> = { host: [], user: [] };
  const below: ("whole" | readonly string[])[] = [];
  const room = {
    people: 1,
    peopleBelow: 0,
    isEmpty: false,
    isLeaf: false,
    isComplete: true,
    isOut: false,
    reports: 0,
    guards: 0,
    moreForHosts: [] as ServerMessage[],
  };
  const answer = async () => {
    if (room.isOut) throw new Error("out");
  };
  const publisher = new Publisher({
    isRoot,
    state,
    counts,
    sayCounts: createSayCounts([reactionCounts], () => counts.everywhere),
    audience: {
      get people() {
        return room.people;
      },
      get isEmpty() {
        return room.isEmpty;
      },
      broadcast: (role, messages) => said[role].push(...messages),
    },
    children: {
      get isEmpty() {
        return room.isLeaf;
      },
      countPeople: () => room.peopleBelow,
      enqueue: (topics) => below.push(topics),
    },
    isComplete: () => room.isComplete,
    becomeComplete: async () => {
      await answer();
      room.isComplete = true;
    },
    report: async () => {
      await answer();
      room.reports++;
    },
    guard: () => {
      room.guards++;
    },
    sweep: () => {},
    sayToHosts: () => room.moreForHosts,
    timer: new SharedTimer(),
  });
  /** The ledger, or a room below, has something new. */
  const count = (topic: string, reactions: number) =>
    publisher.countsChanged(counts.replaceOwn({ [topic]: { x: reactions } }));
  /** What was said to them since the last time, without the people. */
  const take = (role: "host" | "user") =>
    said[role].splice(0).flatMap((message) => (message.type === "reactions" ? [message] : []));
  const takePeople = (role: "host" | "user") =>
    said[role].splice(0).flatMap((message) => (message.type === "presence" ? [message.participants] : []));
  return { publisher, state, counts, said, below, room, count, take, takePeople };
}

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("the root", () => {
  test("says everything the first time, and then what has changed", async () => {
    const { count, take, below } = open();
    count(ONE, 1);
    await wait(0);
    const whole = { type: "reactions", pages: { "1": { x: 1 } }, total: 1, whole: true };
    expect([take("host"), take("user"), below.splice(0)]).toEqual([[whole], [whole], ["whole"]]);
    count(TWO, 5);
    await wait(1000);
    const change = { type: "reactions", pages: { "2": { x: 5 } }, total: 6 };
    expect([take("host"), take("user"), below]).toEqual([[change], [change], [[TWO]]]);
  });

  test("tells hosts every 250 ms, users and the rooms below every second, and each the newest", async () => {
    const { count, take, below } = open();
    count(ONE, 1);
    await wait(0);
    [take("host"), take("user"), below.splice(0)];
    for (let reactions = 2; reactions <= 21; reactions++) {
      count(ONE, reactions);
      await wait(50);
    }
    const totals = (role: "host" | "user") => take(role).map(({ total }) => total);
    expect(totals("host")).toEqual([6, 11, 16, 21]);
    expect(totals("user")).toEqual([21]);
    expect(below).toEqual([[ONE]]);
  });

  test("has no timer while nobody listens, and keeps nothing to say later", async () => {
    const { publisher, count, room, take } = open();
    Object.assign(room, { isEmpty: true, isLeaf: true });
    count(ONE, 1);
    expect([vi.getTimerCount(), publisher.isPending, room.guards]).toEqual([0, false, 0]);
    room.isEmpty = false;
    count(TWO, 1);
    await wait(1000);
    expect(take("user")).toHaveLength(1);
  });

  test("says no counts that are too low: while a room below does not answer it waits, and tries again", async () => {
    const { publisher, count, room, take } = open();
    Object.assign(room, { isComplete: false, isOut: true });
    count(ONE, 1);
    await wait(3000);
    expect([take("host"), take("user"), publisher.isPending]).toEqual([[], [], true]);
    room.isOut = false;
    await wait(1000);
    expect([take("host").length, take("user").length, publisher.isPending]).toEqual([1, 1, false]);
  });

  test("says nothing where the session was deleted meanwhile", async () => {
    const { count, state, said } = open();
    count(ONE, 1);
    state.clear();
    await wait(1000);
    expect(said).toEqual({ host: [], user: [] });
  });

  test("guards whatever it has yet to say", () => {
    const { publisher, room } = open();
    publisher.peopleChanged();
    expect([room.guards, publisher.isPending]).toEqual([1, true]);
  });

  test("has more for the hosts with their counts", async () => {
    const { publisher, room, said } = open();
    room.moreForHosts = [{ type: "bursts", bursts: [] }];
    publisher.schedule();
    await wait(1000);
    expect(said.host.at(-1)).toEqual({ type: "bursts", bursts: [] });
    expect(said.user.some(({ type }) => type === "bursts")).toBe(false);
  });

  test("forgets with a restart what it was about to say", async () => {
    const { publisher, counts, count, take } = open();
    publisher.schedule();
    await wait(1000);
    [take("host"), take("user")];
    count(ONE, 1);
    counts.startOver();
    publisher.startOver();
    await wait(1000);
    expect([take("host"), take("user")]).toEqual([[], []]);
  });

  test("gives every change a number that grows, also while the clock stands still or was put back", () => {
    const { publisher, count } = open();
    const numbers = [publisher.number];
    const note = () => numbers.push(publisher.number);
    count(ONE, 1);
    note();
    publisher.peopleChanged();
    note();
    vi.setSystemTime(NOW - 60_000);
    publisher.startOver();
    note();
    expect(numbers).toEqual([0, NOW, NOW + 1, NOW + 2]);
  });

  test("passes on as the whole only what it knows to be the whole", () => {
    const { publisher, count, room } = open();
    count(ONE, 1);
    count(TWO, 2);
    expect(publisher.getUpdate("whole")).toMatchObject({
      isWhole: true,
      topics: { [ONE]: { x: 1 }, [TWO]: { x: 2 } },
      total: 3,
    });
    expect(publisher.getUpdate([ONE])).toMatchObject({
      isWhole: false,
      topics: { [ONE]: { x: 1 } },
      total: 3,
    });
    room.isComplete = false;
    expect(publisher.getUpdate("whole")).toMatchObject({ isWhole: false, topics: {} });
  });
});

describe("how many people there are", () => {
  /** So many are there from now on. */
  const gather = async (room: ReturnType<typeof open>, people: number, ms = 1000) => {
    room.room.people = people;
    room.publisher.peopleChanged();
    await wait(ms);
  };

  test("is said to all when it has changed, and only then", async () => {
    const room = open();
    await gather(room, 3);
    await gather(room, 3);
    room.room.peopleBelow = 2;
    await gather(room, 3);
    expect([room.takePeople("host"), room.takePeople("user")]).toEqual([
      [3, 5],
      [3, 5],
    ]);
  });

  test("is no news every second in a crowd: users hear it every five seconds, hosts at once", async () => {
    const room = open();
    await gather(room, LIMITS.crowd + 1, 5000);
    expect(room.takePeople("user")).toEqual([LIMITS.crowd + 1]);
    room.takePeople("host");
    for (let people = 200; people < 210; people++) await gather(room, people);
    expect(room.takePeople("user")).toHaveLength(2);
    expect(room.takePeople("host")).toHaveLength(10);
  });

  test("is what the others in a crowd have heard last, to a user who comes in; a host hears how it is", async () => {
    const room = open();
    await gather(room, 150);
    await gather(room, 160);
    expect([room.publisher.countPeopleFor("user"), room.publisher.countPeopleFor("host")]).toEqual([
      150, 160,
    ]);
  });

  test("that a newcomer alone has heard is put right with the next turn, also where the others know it", async () => {
    const room = open();
    await gather(room, 2);
    room.takePeople("user");
    room.room.people = 3;
    expect(room.publisher.countPeopleFor("user")).toBe(3);
    room.room.people = 2;
    room.publisher.schedule();
    await wait(1000);
    expect(room.takePeople("user")).toEqual([2]);
  });

  test("has a new number whenever users are to hear another one", () => {
    const { publisher, room } = open();
    publisher.countPeopleFor("user");
    const { number } = publisher;
    publisher.countPeopleFor("user");
    expect(publisher.number).toBe(number);
    room.people = 2;
    publisher.countPeopleFor("user");
    expect(publisher.number).toBeGreaterThan(number);
  });

  test("is not passed on while nobody knows it", () => {
    const { publisher, room } = open();
    room.isComplete = false;
    expect([publisher.countPeopleFor("user"), publisher.getUpdate([]).people]).toEqual([1, undefined]);
    publisher.completed();
    expect(publisher.getUpdate([]).people).toBe(1);
  });
});

describe("a room below", () => {
  const createUpdate = (more: Partial<CountsUpdate> = {}): CountsUpdate => ({
    epoch: NOW,
    number: 10,
    isWhole: true,
    topics: { [ONE]: { x: 3 } },
    total: 3,
    people: 7,
    ...more,
  });

  test("tells its parent at once, then every 250 ms, and its users nothing of it", async () => {
    const { count, room, said } = open(false);
    for (let reactions = 1; reactions <= 9; reactions++) {
      count(ONE, reactions);
      await wait(50);
    }
    expect([room.reports, said]).toEqual([2, { host: [], user: [] }]);
    await wait(250);
    expect([room.reports, vi.getTimerCount()]).toEqual([3, 0]);
  });

  test("goes on until its parent has heard it", async () => {
    const { publisher, count, room } = open(false);
    room.isOut = true;
    count(ONE, 1);
    await wait(2000);
    expect([room.reports, publisher.isPending]).toEqual([0, true]);
    room.isOut = false;
    await wait(250);
    expect([room.reports, publisher.isPending]).toEqual([1, false]);
  });

  test("says what comes from its parent: everything first, then changes, and people when they have changed", () => {
    const { publisher, said, below } = open(false);
    publisher.apply(createUpdate());
    publisher.apply(createUpdate({ number: 11, isWhole: false, topics: { [TWO]: { x: 1 } }, total: 4 }));
    publisher.apply(createUpdate({ number: 12, isWhole: false, topics: {}, people: 8 }));
    expect(said.user).toEqual([
      { type: "reactions", pages: { "1": { x: 3 } }, total: 3, whole: true },
      { type: "presence", participants: 7 },
      { type: "reactions", pages: { "2": { x: 1 } }, total: 4 },
      { type: "presence", participants: 8 },
    ]);
    expect(below).toEqual(["whole", [TWO], []]);
  });

  test("says changes also before it has heard the whole, which then comes first of all", () => {
    const { publisher, take } = open(false);
    publisher.apply(createUpdate({ isWhole: false }));
    publisher.apply(createUpdate({ number: 11, topics: { [TWO]: { x: 1 } }, total: 1 }));
    expect(take("user").map(({ whole, pages }) => [whole, pages])).toEqual([
      [undefined, { "1": { x: 3 } }],
      [true, { "2": { x: 1 } }],
    ]);
  });

  test("says what a later whole update names no more: its counts are gone, here and below", () => {
    const { publisher, said, below, counts } = open(false);
    publisher.apply(createUpdate());
    publisher.apply(createUpdate({ number: 11, topics: {}, total: 0 }));
    expect(said.user.at(-1)).toEqual({ type: "reactions", pages: { "1": {} }, total: 0 });
    expect([below, counts.everywhere.toJSON()]).toEqual([["whole", ["reaction:1"]], {}]);
  });

  test("changes nothing for an update that is older than what it has, and takes the same one again", () => {
    const { publisher, counts, take } = open(false);
    publisher.apply(createUpdate());
    publisher.apply(createUpdate({ number: 9, topics: { [ONE]: { x: 1 } }, total: 1 }));
    expect([counts.everywhere.toJSON(), publisher.number, publisher.total]).toEqual([
      { [ONE]: { x: 3 } },
      10,
      3,
    ]);
    publisher.apply(createUpdate());
    expect(take("user").map(({ total }) => total)).toEqual([3, 3]);
  });

  test("tells the rooms below also of counts that none of its users is to hear", () => {
    const { publisher, take, below } = open(false);
    publisher.apply(createUpdate());
    take("user");
    publisher.apply(createUpdate({ number: 11, isWhole: false, topics: { "vote:a": { "1": 1 } } }));
    expect([take("user"), below]).toEqual([[], ["whole", ["vote:a"]]]);
  });

  test("keeps the number of people where the parent does not know it", () => {
    const { publisher } = open(false);
    publisher.apply(createUpdate());
    publisher.apply(createUpdate({ number: 11, people: undefined }));
    expect([publisher.getUpdate([]).people, publisher.countPeopleFor("user")]).toEqual([7, 7]);
  });

  test("gives no numbers of its own", () => {
    const { publisher, count } = open(false);
    count(ONE, 1);
    publisher.peopleChanged();
    publisher.startOver();
    expect(publisher.number).toBe(0);
  });

  test("passes nothing on as the whole before it has heard the whole itself, and nothing of its own", () => {
    const { publisher, count } = open(false);
    count(TWO, 9);
    publisher.apply(createUpdate({ isWhole: false }));
    expect(publisher.getUpdate("whole")).toMatchObject({ isWhole: false, topics: {} });
    publisher.apply(createUpdate());
    expect(publisher.getUpdate("whole")).toMatchObject({ isWhole: true, topics: { [ONE]: { x: 3 } } });
  });

  test("that was erased takes what comes, however low its number", () => {
    const { publisher } = open(false);
    publisher.apply(createUpdate());
    publisher.clear();
    expect([publisher.number, publisher.getUpdate([]).people]).toEqual([0, undefined]);
    publisher.apply(createUpdate({ number: 1 }));
    expect(publisher.number).toBe(1);
  });
});

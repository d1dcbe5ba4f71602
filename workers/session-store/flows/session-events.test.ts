import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getVoteTopic } from "../../../shared/interactions/question/topic.ts";
import { getPageTopic } from "../../../shared/interactions/reaction/topic.ts";
import { answered, openBoard as openActivities } from "../interactions/activity/test-activities.ts";
import { ada, openBoard as openQuestions } from "../interactions/question/test-questions.ts";
import { RoomCounts } from "../room-counts.ts";
import { SessionExpiry } from "../session-expiry.ts";
import { SharedTimer } from "../shared-timer.ts";
import { beginSession, NOW, restart } from "../test-session.ts";
import { MemoryStorage } from "../test-storage.ts";
import { SessionEvents } from "./session-events.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const PAGE = getPageTopic("1.0");

/** A root over real parts, and who is there. */
function create(storage = new MemoryStorage(), isRoot = true) {
  const room = { people: 0, isComplete: true, isOut: false, guarded: 0 };
  const state = beginSession(undefined, storage.kv);
  const counts = new RoomCounts(true);
  const activities = openActivities(storage.kv);
  const questions = openQuestions(storage.sql, storage.kv);
  const build = () =>
    new SessionEvents({
      isRoot,
      storage,
      state,
      counts,
      activities: activities.board,
      questions: questions.board,
      expiry: new SessionExpiry(storage.kv),
      pace: { burst: 20, perSecond: 5 },
      countPeople: () => room.people,
      hasRoomsBelow: () => false,
      isComplete: () => room.isComplete,
      becomeComplete: async () => {
        if (room.isOut) throw new Error("out");
        room.isComplete = true;
      },
      guard: () => room.guarded++,
      announce: () => {},
      timer: new SharedTimer(),
    });
  const root = { events: build() };
  const next = () => vi.advanceTimersByTimeAsync(1000);
  /** All that is kept, without what every event has. */
  const list = async () => {
    const read = await root.events.read(0, 1000);
    if ("code" in read) throw new Error(read.code);
    return read.events.map(({ number: _n, at: _a, depth, ...event }) =>
      depth ? { ...event, depth } : event,
    );
  };
  /** The ledger has counted so many reactions of page 1.0. */
  const count = (reactions: Record<string, number>, topic = PAGE) =>
    root.events.countsChanged(counts.replaceOwn({ [topic]: reactions }));
  const live = (again: () => void = () => {}) => {
    root.events = build();
    again();
  };
  return { ...root, root, room, storage, state, counts, activities, questions, next, list, count, live };
}

async function watched() {
  const created = create();
  await created.events.watch(true);
  return created;
}

describe("where nobody watches", () => {
  test("nothing is kept, no timer runs, and nothing is stored", async () => {
    const { events, count, list, room, storage, activities } = create();
    count({ "👏": 1 });
    events.peopleChanged();
    events.note({ event: "page", page: "2" });
    events.activitiesChanged(activities.write("poll"));
    events.resume();
    expect([vi.getTimerCount(), room.guarded]).toEqual([0, 0]);
    expect(await list()).toEqual([]);
    expect(storage.sql.exec("SELECT name FROM sqlite_master").toArray()).toEqual([]);
  });

  test("a room below keeps nothing either, though it knows that the session is watched", async () => {
    const { events, state, count, room } = create(new MemoryStorage(), false);
    state.change({ isWatched: true }, NOW);
    count({ "👏": 1 });
    events.note({ event: "ended" });
    expect([vi.getTimerCount(), room.guarded]).toEqual([0, 0]);
  });
});

describe("watching", () => {
  test("tells of what happens from there on, and not of what there was", async () => {
    const { events, list, next, count, room, activities, questions } = create();
    count({ "👏": 7 });
    room.people = 3;
    activities.write("poll");
    activities.open("poll");
    questions.add();
    expect(await events.watch(true)).toEqual({ epoch: NOW });
    events.resume();
    await next();
    expect(await list()).toEqual([]);
    count({ "👏": 8 });
    await next();
    expect(await list()).toEqual([{ event: "reactions", page: "1.0", reaction: "👏", count: 8, before: 7 }]);
  });

  test("is refused where there is no session, or a room has yet to say what it has", async () => {
    const { events, room, state } = create();
    Object.assign(room, { isComplete: false, isOut: true });
    expect(await events.watch(true)).toMatchObject({ code: "unavailable" });
    expect(state.facts?.isWatched).toBeUndefined();
    state.clear();
    expect(await events.watch(true)).toMatchObject({ code: "session_not_found" });
    expect(await events.read(0, 1)).toMatchObject({ code: "session_not_found" });
  });

  test("no more erases what is kept; and again, goes on with the next number", async () => {
    const { events, list } = await watched();
    events.note({ event: "page", page: "2" });
    await events.watch(false);
    events.note({ event: "page", page: "3" });
    expect(await list()).toEqual([]);
    await events.watch(true);
    events.note({ event: "page", page: "4" });
    expect(await events.read(0, 9)).toMatchObject({ events: [{ number: 2, page: "4" }] });
  });

  test("twice is watching once", async () => {
    const { events, list } = await watched();
    events.note({ event: "page", page: "2" });
    expect(await events.watch(true)).toEqual({ epoch: NOW });
    expect(await list()).toHaveLength(1);
  });
});

describe("what is counted", () => {
  test("is an event at most once a second for each reaction that changed, as so many so far", async () => {
    const { count, list, next } = await watched();
    for (let total = 1; total <= 50; total++) count({ "👏": total, "❓": 1 });
    await next();
    for (let total = 51; total <= 90; total++) count({ "👏": total, "❓": 1 });
    await next();
    expect(await list()).toEqual([
      { event: "reactions", page: "1.0", reaction: "👏", count: 50, before: 0 },
      { event: "reactions", page: "1.0", reaction: "❓", count: 1, before: 0 },
      { event: "reactions", page: "1.0", reaction: "👏", count: 90, before: 50 },
    ]);
  });

  test("and is taken out of the counts is told as well", async () => {
    const { count, list, next } = await watched();
    count({ "👏": 3 });
    await next();
    count({});
    await next();
    expect((await list()).at(-1)).toEqual({
      event: "reactions",
      page: "1.0",
      reaction: "👏",
      count: 0,
      before: 3,
    });
  });

  test("of words called like what every object has is told like others", async () => {
    const { count, list, next } = await watched();
    count({ constructor: 2, __proto__x: 1 });
    await next();
    expect(await list()).toMatchObject([
      { reaction: "constructor", count: 2 },
      { reaction: "__proto__x", count: 1 },
    ]);
  });

  test("and not told when the room died, its next life tells; and nothing that was told", async () => {
    const { root, counts, count, list, next, live, room } = await watched();
    count({ "👏": 3 });
    await next();
    root.events.save();
    count({ "👏": 4, "❓": 2 });
    expect(root.events.isPending).toBe(true);
    vi.clearAllTimers();
    live(() => {
      // A room that wakes hears all counts anew.
      root.events.countsChanged([...counts.everywhere.topics()]);
      root.events.resume();
    });
    expect(room.guarded).toBeGreaterThan(0);
    await next();
    expect(await list()).toEqual([
      { event: "reactions", page: "1.0", reaction: "👏", count: 3, before: 0 },
      { event: "reactions", page: "1.0", reaction: "👏", count: 4, before: 3 },
      { event: "reactions", page: "1.0", reaction: "❓", count: 2, before: 0 },
    ]);
  });

  test("is saved in one row when the guard rings, and before anybody reads it", async () => {
    const { events, count, list, next, storage } = await watched();
    const rows = () => storage.sql.exec("SELECT last FROM events").toArray();
    for (let total = 1; total <= 3; total++) {
      count({ "👏": total });
      await next();
    }
    expect([events.isPending, rows()]).toEqual([true, []]);
    events.save();
    expect([events.isPending, rows()]).toEqual([false, [{ last: 3 }]]);
    count({ "👏": 4 });
    await next();
    expect(await list()).toHaveLength(4);
    expect(events.isPending).toBe(false);
  });

  test("and not saved when the room died, its next life tells at once, under numbers that nobody has heard", async () => {
    const { root, count, list, next, live } = await watched();
    count({ "👏": 1 });
    await next();
    root.events.save();
    for (const total of [3, 5]) {
      count({ "👏": total });
      await next();
    }
    vi.clearAllTimers();
    live(() => root.events.resume());
    await next();
    expect(await list()).toMatchObject([
      { count: 1, before: 0 },
      { count: 5, before: 1 },
    ]);
    expect(await root.events.read(1, 9)).toMatchObject({ events: [{ number: 2, count: 5 }] });
  });

  test("is saved with what somebody does after it, in this order", async () => {
    const { root, count, list, next, live } = await watched();
    for (const total of [1, 2]) {
      count({ "👏": total });
      await next();
    }
    root.events.note({ event: "page", page: "2" });
    vi.clearAllTimers();
    live();
    expect(await list()).toMatchObject([{ count: 1 }, { count: 2 }, { event: "page" }]);
  });

  test("that could not be saved is saved later", async () => {
    const { events, count, list, next, storage } = await watched();
    const { transactionSync } = storage;
    vi.spyOn(storage, "transactionSync").mockImplementationOnce((work) =>
      transactionSync.call(storage, () => {
        work();
        throw new Error("the disk is full");
      }),
    );
    count({ "👏": 3 });
    await next();
    expect(() => events.save()).toThrow("full");
    expect(events.isPending).toBe(true);
    expect(storage.sql.exec("SELECT last FROM events").toArray()).toEqual([]);
    count({ "👏": 4 });
    await next();
    expect(await list()).toMatchObject([
      { count: 3, before: 0 },
      { count: 4, before: 3 },
    ]);
  });

  test("waits until every room has said what it has", async () => {
    const { count, list, next, room } = await watched();
    Object.assign(room, { isComplete: false, isOut: true });
    count({ "👏": 3 });
    await next();
    await next();
    expect(await list()).toEqual([]);
    room.isOut = false;
    await next();
    expect(await list()).toEqual([{ event: "reactions", page: "1.0", reaction: "👏", count: 3, before: 0 }]);
  });

  test("is how many people there are, when that changes, once a second", async () => {
    const { events, list, next, room } = await watched();
    for (const people of [1, 2, 3]) {
      room.people = people;
      events.peopleChanged();
    }
    await next();
    room.people = 4;
    events.peopleChanged();
    room.people = 3;
    events.peopleChanged();
    await next();
    expect(await list()).toEqual([{ event: "people", people: 3 }]);
  });
});

describe("an activity", () => {
  test("is opened, closed and revealed", async () => {
    const { events, list, activities } = await watched();
    events.activitiesChanged(activities.write("poll"));
    events.activitiesChanged(activities.open("poll"));
    events.activitiesChanged(activities.close("poll"));
    events.activitiesChanged(activities.close("poll", { revealed: true }));
    events.activitiesChanged(activities.board.setHidden(activities.read("poll"), "x", true, NOW));
    events.activitiesChanged(activities.open("poll", { newRound: true, revealed: false }));
    expect(await list()).toEqual([
      { event: "activity", activity: "poll", status: "open", round: 1 },
      { event: "activity", activity: "poll", status: "closed", round: 1 },
      { event: "activity", activity: "poll", status: "revealed", round: 1 },
      { event: "activity", activity: "poll", status: "open", round: 2 },
    ]);
  });

  test("closed and revealed at once was closed first", async () => {
    const { events, list, activities } = await watched();
    activities.write("poll");
    events.activitiesChanged(activities.open("poll"));
    events.activitiesChanged(activities.close("poll", { revealed: true }));
    expect((await list()).slice(1)).toMatchObject([{ status: "closed" }, { status: "revealed" }]);
  });

  test("that is open tells how many have answered, of how many who are there", async () => {
    const { events, list, next, room, counts, activities } = await watched();
    activities.write("poll");
    events.activitiesChanged(activities.open("poll"));
    room.people = 10;
    events.peopleChanged();
    await next();
    events.countsChanged(counts.replaceOwn({ [activities.topicOf("poll")]: answered(8, { a: 8 }) }));
    await next();
    // Who leaves without an answer raises the share.
    room.people = 8;
    events.peopleChanged();
    await next();
    expect((await list()).slice(1)).toEqual([
      { event: "people", people: 10 },
      { event: "answers", activity: "poll", round: 1, answered: 8, people: 10 },
      { event: "answers", activity: "poll", round: 1, answered: 8, people: 8 },
      { event: "people", people: 8 },
    ]);
  });

  test("tells answers that came before it was closed, and then no more of who comes and goes", async () => {
    const { events, list, next, room, counts, activities } = await watched();
    activities.write("poll");
    events.activitiesChanged(activities.open("poll"));
    events.countsChanged(counts.replaceOwn({ [activities.topicOf("poll")]: answered(5, { a: 5 }) }));
    events.activitiesChanged(activities.close("poll"));
    await next();
    room.people = 9;
    events.peopleChanged();
    await next();
    expect((await list()).map(({ event }) => event)).toEqual(["activity", "activity", "answers", "people"]);
  });

  test("that a flow has opened closes by itself as deep as it was opened; and a person's does not", async () => {
    const { events, list, activities } = await watched();
    activities.write("poll");
    events.causedBy(2, () => events.activitiesChanged(activities.open("poll", { seconds: 5 })));
    events.causedBy("clock", () => events.activitiesChanged(activities.board.closeDue(NOW + 60_000)));
    events.activitiesChanged(activities.open("poll", { seconds: 5 }, NOW + 61_000));
    events.causedBy("clock", () => events.activitiesChanged(activities.board.closeDue(NOW + 120_000)));
    expect(await list()).toEqual([
      { event: "activity", activity: "poll", status: "open", round: 1, depth: 2 },
      { event: "activity", activity: "poll", status: "closed", round: 1, depth: 2 },
      { event: "activity", activity: "poll", status: "open", round: 1 },
      { event: "activity", activity: "poll", status: "closed", round: 1 },
    ]);
  });
});

describe("a question", () => {
  test("that waits for a moderator is told without its text, and with it once it is published", async () => {
    const { events, list, questions } = await watched();
    const asked = questions.board.add({ author: ada, request: "1", text: "Why?", status: "pending" }, NOW);
    events.questionsChanged(asked);
    const id = asked.changed[0]?.id ?? "";
    events.questionsChanged(questions.set(id, { status: "published" }));
    events.questionsChanged(questions.set(id, { status: "hidden" }));
    events.questionsChanged(questions.set(id, { status: "published" }));
    expect(await list()).toEqual([
      { event: "question", question: id, votes: 0, isNew: true },
      { event: "question", question: id, votes: 0, text: "Why?" },
    ]);
  });

  test("tells its votes, and nothing of it while it is hidden", async () => {
    const { events, list, next, counts, questions } = await watched();
    const asked = questions.board.add({ author: ada, request: "1", text: "Why?", status: "published" }, NOW);
    events.questionsChanged(asked);
    const id = asked.changed[0]?.id ?? "";
    const vote = (votes: number) =>
      events.countsChanged(counts.replaceOwn({ [getVoteTopic(id)]: { "1": votes } }));
    vote(2);
    vote(3);
    await next();
    questions.set(id, { status: "hidden" });
    vote(4);
    await next();
    expect((await list()).slice(1)).toEqual([{ event: "question", question: id, votes: 3, text: "Why?" }]);
  });

  test("that was withdrawn leaves nothing told", async () => {
    const { events, storage, questions } = await watched();
    const asked = questions.board.add({ author: ada, request: "1", text: "Why?", status: "published" }, NOW);
    events.questionsChanged(asked);
    events.questionsChanged(questions.board.remove(asked.changed[0]?.id ?? "", NOW));
    expect(storage.sql.exec("SELECT topic FROM told").toArray()).toEqual([]);
  });
});

describe("a restart", () => {
  test("begins the numbers anew, without events of the life before, and goes on being watched", async () => {
    const { events, state, counts, count, list, next } = await watched();
    count({ "👏": 3 });
    await next();
    events.note({ event: "page", page: "2" });
    count({ "👏": 4 });
    restart(state, NOW + 5000);
    events.startOver();
    counts.startOver();
    await next();
    expect(await list()).toEqual([]);
    count({ "👏": 1 });
    await next();
    expect(await events.read(0, 9)).toMatchObject({
      epoch: NOW + 5000,
      events: [{ number: 1, event: "reactions", count: 1 }],
    });
    // What was worked off before the restart was another one.
    await events.read(1, 9, NOW);
    count({ "👏": 2 });
    await next();
    expect(await list()).toHaveLength(2);
    await events.read(2, 9, NOW + 5000);
    count({ "👏": 3 });
    await next();
    expect(await list()).toHaveLength(1);
  });
});

test("with the events comes how the session stands", async () => {
  const { events, room, activities, state, count } = await watched();
  for (const id of ["draft", "open", "closed", "revealed"]) activities.write(id);
  activities.open("open");
  activities.open("closed");
  activities.close("closed");
  activities.open("revealed");
  activities.close("revealed", { revealed: true });
  room.people = 4;
  count({ "👏": 3 });
  count({ "❓": 4 }, getPageTopic("2.0"));
  state.change({ endedAt: NOW }, NOW);
  expect(await events.read(0, 1)).toMatchObject({
    more: false,
    now: {
      page: "0",
      people: 4,
      activities: ["draft", "open", "closed", "revealed"].map((id) => ({ id, status: id })),
      openedAt: NOW,
      hasEnded: true,
      reactions: 7,
      pace: { burst: 20, perSecond: 5 },
    },
  });
});

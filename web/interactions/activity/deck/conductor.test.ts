import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Activity, StatusChange } from "../../../../shared/interactions/activity/activity.ts";
import { Emitter } from "../../../client/emitter.ts";
import { RevintError } from "../../../client/error.ts";
import type { SessionEvents } from "../../../client/session.ts";
import { Conductor, type Desk } from "./conductor.ts";
import { type DeckActivity, readActivities } from "./deck-activity.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Longer than a deck has to rest, and than a request is put off. */
const REST = 1000;

/** A deck with an activity on each page, and the session it leads: which answers at once, unless it is told to wait. */
function createTalk(pages: Readonly<Record<string, Readonly<Record<string, string>>>> = {}) {
  const emitter = new Emitter<SessionEvents>();
  const held = new Map<string, Activity>();
  const asked: string[] = [];
  const trouble: string[][] = [];
  const waiting: (() => void)[] = [];
  const failures: { readonly what: string; readonly code: RevintError["code"] }[] = [];
  let isWaiting = false;
  let page = "0.0";
  let room = "0.0";

  const answer = async <T>(what: string, act: () => T): Promise<T> => {
    asked.push(what);
    if (isWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
    const failure = failures.findIndex((each) => each.what === what);
    if (failure >= 0) throw new RevintError(failures.splice(failure, 1)[0]?.code ?? "internal", "no");
    const result = act();
    emitter.emit("activities", [...held.values()]);
    return result;
  };
  const change = (id: string, { status, revealed, newRound }: StatusChange): Activity => {
    const known = held.get(id);
    if (!known) throw new RevintError("activity_not_found", "no such activity");
    const isNew = status === "open" && (known.round === 0 || newRound === true);
    const round = known.round + (isNew ? 1 : 0);
    const next = { ...known, status, round, revealed: revealed ?? (!isNew && known.revealed) };
    held.set(id, next);
    return next;
  };
  const desk = {
    ready: Promise.resolve(),
    isDriving: true as boolean,
    get state() {
      return { page: room, state: "", version: 1 };
    },
    get activities() {
      return [...held.values()];
    },
    listActivities: () => answer("list", () => [...held.values()]),
    putActivity: (id, definition) =>
      answer(`put ${id}`, () => {
        const standing = { status: "draft", round: 0, revealed: false, rounds: [] } as const;
        const written = { ...standing, ...held.get(id), ...definition, id } as Activity;
        held.set(id, written);
        return written;
      }),
    setActivity: (id, wanted) => answer(`${id} ${Object.values(wanted).join(" ")}`, () => change(id, wanted)),
    on: (name, listener) => emitter.on(name, listener),
  } satisfies Desk;

  const markups = Object.entries({ poll: { page: "1.0" }, cloud: { page: "2.0" }, ...pages });
  const activities = readActivities(
    markups.map(([text, { page, ...attributes }]) => ({
      attributes: { text, ...attributes },
      items: [],
      heading: "What?",
      page,
    })),
  ).flatMap(({ activity }) => activity ?? []);

  return {
    asked,
    trouble,
    held,
    desk,
    activities,
    /** These requests fail, once for each code. */
    fail: (what: string, ...codes: readonly RevintError["code"][]) =>
      failures.push(...codes.map((code) => ({ what, code }))),
    /** From now on, requests are answered when told to. */
    wait: () => {
      isWaiting = true;
    },
    answerNext: () => {
      waiting.shift()?.();
      return vi.advanceTimersByTimeAsync(0);
    },
    tell: () => emitter.emit("activities", [...held.values()]),
    drive(isDriving: boolean, at = room) {
      desk.isDriving = isDriving;
      room = at;
      emitter.emit("driver", isDriving ? "host" : "somebody");
    },
    /** Another deck takes the room there. */
    moveRoom(to: string) {
      room = to;
      emitter.emit("state", { page: to, state: "", version: 2 });
    },
    lead(options: { readonly activities?: readonly DeckActivity[] } = {}) {
      const conductor = new Conductor({
        desk,
        activities: options.activities ?? activities,
        getPage: () => page,
        onTrouble: (all) => trouble.push([...all]),
      });
      return {
        conductor,
        /** Goes there, and stays for a moment. */
        async go(to: string, ms = REST) {
          page = to;
          conductor.move();
          await vi.advanceTimersByTimeAsync(ms);
        },
      };
    },
    take: () => asked.splice(0),
  };
}

describe("a deck that begins to lead", () => {
  test("writes what the session does not have yet, and nothing that it has", async () => {
    const first = createTalk();
    first.lead();
    await vi.advanceTimersByTimeAsync(REST);
    expect(first.take()).toEqual(["list", "put poll", "put cloud"]);

    const again = createTalk();
    for (const [id, activity] of first.held) again.held.set(id, activity);
    const other = again.held.get("cloud");
    if (other) again.held.set("cloud", { ...other, prompt: "Who?" });
    again.lead();
    await vi.advanceTimersByTimeAsync(REST);
    expect(again.take()).toEqual(["list", "put cloud"]);
  });

  test("finds what is open after a reload, and asks for nothing twice", async () => {
    const talk = createTalk();
    const { conductor, go } = talk.lead();
    await go("1.0");
    expect(talk.take()).toContain("poll open");
    conductor.stop();
    talk.moveRoom("1.0");
    talk.lead();
    await vi.advanceTimersByTimeAsync(10 * REST);
    expect(talk.take()).toEqual(["list"]);
    expect(talk.held.get("poll")).toMatchObject({ status: "open", round: 1 });
  });

  test("opens nothing before it knows what was closed already", async () => {
    const talk = createTalk();
    const { conductor, go } = talk.lead();
    await go("1.0");
    conductor.ask();
    await vi.advanceTimersByTimeAsync(REST);
    conductor.stop();
    talk.take();
    const known = [...talk.held.values()];
    talk.fail("list", "network", "network");
    const again = talk.lead();
    await again.go("1.0", 60_000);
    expect(talk.take()).toEqual(["list", "list", "list"]);
    expect([...talk.held.values()]).toEqual(known);
  });

  test("tells the speaker what was not taken, and leaves that alone", async () => {
    const talk = createTalk();
    talk.fail("list", "unavailable");
    talk.fail("put poll", "conflict");
    const { conductor, go } = talk.lead();
    await vi.advanceTimersByTimeAsync(10 * REST);
    expect(talk.trouble).toEqual([[expect.stringMatching(/“poll” was answered before.*Clear the counts/)]]);
    talk.take();
    await go("1.0");
    conductor.ask();
    await go("2.0");
    expect(talk.take()).toEqual(["cloud open"]);
  });

  test("writes what was refused once the session begins again", async () => {
    const talk = createTalk();
    talk.fail("put poll", "conflict");
    const { go } = talk.lead();
    await go("1.0");
    talk.take();
    for (const { id, definition } of talk.activities) {
      talk.held.set(id, {
        ...definition,
        id,
        status: "draft",
        round: 0,
        revealed: false,
        rounds: [],
      } as Activity);
    }
    talk.tell();
    await vi.advanceTimersByTimeAsync(REST);
    expect(talk.take()).toEqual(["put poll", "poll open"]);
    expect(talk.trouble.at(-1)).toEqual([]);
  });
});

describe("a slide", () => {
  test("opens its activity when it is reached, and closes it when it is left", async () => {
    const talk = createTalk();
    const { go } = talk.lead();
    await go("0.0");
    talk.take();
    await go("1.0");
    await go("2.0");
    await go("0.0");
    expect(talk.take()).toEqual(["poll open", "poll closed", "cloud open", "cloud closed"]);
  });

  test("that is only passed opens nothing", async () => {
    const talk = createTalk();
    const { go } = talk.lead();
    await go("0.0");
    talk.take();
    for (const page of ["1.0", "2.0", "1.0", "2.0", "3.0"]) await go(page, 100);
    await vi.advanceTimersByTimeAsync(REST);
    expect(talk.take()).toEqual([]);
  });

  test("that was left by a slip goes on where it was; later it stays closed", async () => {
    const talk = createTalk();
    const { go } = talk.lead();
    await go("1.0");
    await go("2.0");
    talk.take();
    await go("1.0");
    expect(talk.take()).toEqual(["cloud closed", "poll open"]);
    expect(talk.held.get("poll")?.round).toBe(1);
    await go("0.0", 60_000);
    talk.take();
    await go("1.0");
    expect(talk.take()).toEqual([]);
  });

  test("whose activity was closed by hand leaves it closed", async () => {
    const talk = createTalk();
    const { conductor, go } = talk.lead();
    await go("1.0");
    conductor.ask();
    await go("0.0");
    talk.take();
    await go("1.0");
    expect(talk.take()).toEqual([]);
  });

  test("may say that only the key opens it, and that it stays open", async () => {
    const talk = createTalk({ poll: { page: "1.0", open: "key" }, cloud: { page: "2.0", stay: "" } });
    const { conductor, go } = talk.lead();
    await go("1.0");
    expect(talk.take()).not.toContain("poll open");
    conductor.ask();
    await go("2.0");
    await go("3.0");
    expect(talk.take()).toEqual(["poll open", "poll closed", "cloud open"]);
  });

  test("is asked anew when the session begins again while it is shown", async () => {
    const talk = createTalk();
    const { go } = talk.lead();
    await go("1.0");
    talk.take();
    for (const [id, activity] of talk.held) talk.held.set(id, { ...activity, status: "draft", round: 0 });
    talk.tell();
    await vi.advanceTimersByTimeAsync(REST);
    expect(talk.take()).toEqual(["poll open"]);
  });

  test("whose activity somebody has deleted writes it again when it is reached, and not before", async () => {
    const talk = createTalk();
    const { go } = talk.lead();
    await go("1.0");
    talk.take();
    talk.held.delete("poll");
    talk.tell();
    await vi.advanceTimersByTimeAsync(REST);
    expect(talk.take()).toEqual([]);
    await go("0.0", 60_000);
    await go("1.0");
    expect(talk.take()).toEqual(["poll open", "put poll", "poll open"]);
  });
});

describe("by hand", () => {
  test("one key opens and closes, one reveals and hides, and one asks once more", async () => {
    const talk = createTalk();
    const { conductor, go } = talk.lead();
    await go("1.0");
    talk.take();
    const press = async (key: "ask" | "reveal" | "askAgain") => {
      conductor[key]();
      await vi.advanceTimersByTimeAsync(0);
    };
    await press("ask");
    await press("ask");
    await press("reveal");
    await press("reveal");
    await press("askAgain");
    expect(talk.take()).toEqual([
      "poll closed",
      "poll open",
      "poll closed true",
      "poll closed false",
      "poll open true",
    ]);
    expect(talk.held.get("poll")).toMatchObject({ status: "open", round: 2, revealed: false });
  });

  test("what nobody was asked yet can't be revealed", async () => {
    const talk = createTalk({ poll: { page: "1.0", open: "key" } });
    const { conductor, go } = talk.lead();
    await go("1.0");
    talk.take();
    conductor.reveal();
    conductor.show(["poll"], true);
    await vi.advanceTimersByTimeAsync(0);
    expect(talk.take()).toEqual([]);
  });
});

describe("requests", () => {
  test("go one at a time, and of several wishes the last one counts", async () => {
    const talk = createTalk();
    const { conductor, go } = talk.lead();
    await go("1.0");
    talk.take();
    talk.wait();
    for (let press = 0; press < 6; press++) conductor.ask();
    expect(talk.take()).toEqual(["poll closed"]);
    await talk.answerNext();
    expect(talk.take()).toEqual(["poll open"]);
    await talk.answerNext();
    expect(talk.take()).toEqual([]);
    expect(talk.held.get("poll")).toMatchObject({ status: "open", round: 1 });
  });

  test("that got no answer are made again, unless something else is wished by now", async () => {
    const talk = createTalk();
    const { go } = talk.lead();
    await go("0.0");
    talk.take();
    talk.fail("poll open", "network", "unavailable");
    await go("1.0", 60_000);
    expect(talk.take()).toEqual(["poll open", "poll open", "poll open"]);
    talk.fail("poll closed", "network");
    await go("2.0", 700);
    talk.take();
    await go("0.0", 60_000);
    expect(talk.held.get("poll")?.status).toBe("closed");
    expect(talk.held.get("cloud")?.status ?? "draft").not.toBe("open");
  });

  test("for a next round that were done without an answer are not made again", async () => {
    const talk = createTalk();
    const { conductor, go } = talk.lead();
    await go("1.0");
    talk.take();
    talk.fail("poll open true", "network");
    conductor.askAgain();
    await vi.advanceTimersByTimeAsync(0);
    const known = talk.held.get("poll");
    if (known) talk.held.set("poll", { ...known, round: 2 });
    talk.tell();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(talk.take()).toEqual(["poll open true"]);
    expect(talk.held.get("poll")?.round).toBe(2);
  });

  test("for a next round while the first one is being opened are one for the second", async () => {
    const talk = createTalk();
    const { conductor, go } = talk.lead();
    await go("0.0");
    talk.take();
    talk.wait();
    await go("1.0");
    conductor.askAgain();
    conductor.askAgain();
    await talk.answerNext();
    await talk.answerNext();
    expect(talk.take()).toEqual(["poll open", "poll open true"]);
    expect(talk.held.get("poll")?.round).toBe(2);
  });

  test("that are refused are told, and the others go on", async () => {
    const talk = createTalk();
    const { conductor, go } = talk.lead();
    await go("1.0");
    talk.fail("poll closed", "too_many_activities");
    conductor.ask();
    await vi.advanceTimersByTimeAsync(REST);
    expect(talk.trouble.at(-1)).toEqual([expect.stringContaining("“poll” stays as it is")]);
    talk.take();
    conductor.ask();
    await vi.advanceTimersByTimeAsync(REST);
    expect(talk.take()).toEqual(["poll closed"]);
    expect(talk.trouble.at(-1)).toEqual([]);
  });
});

describe("who does not drive", () => {
  test("asks for nothing; and who takes over closes what the driver before has left", async () => {
    const talk = createTalk();
    talk.drive(false);
    const { conductor, go } = talk.lead();
    await go("1.0");
    conductor.ask();
    conductor.askAgain();
    conductor.show(["poll"], true);
    await vi.advanceTimersByTimeAsync(REST);
    expect(talk.take()).toEqual([]);
    // The driver is on page 1, and this deck has looked ahead.
    const other = createTalk();
    const led = other.lead();
    await led.go("1.0");
    other.drive(false);
    other.moveRoom("1.0");
    await led.go("2.0");
    other.take();
    other.drive(true);
    await vi.advanceTimersByTimeAsync(REST);
    expect(other.take()).toEqual(["poll closed", "cloud open"]);
  });
});

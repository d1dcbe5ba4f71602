import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { SessionTotals } from "../../shared/protocol/totals.schema.ts";
import { call, getLedgerOf, getRoomOf, host, join, nameUser, openSession } from "./test-client.ts";

let ids = 0;
const react = (session: string, page: string, reaction: string, participant = nameUser(), id = `${++ids}`) =>
  getRoomOf(session, Number.parseInt(participant.slice(1, 5), 36)).react(participant, { page, reaction, id });
const show = (session: string, page: string) => getRoomOf(session).setState(host, { page, state: "s" });
const getTotals = async (session: string) => SessionTotals.parse(await getRoomOf(session).getTotals());
const RULES = { paused: false, reactions: null, pages: {}, publicResults: false };

describe("a session whose host named its reactions", () => {
  const NOT_ALLOWED = { code: "reaction_not_allowed" };

  test("takes these and no others, on pages its deck has shown", async () => {
    const session = await openSession({ reactions: ["👍", "❤\uFE0F"] });
    await show(session, "1.0");
    await show(session, "2.0");
    expect(await react(session, "1.0", "👍")).toBeNull();
    expect(await react(session, "2.0", "❤")).toBeNull();
    expect(await react(session, "2.0", "you are fired")).toMatchObject(NOT_ALLOWED);
    expect(await react(session, "3.0", "👍")).toMatchObject(NOT_ALLOWED);
    expect((await getTotals(session)).pages).toEqual({ "1.0": { "👍": 1 }, "2.0": { "❤\uFE0F": 1 } });
  });

  test("takes on pages that rules name what they name there, shown or not", async () => {
    const session = await openSession({ reactions: ["👍"] });
    await getRoomOf(session).setRules(host, { ...RULES, pages: { vote: ["A", "B"] } });
    expect(await react(session, "vote", "A")).toBeNull();
    expect(await react(session, "vote", "👍")).toMatchObject(NOT_ALLOWED);
    await show(session, "1.0");
    await getRoomOf(session).setRules(host, { ...RULES, reactions: ["👏"] });
    expect(await react(session, "1.0", "👏")).toBeNull();
    expect(await react(session, "1.0", "👍")).toMatchObject(NOT_ALLOWED);
    await getRoomOf(session).setRules(host, RULES);
    expect(await react(session, "1.0", "👍")).toBeNull();
  });

  test("is opened deliberately, by its rules or at its creation, and closed again", async () => {
    const session = await openSession({ reactions: ["👍"] });
    await getRoomOf(session).setRules(host, { ...RULES, anyReaction: true });
    expect(await react(session, "somewhere", "a word")).toBeNull();
    // A client that does not know of it leaves it as it is.
    await getRoomOf(session).setRules(host, RULES);
    expect(await react(session, "somewhere", "another word")).toBeNull();
    await getRoomOf(session).setRules(host, { ...RULES, anyReaction: false });
    expect(await react(session, "somewhere", "a word")).toMatchObject(NOT_ALLOWED);

    const open = await openSession({ reactions: ["👍"], anyReaction: true });
    expect(await react(open, "somewhere", "a word")).toBeNull();
  });

  test("takes reactions on every page that was shown in every room, also in one that slept through the states", async () => {
    const session = await openSession({ reactions: ["👍"], expectedAudience: 15 });
    await join(session);
    const below = nameUser(1);
    expect(await react(session, "0", "👍", below)).toBeNull();
    for (let page = 1; page <= 20; page++) await show(session, `${page}.0`);
    await evictDurableObject(getRoomOf(session, 1));
    for (const page of ["1.0", "7.0", "20.0"]) {
      await vi.waitFor(async () => expect(await react(session, page, "👍", nameUser(1))).toBeNull());
    }
  });

  test("forgets with a restart what was shown", async () => {
    const session = await openSession({ reactions: ["👍"], expectedAudience: 15 });
    await show(session, "1.0");
    expect(await react(session, "1.0", "👍", nameUser(1))).toBeNull();
    await openSession({ reactions: ["👍"], expectedAudience: 15 }, true, session);
    for (const room of [0, 1]) {
      expect(await react(session, "1.0", "👍", nameUser(room))).toMatchObject(NOT_ALLOWED);
    }
  });
});

describe("a session that was started without a list", () => {
  test("takes any words, on any page", async () => {
    const session = await openSession();
    expect(await react(session, "anywhere", "any words")).toBeNull();
  });

  test("counts two spellings of one reaction as one, in every room, as it was first sent", async () => {
    const session = await openSession({ expectedAudience: 15 });
    expect(await react(session, "1", "☕\uFE0F", nameUser(1))).toBeNull();
    expect(await react(session, "1", "☕", nameUser(2))).toBeNull();
    expect(await react(session, "1", "cafe\u0301", nameUser(2))).toBeNull();
    expect(await react(session, "1", "café", nameUser(1))).toBeNull();
    await vi.waitFor(async () => {
      expect((await getTotals(session)).pages).toEqual({ "1": { "☕\uFE0F": 2, "cafe\u0301": 2 } });
    });
  });
});

test("a reaction that the host offers is spelled as the host does, also where it came before its page was shown", async () => {
  const session = await openSession({ reactions: ["❤\uFE0F"], anyReaction: true, expectedAudience: 15 });
  expect(await react(session, "9", "❤", nameUser(1))).toBeNull();
  await show(session, "9");
  for (const spelling of ["❤", "❤\uFE0F"])
    expect(await react(session, "9", spelling, nameUser(2))).toBeNull();
  await vi.waitFor(async () => expect((await getTotals(session)).pages).toEqual({ "9": { "❤\uFE0F": 3 } }));
});

/** Names that every object has, but for the one that no page and no reaction may have. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__");

test("names that every object has are pages and reactions like any other", async () => {
  const session = await openSession({ expectedAudience: 15 });
  const watcher = await join(session);
  const expected: Record<string, Record<string, number>> = Object.create(null);
  for (const [index, name] of INHERITED.entries()) {
    for (const [page, reaction] of [
      [name, "👍"],
      ["1", name],
      [name, name],
    ] as const) {
      for (const room of [0, 1, 2]) expect(await react(session, page, reaction, nameUser(room))).toBeNull();
      expected[page] = { ...expected[page], [reaction]: 3 };
    }
    if (index % 4 === 0) await evictDurableObject(getRoomOf(session, index % 3));
  }
  const total = 9 * INHERITED.length;
  await vi.waitFor(async () => expect(await getTotals(session)).toMatchObject({ pages: expected, total }));
  await watcher.until(() => watcher.totals.total === total);
  expect(watcher.totals.toJSON()).toEqual(expected);
  const lists = await Promise.all(
    [0, 1, 2].map((room) =>
      getLedgerOf(session, room).list({ interaction: "reaction", limit: LIMITS.listPage }),
    ),
  );
  expect(lists.flatMap(({ entries }) => entries)).toHaveLength(total);
  expect(await getRoomOf(session).end(host)).toMatchObject({ pages: expected, total });
});

describe("kinds of reactions", () => {
  test("are not used up by what is not kept: one id used again", async () => {
    const session = await openSession();
    const participant = nameUser();
    expect(await react(session, "1", "x", participant, "mine")).toBeNull();
    // The participant's pace is not what is tested here.
    for (let attempt = 0; attempt < 15; attempt++) {
      expect(await react(session, "1", `other ${attempt}`, participant, "mine")).toMatchObject({
        code: "conflict",
      });
    }
    expect(await react(session, "1", "x", participant, "mine")).toBeNull();
    await runInDurableObject(getRoomOf(session), async (room) => {
      const epoch = await readEpoch(session);
      for (let kind = 0; kind < LIMITS.kinds - 1; kind++) {
        expect(await room.admitKind(epoch, "1", `k${kind}`)).toMatchObject({ isNew: true });
      }
      expect(await room.admitKind(epoch, "1", "more")).toBe("full");
    });
  });

  test("always have room for what is offered on a page that was shown", async () => {
    const session = await openSession();
    await exhaust(session);
    expect(await react(session, "1", "a word")).toMatchObject({ code: "too_many_kinds" });
    for (let page = 1; page <= 5; page++) {
      await show(session, `${page}.0`);
      expect(await react(session, `${page}.0`, "❤")).toBeNull();
      expect(await react(session, `${page}.0`, "👏")).toBeNull();
      expect(await react(session, `${page}.0`, "a word")).toMatchObject({ code: "too_many_kinds" });
    }
    expect((await getTotals(session)).pages["5.0"]).toEqual({ "❤\uFE0F": 1, "👏": 1 });
  });

  test("are not what the host's rules name, whatever one participant is the first to use of it", async () => {
    const session = await openSession({ reactions: ["👍"] });
    const questions = Array.from(
      { length: LIMITS.kindsPerParticipant + 5 },
      (_, index) => `question ${index}`,
    );
    const pages = Object.fromEntries(questions.map((page) => [page, ["A", "B"]]));
    await getRoomOf(session).setRules(host, { ...RULES, pages });
    const participant = nameUser();
    for (const page of questions) {
      // Their pace is another matter.
      await vi.waitFor(async () => expect(await react(session, page, "A", participant)).toBeNull(), {
        timeout: 20_000,
        interval: 200,
      });
    }
  });

  test("that one participant brings are so many", async () => {
    const session = await openSession();
    const client = await join(session);
    for (let kind = 0; kind < LIMITS.kindsPerParticipant; kind++)
      await client.react("1", `k${kind}`, `${kind}`);
    expect(await react(session, "1", "more", client.participant)).toMatchObject({ code: "too_many_kinds" });
    expect(await react(session, "1", "k3", client.participant)).toBeNull();
    expect(await react(session, "1", "another's")).toBeNull();
  });

  async function readEpoch(session: string): Promise<number> {
    return runInDurableObject(
      getRoomOf(session),
      (_, { storage }) => storage.kv.get<{ epoch: number }>("live")?.epoch ?? 0,
    );
  }

  /** As if many had brought all the kinds a session has room for. */
  async function exhaust(session: string): Promise<void> {
    const epoch = await readEpoch(session);
    await runInDurableObject(getRoomOf(session), async (room) => {
      for (let kind = 0; kind < LIMITS.kinds; kind++) await room.admitKind(epoch, "junk", `k${kind}`);
    });
  }
});

test("what hosts rule can be read by whoever knows fewer rules, and keeps what they leave out", async () => {
  const session = await openSession({ reactions: ["👍"] });
  await getRoomOf(session).setRules(host, { ...RULES, isClosed: true, joinsPerMinute: 7 });
  const body = JSON.stringify({ paused: true });
  const path = `/session/${session}/rules?role=host&participant=${host.participant}`;
  expect(await (await call(path, { method: "PATCH", body })).json()).toEqual({
    ...RULES,
    paused: true,
    anyReaction: false,
    isClosed: true,
    joinsPerMinute: 7,
    names: true,
    questions: "off",
  });
});

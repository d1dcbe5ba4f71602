import { describe, expect, test } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { SessionUpdate } from "./room-message.ts";
import { SessionState } from "./session-state.ts";
import { beginSession, changeRules, createFacts, NOW, nameUser, restart, show } from "./test-session.ts";
import { MemoryKv } from "./test-storage.ts";

const read = (state: SessionState): SessionUpdate => {
  if (!state.update) throw new Error("there is no session");
  return state.update;
};

/** Another life of the object, over what the one before has kept. */
function wake(storage: MemoryKv) {
  const state = new SessionState(storage);
  state.load((deck) => ["from the course", deck.page]);
  return state;
}

describe("the root", () => {
  test("knows in its next life what it knew in this one", () => {
    const storage = new MemoryKv();
    const state = beginSession(createFacts(), storage);
    show(state, "2", "a");
    changeRules(state, { paused: true });
    expect(wake(storage).update).toEqual(state.update);
    restart(state);
    expect(wake(storage).update).toEqual(state.update);
  });

  test("shows page 0 first, and each page once, in the order of the deck", () => {
    const state = beginSession();
    for (const page of ["2", "1", "2"]) show(state, page);
    expect([...state.shown]).toEqual(["0", "2", "1"]);
    expect(state.deck).toMatchObject({ page: "2", version: 3 });
  });

  test("remembers so many pages and no more, and is still wherever the deck is", () => {
    const state = beginSession();
    for (let page = 1; page <= LIMITS.shownPages; page++) show(state, `${page}`);
    expect(state.shown.size).toBe(LIMITS.shownPages);
    expect(state.deck?.page).toBe(`${LIMITS.shownPages}`);
    expect(state.shown.has(`${LIMITS.shownPages}`)).toBe(false);
  });

  test("reads the pages from elsewhere where they were stored before there was a list", () => {
    const storage = new MemoryKv();
    const state = beginSession(createFacts(), storage);
    storage.put("shown", undefined);
    expect([...wake(storage).shown]).toEqual(["from the course", "0"]);
    expect(state.shown.size).toBe(1);
  });

  test("reads what was stored before there were generations and younger rules", () => {
    const storage = new MemoryKv();
    const state = beginSession(createFacts(), storage);
    const { generation: _, ...facts } = read(state).facts;
    storage.put("facts", { ...facts, rules: { paused: true } });
    expect(wake(storage).facts).toMatchObject({
      generation: 0,
      rules: { paused: true, isClosed: false, pages: {} },
    });
  });

  test("numbers grow with every change, also while the clock stands still or was put back", () => {
    const state = beginSession();
    const revisions = [NOW, NOW, NOW - 5000].map((now) => {
      state.change({ blocked: [] }, now);
      return state.facts?.revision ?? 0;
    });
    expect(revisions).toEqual([NOW + 1, NOW + 2, NOW + 3]);
    restart(state, NOW - 5000);
    expect(state.epoch).toBe(NOW + 1);
    expect(state.deck).toMatchObject({ page: "0", state: "init", version: 1 });
    expect([...state.shown]).toEqual(["0"]);
  });

  test("says what it was before, and what kind of change it was", () => {
    const state = beginSession();
    const { facts } = state;
    expect(show(state, "1")).toEqual({ before: facts, isNewDeck: true, isRestart: false });
    expect(changeRules(state, { paused: true })).toEqual({
      before: facts,
      isNewDeck: false,
      isRestart: false,
    });
    expect(restart(state)).toMatchObject({ isNewDeck: true, isRestart: true });
  });
});

describe("a room below", () => {
  /** A root, and a room that has taken over all of it. */
  function follow() {
    const storage = new MemoryKv();
    const [root, room] = [beginSession(), new SessionState(storage)];
    room.adopt(read(root));
    return { root, room, storage };
  }

  test("takes over what is newer, keeps it, and says what differs", () => {
    const { root, room, storage } = follow();
    expect(room.update).toEqual(root.update);
    const before = room.facts;
    show(root, "1");
    expect(room.adopt(read(root))).toEqual({ before, isNewDeck: true, isRestart: false });
    restart(root);
    expect(room.adopt(read(root))).toMatchObject({ isNewDeck: true, isRestart: true });
    expect(wake(storage).update).toEqual(root.update);
  });

  test("takes nothing from an update that comes twice, or late", () => {
    const { root, room } = follow();
    const first = read(root);
    show(root, "1");
    changeRules(root, { paused: true });
    room.adopt(read(root));
    const change = room.adopt(first);
    expect(change).toEqual({ before: room.facts, isNewDeck: false, isRestart: false });
    expect(room.update).toEqual(root.update);
  });

  test("takes newer facts with a state that it has, and a newer state with facts that it has", () => {
    const { root, room } = follow();
    const first = read(root);
    changeRules(root, { paused: true });
    const paused = read(root);
    room.adopt({ ...paused, deck: first.deck });
    expect(room.facts?.rules.paused).toBe(true);
    show(root, "1");
    room.adopt({ ...read(root), facts: first.facts });
    expect([room.facts?.rules.paused, room.deck?.page]).toEqual([true, "1"]);
  });

  test("takes nothing at all of the time before a restart, whatever its numbers", () => {
    const { root, room } = follow();
    const late = read(root);
    restart(root);
    room.adopt(read(root));
    const facts = { ...late.facts, revision: Number.MAX_SAFE_INTEGER };
    expect(room.adopt({ ...late, facts, deck: { ...late.deck, version: 100 } })).toBeUndefined();
    expect(room.update).toEqual(root.update);
  });

  test("knows after a restart no page of before, also where it knew as many", () => {
    const { root, room } = follow();
    room.adopt({ ...read(root), deck: { ...read(root).deck, version: 1, page: "7" }, shown: ["7"] });
    restart(root);
    room.adopt(read(root));
    expect([...room.shown]).toEqual(["0"]);
  });

  test("hears the pages that it missed, also where it has the state already", () => {
    const { root, room, storage } = follow();
    const update = read(root);
    room.adopt({ ...update, shown: ["0", "5"] });
    expect([...room.shown]).toEqual(["0", "5"]);
    expect([...wake(storage).shown]).toEqual(["0", "5"]);
  });
});

test("a moment is over with a restart, and a life with an erasing", () => {
  const state = beginSession();
  const moment = state.capture();
  show(state, "1");
  expect([state.isCurrent(moment), state.isSameSession(moment)]).toEqual([true, true]);
  restart(state);
  expect([state.isCurrent(moment), state.isSameSession(moment)]).toEqual([false, true]);
  const later = state.capture();
  state.clear();
  expect([state.isCurrent(later), state.isSameSession(later)]).toEqual([false, false]);
  expect([state.facts, state.deck, state.epoch, state.update]).toEqual([undefined, undefined, 0, undefined]);
});

test("one that was erased and begins again is not taken for what it was, even at the same time", () => {
  const state = beginSession();
  const moment = state.capture();
  state.clear();
  state.begin(createFacts(), NOW, NOW);
  expect(state.isCurrent(moment)).toBe(false);
});

test("its version is another text whenever anything of it has changed", () => {
  const state = beginSession();
  const versions = [state.fingerprint];
  for (const change of [
    () => show(state, "1"),
    () => show(state, "1"),
    () => changeRules(state, { paused: true }),
    () => restart(state),
  ]) {
    change();
    versions.push(state.fingerprint);
  }
  expect(new Set(versions).size).toBe(5);
});

test("names of before everybody was sent out are refused, and no name is none", () => {
  const state = beginSession();
  expect(state.refuseName(nameUser())).toBeUndefined();
  state.change({ generation: 1 }, NOW);
  expect(state.refuseName(nameUser())).toMatchObject({ code: "not_participant" });
  expect(state.refuseName(nameUser("", 0, 1))).toBeUndefined();
  expect(state.refuseName(undefined)).toBeUndefined();
});

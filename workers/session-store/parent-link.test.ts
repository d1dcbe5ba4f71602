import { describe, expect, test } from "vitest";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { ParentLink } from "./parent-link.ts";
import type { ChildReport, CountsMark, ParentUpdate, WholeUpdate } from "./room-message.ts";
import { SessionState } from "./session-state.ts";
import { beginSession, createGate, NOW, settle } from "./test-session.ts";
import { MemoryKv } from "./test-storage.ts";

const session = beginSession().update;
const createUpdate = (number: number): WholeUpdate => {
  if (!session) throw new Error("there is no session");
  const counts = { epoch: NOW, number, isWhole: true, topics: {}, total: 0, people: 0 };
  return { session, counts };
};
const mark: CountsMark = { life: "1", revision: 3 };
const report: ChildReport = {
  epoch: NOW,
  version: 0,
  mark,
  since: 0,
  seq: 0,
  latest: 0,
  topics: {},
  number: 1,
  people: {},
  bursts: [],
};

/** A room that knows nothing yet, below a parent that answers as the test says. */
function open(answer: () => Promise<WholeUpdate | Refusal>) {
  const state = new SessionState(new MemoryKv());
  const applied: ParentUpdate[] = [];
  const room = { number: 0, registers: 0, refuses: false, heard: mark, told: [] as unknown[] };
  const parent = new ParentLink({
    room: 1,
    state,
    getParent: () => ({
      register: () => {
        room.registers++;
        return answer();
      },
      takeReport: async () => {
        const update = await answer();
        return { heard: room.heard, update: "code" in update ? null : update };
      },
    }),
    getNumber: () => room.number,
    apply: (update) => {
      if (room.refuses) throw new Error("knows of another epoch");
      applied.push(update);
      room.number = update.counts.number;
    },
    getReport: (heard) => {
      room.told.push(heard);
      return report;
    },
  });
  return { parent, state, room, applied };
}

describe("registering", () => {
  test("is done once a life, by all who come first together", async () => {
    const { parent, room, applied } = open(async () => createUpdate(5));
    const all = await Promise.all([parent.ensureRegistered(), parent.ensureRegistered()]);
    expect([all, room.registers, applied]).toEqual([[undefined, undefined], 1, [createUpdate(5)]]);
    expect(parent.ensureRegistered()).toBeUndefined();
    expect(room.registers).toBe(1);
  });

  test("passes on why the parent refuses, and is tried again by the next", async () => {
    const { parent, room } = open(async () => ({ code: "session_not_found", detail: "" }));
    expect(await parent.ensureRegistered()).toMatchObject({ code: "session_not_found" });
    expect(await parent.ensureRegistered()).toMatchObject({ code: "session_not_found" });
    expect(room.registers).toBe(2);
  });

  test("where the parent does not answer, or says what can't be, the room is not there yet", async () => {
    const out = open(() => Promise.reject(new Error("out")));
    expect(await out.parent.ensureRegistered()).toMatchObject({ code: "unavailable" });
    const confused = open(async () => createUpdate(1));
    confused.room.refuses = true;
    expect(await confused.parent.ensureRegistered()).toMatchObject({ code: "unavailable" });
    confused.room.refuses = false;
    expect(await confused.parent.ensureRegistered()).toBeUndefined();
  });

  test("overtaken by newer counts it asks again until it is not, and never passes a part on as the whole", async () => {
    let [asked, newest] = [0, 10];
    const opened = open(async () => {
      const update = createUpdate(newest);
      // While the answer is on its way the room hears of newer counts, of some topics only.
      if (++asked < 4) opened.room.number = ++newest;
      return update;
    });
    const { parent, applied } = opened;
    expect(await parent.ensureRegistered()).toBeUndefined();
    expect([asked, applied.map(({ counts }) => counts.number)]).toEqual([4, [13]]);
  });

  test("overtaken five times in a row it counts as not answered, and nothing of it is taken", async () => {
    const opened = open(async () => {
      opened.room.number = 99;
      return createUpdate(98);
    });
    const { parent, room, applied } = opened;
    expect(await parent.ensureRegistered()).toMatchObject({ code: "unavailable" });
    expect([room.registers, applied]).toEqual([5, []]);
    room.number = 0;
    expect(await parent.ensureRegistered()).toMatchObject({ code: "unavailable" });
  });

  test("with the very number that the room has, the answer is good", async () => {
    const { parent, room } = open(async () => createUpdate(7));
    room.number = 7;
    expect(await parent.ensureRegistered()).toBeUndefined();
  });

  test("of a room that was erased meanwhile is for nobody, and it registers anew", async () => {
    const gate = createGate<WholeUpdate>();
    const { parent, state, applied, room } = open(() => gate.promise);
    const registering = parent.ensureRegistered();
    state.clear();
    parent.clear();
    gate.open(createUpdate(1));
    expect(await registering).toMatchObject({ code: "session_not_found" });
    expect(applied).toEqual([]);
    await parent.ensureRegistered();
    expect(room.registers).toBe(2);
  });

  test("is done again after the room was erased", async () => {
    const { parent, room } = open(async () => createUpdate(1));
    await parent.ensureRegistered();
    parent.clear();
    await parent.ensureRegistered();
    expect(room.registers).toBe(2);
  });
});

describe("reporting", () => {
  test("brings back everything where the room is behind, and nothing where it is not", async () => {
    const behind = open(async () => createUpdate(3));
    await behind.parent.report();
    expect(behind.applied).toEqual([createUpdate(3)]);
    const upToDate = open(async () => ({ code: "not_found", detail: "" }));
    await upToDate.parent.report();
    expect(upToDate.applied).toEqual([]);
  });

  test("throws where the parent does not answer, so that it is tried again", async () => {
    const { parent } = open(() => Promise.reject(new Error("out")));
    await expect(parent.report()).rejects.toThrow("out");
  });

  test("is of what the parent has not confirmed; where it has missed something the next one is of what it has", async () => {
    const { parent, room } = open(async () => ({ code: "not_found", detail: "" }));
    await parent.report();
    room.heard = { life: "1", revision: 2 };
    await expect(parent.report()).rejects.toThrow("not taken");
    room.heard = mark;
    await parent.report();
    expect(room.told).toEqual([undefined, mark, { life: "1", revision: 2 }]);
  });

  test("brings nothing to a room that was erased meanwhile", async () => {
    const gate = createGate<WholeUpdate>();
    const { parent, state, applied } = open(() => gate.promise);
    const reporting = parent.report();
    await settle();
    state.clear();
    gate.open(createUpdate(1));
    await reporting;
    expect(applied).toEqual([]);
  });
});

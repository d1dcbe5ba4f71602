import { afterEach, describe, expect, test, vi } from "vitest";
import { LedgerMirror } from "./ledger-mirror.ts";
import { RoomCounts } from "./room-counts.ts";
import { MemoryLedger } from "./test-ledger.ts";
import { beginSession, createFacts, createGate, NOW, restart, settle } from "./test-session.ts";

afterEach(() => {
  vi.useRealTimers();
});

const fail = () => Promise.reject(new Error("out"));

/** The mirror of a ledger, in a room whose counts hold what the mirror says. */
function open() {
  const state = beginSession();
  const ledger = new MemoryLedger();
  const counts = new RoomCounts(true);
  const mirror = new LedgerMirror({
    ledger,
    state,
    onCounts: (topics, whole) => counts.replaceOwn(topics, whole),
  });
  let ids = 0;
  const createBatch = (key = "x", epoch = state.epoch) => {
    const entry = { participant: "a", id: `${ids++}`, topic: "t", key, mode: "add" } as const;
    return { epoch, entries: [entry] };
  };
  const append = (key?: string, epoch?: number) => mirror.append(createBatch(key, epoch));
  /** As a room does it: all in one turn. */
  const startOver = () => {
    restart(state);
    counts.startOver();
    mirror.invalidate();
  };
  return { state, ledger, mirror, createBatch, append, startOver, read: () => counts.subtree.toJSON() };
}

describe("a batch", () => {
  test("counts with its answer, and the ledger is asked for nothing more", async () => {
    const { append, ledger, mirror, read } = open();
    await append();
    expect(ledger.calls.slice(0, 2)).toEqual(["totals", "append"]);
    const before = ledger.calls.length;
    await append();
    expect(read()).toEqual({ t: { x: 2 } });
    expect(ledger.calls.slice(before)).toEqual(["append"]);
    expect(mirror.seq).toBe(ledger.seq);
  });

  test("is not handed to a ledger that does not say what it has", async () => {
    const { append, ledger } = open();
    ledger.before.totals = fail;
    await expect(append()).rejects.toThrow("out");
    expect(ledger.calls).toEqual(["totals"]);
  });

  test.each(["before", "after"] as const)(
    "whose answer is lost %s it was kept makes the room ask",
    async (when) => {
      const { append, ledger, read } = open();
      await append();
      ledger[when].append = fail;
      await expect(append("y")).rejects.toThrow("out");
      expect(read()).toEqual({ t: { x: 1 } });
      delete ledger[when].append;
      await append();
      expect(read()).toEqual({ t: when === "before" ? { x: 2 } : { x: 2, y: 1 } });
      expect(ledger.calls.slice(-2)).toEqual(["totals", "append"]);
    },
  );

  test("whose `previous` is not what the room knew makes the room ask, before it is answered", async () => {
    const { append, ledger, createBatch, read } = open();
    await append();
    await ledger.append(createBatch("late"));
    await append();
    expect(read()).toEqual({ t: { x: 2, late: 1 } });
  });

  test("that is kept is kept, also where the room then gets no answer; it goes on asking until it has one", async () => {
    vi.useFakeTimers({ now: NOW });
    const { append, ledger, createBatch, read } = open();
    await append();
    await ledger.append(createBatch("late"));
    ledger.before.totals = fail;
    expect(await append()).toMatchObject({ kept: true });
    await vi.advanceTimersByTimeAsync(5000);
    expect(read()).toEqual({ t: { x: 1 } });
    delete ledger.before.totals;
    await vi.advanceTimersByTimeAsync(1000);
    expect(read()).toEqual({ t: { x: 2, late: 1 } });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("of before a restart is not handed on, and so is none that a restart overtakes before it is", async () => {
    const { append, ledger, startOver, read } = open();
    const gate = createGate<void>();
    ledger.before.totals = () => gate.promise;
    const overtaken = append();
    startOver();
    gate.open();
    expect(await overtaken).toEqual({ kept: false, epoch: NOW + 1000 });
    expect(await append("x", NOW)).toEqual({ kept: false, epoch: NOW + 1000 });
    expect([ledger.calls.includes("append"), read()]).toEqual([false, {}]);
  });

  test("of before a restart is done, also where the ledger does not answer", async () => {
    const { append, ledger, startOver } = open();
    startOver();
    ledger.before.totals = fail;
    expect(await append("x", NOW)).toEqual({ kept: false, epoch: NOW + 1000 });
  });

  test("that a restart overtakes on its way counts for nothing, and the ledger that kept it hears of the restart", async () => {
    const { append, ledger, startOver, read } = open();
    await append();
    const gate = createGate<void>();
    ledger.after.append = () => gate.promise;
    const overtaken = append();
    await settle();
    startOver();
    gate.open();
    expect(await overtaken).toMatchObject({ kept: true });
    expect(read()).toEqual({});
    expect(ledger.epoch).toBe(NOW + 1000);
    delete ledger.after.append;
    await append("new");
    expect(read()).toEqual({ t: { new: 1 } });
  });

  test("that a ledger of a newer epoch refuses counts for nothing", async () => {
    const { append, ledger, read } = open();
    await append();
    await ledger.begin(NOW + 5000);
    expect(await append()).toEqual({ kept: false, epoch: NOW + 5000 });
    expect(read()).toEqual({ t: { x: 1 } });
  });

  test("of a session that was erased meanwhile is not handed on", async () => {
    const { append, ledger, state } = open();
    const gate = createGate<void>();
    ledger.before.totals = () => gate.promise;
    const batch = append();
    state.clear();
    gate.open();
    expect(await batch).toEqual({ kept: false, epoch: NOW });
    expect(ledger.calls).toEqual(["totals"]);
  });
});

test("what takes the place of something else goes behind a fence, once in a life and after each batch that was given up", async () => {
  const { ledger, mirror, createBatch } = open();
  /** Whether a fence was raised for it, before it was sent. */
  const send = async (mode: "add" | "replace") => {
    const { epoch, entries } = createBatch();
    const before = ledger.calls.length;
    await mirror.append({ epoch, entries: entries.map((entry) => ({ ...entry, mode })) }).catch(() => {});
    return ledger.calls.slice(before, ledger.calls.indexOf("append", before)).includes("raiseFence");
  };
  expect([await send("add"), await send("replace"), await send("replace")]).toEqual([false, true, false]);
  ledger.before.append = fail;
  await send("replace");
  delete ledger.before.append;
  expect([await send("add"), await send("replace"), await send("replace")]).toEqual([false, true, false]);
});

describe("asking for everything", () => {
  test("is done once by two who want it at once, and not at all while nothing can have changed", async () => {
    const { ledger, mirror } = open();
    await Promise.all([mirror.refresh(), mirror.refresh()]);
    await mirror.refresh();
    expect(ledger.calls).toEqual(["totals"]);
  });

  test("is done again where a reason came up meanwhile", async () => {
    const { ledger, mirror } = open();
    const refreshing = mirror.refresh();
    mirror.invalidate();
    await refreshing;
    expect(ledger.calls).toEqual(["totals", "totals"]);
  });

  test("fails for all who wait, and is tried again by the next", async () => {
    const { ledger, mirror, createBatch, read } = open();
    await ledger.append(createBatch());
    ledger.before.totals = fail;
    const refreshes = await Promise.allSettled([mirror.refresh(), mirror.refresh()]);
    expect(refreshes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    delete ledger.before.totals;
    await mirror.refresh();
    expect(read()).toEqual({ t: { x: 1 } });
  });

  test("writes nothing, and knows nothing, where there is no session", async () => {
    const { ledger, mirror, state } = open();
    state.clear();
    await mirror.refresh();
    expect(ledger.calls).toEqual([]);
  });

  test("takes no answer of before a batch that was answered meanwhile", async () => {
    const { append, ledger, mirror, read } = open();
    await append();
    const [batchGate, totalsGate] = [createGate<void>(), createGate<void>()];
    ledger.before.append = () => batchGate.promise;
    ledger.after.totals = () => totalsGate.promise;
    const batch = append("y");
    await settle();
    mirror.invalidate();
    const refreshing = mirror.refresh();
    await settle(); // the totals are read, without the batch, and on their way
    batchGate.open();
    await batch;
    expect(read()).toEqual({ t: { x: 1, y: 1 } });
    totalsGate.open();
    await refreshing;
    expect(read()).toEqual({ t: { x: 1, y: 1 } });
    expect(mirror.seq).toBe(ledger.seq);
  });

  test("counts nothing of an earlier epoch, and tells the ledger of the new one", async () => {
    const { append, ledger, mirror, startOver, read } = open();
    await append();
    startOver();
    await mirror.refresh();
    expect([read(), ledger.epoch]).toEqual([{}, NOW + 1000]);
    expect(ledger.calls.at(-1)).toBe("begin");
  });

  test("counts nothing of a later epoch, which this room has not heard of", async () => {
    const { append, ledger, createBatch, mirror, read } = open();
    await append();
    await ledger.append(createBatch("later", NOW + 5000));
    await mirror.recount();
    expect(read()).toEqual({});
  });

  test.each(["totals", "begin"] as const)(
    "forgets what it read where a restart comes in at %s",
    async (call) => {
      const { append, ledger, mirror, startOver, state, read } = open();
      await append();
      if (call === "begin") startOver();
      const gate = createGate<void>();
      ledger.after[call] = () => gate.promise;
      mirror.invalidate();
      const refreshing = mirror.refresh();
      await settle();
      restart(state, NOW + 9000);
      mirror.invalidate();
      delete ledger.after[call];
      gate.open();
      await refreshing;
      expect([read(), ledger.epoch]).toEqual([{}, NOW + 9000]);
    },
  );

  test("forgets what it read where the session was erased and began anew meanwhile", async () => {
    const { ledger, mirror, createBatch, state, read } = open();
    await ledger.append(createBatch());
    const gate = createGate<void>();
    ledger.after.totals = () => gate.promise;
    const refreshing = mirror.refresh();
    await settle();
    state.clear();
    state.begin(createFacts(), NOW, NOW);
    await ledger.erase();
    delete ledger.after.totals;
    gate.open();
    await refreshing;
    expect(read()).toEqual({});
  });
});

test("what is taken out of the counts is out when it is answered, and comes back", async () => {
  const { append, mirror, read } = open();
  await append();
  await mirror.excludeFromTotals("a", true);
  expect(read()).toEqual({});
  await mirror.excludeFromTotals("a", false);
  expect(read()).toEqual({ t: { x: 1 } });
});

test("where the answer to taking it out is lost, the room asks the next time", async () => {
  const { append, ledger, mirror, read } = open();
  await append();
  ledger.after.excludeFromTotals = fail;
  await expect(mirror.excludeFromTotals("a", true)).rejects.toThrow("out");
  await mirror.refresh();
  expect(read()).toEqual({});
});

test("what was kept under an id is asked for only once the ledger knows of a restart", async () => {
  const { mirror, createBatch, startOver } = open();
  const batch = createBatch();
  await mirror.append(batch);
  const [entry] = batch.entries;
  expect(await mirror.find("a", entry?.id ?? "")).toMatchObject({ topic: "t", key: "x" });
  startOver();
  expect(await mirror.find("a", entry?.id ?? "")).toBeUndefined();
});

test("erasing waits for a question that is on its way, and then everything is to be asked anew", async () => {
  const { append, ledger, mirror } = open();
  await append();
  const gate = createGate<void>();
  ledger.before.totals = () => gate.promise;
  const recounting = mirror.recount();
  const erasing = mirror.erase();
  await settle();
  expect(ledger.calls.includes("erase")).toBe(false);
  gate.open();
  await Promise.all([recounting, erasing]);
  mirror.clear();
  expect([ledger.calls.at(-1), mirror.seq]).toEqual(["erase", 0]);
  await mirror.refresh();
  expect(ledger.calls.at(-1)).toBe("totals");
});

import {
  abortAllDurableObjects,
  createExecutionContext,
  createMessageBatch,
  env,
  evictAllDurableObjects,
  getQueueResult,
  runDurableObjectAlarm,
  runInDurableObject,
  SELF,
} from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { FlowRun, FlowRuns, Flows } from "../../shared/protocol/flow.schema.ts";
import type { NewFlow } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { Problem } from "../../shared/protocol/problem.schema.ts";
import { RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { FlowCopies, FlowCopy, KeptFlow, KeptFlows } from "../lib/flow-copy.ts";
import { FlowLook } from "../lib/flow-look.ts";
import { hashSecret } from "../lib/random.ts";
import type { Bindings } from "./bindings.ts";
import worker from "./index.ts";
import { openRoom, resetScript, script } from "./test-runner.ts";

const bindings = env as unknown as Bindings;

beforeEach(resetScript);

const ask = (method: string, path: string, json?: unknown) =>
  SELF.fetch(`http://automations${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });

const MESSAGE = { do: "message", text: "Twenty!" } as const;
const HOOK = { do: "webhook", url: "https://chat.example.org/hook" } as const;
const ON_PAGE = { event: "page" } as const;

/** A session with a room, and what a host does with its flows. */
function createSession() {
  const opened = openRoom();
  const { session, sessionUid } = opened;
  const flows = `/session/${session}/flows`;
  const write = (id: string, flow: Partial<NewFlow>) =>
    ask("PUT", `${flows}/${id}`, {
      sessionUid,
      flow: { name: id, on: ON_PAGE, if: [], do: [MESSAGE], enabled: true, ...flow },
    });
  return {
    ...opened,
    write,
    save: async (id: string, flow: Partial<NewFlow> = {}) => {
      const answer = await write(id, flow);
      expect(answer.status, await answer.clone().text()).toBe(200);
      return KeptFlow.parse(await answer.json());
    },
    writeAll: (all: readonly { id: string; flow: NewFlow }[]) =>
      ask("POST", flows, { sessionUid, flows: all }),
    remove: (id: string) => ask("DELETE", `${flows}/${id}`),
    list: async () => Flows.parse(await (await ask("GET", flows)).json()).flows,
    runs: async (id: string, cursor?: string) =>
      FlowRuns.parse(
        await (await ask("GET", `${flows}/${id}/runs${cursor ? `?cursor=${cursor}` : ""}`)).json(),
      ),
    again: (id: string, run: string) => ask("POST", `${flows}/${id}/runs/${run}/again`),
    try: (id: string) => ask("POST", `${flows}/${id}/run`),
    hint: () => ask("POST", `/session/${session}/hints`),
    call: async (id: string, secret: string, depth = 0) =>
      ask("POST", `${flows}/${id}/calls`, { secretHash: await hashSecret(secret), depth }),
    forget: () => ask("DELETE", `/session/${session}`),
    takeOver: async (...copies: FlowCopy[]) =>
      (await ask("PUT", `/session/${session}/copies`, { sessionUid, flows: copies })).status,
    copies: async () => FlowCopies.parse(await (await ask("GET", `/session/${session}/copies`)).json()).flows,
    stub: () => bindings.FLOW_RUNNER.getByName(session),
  };
}

type TestSession = ReturnType<typeof createSession>;

const problemOf = async (answer: Response) => Problem.parse(await answer.json());

/** How its runs have come out, the newest first, as soon as nothing of them is left to do. */
async function settled(session: TestSession, flow: string): Promise<FlowRun["steps"][number]["status"][][]> {
  const read = async () =>
    (await session.runs(flow)).runs.map(({ steps }) => steps.map(({ status }) => status));
  await expect
    .poll(async () => (await read()).flat().every((status) => !/waiting|running/.test(status)))
    .toBe(true);
  return read();
}

/** The time of whatever waits in the outbox has come. */
async function ring(session: TestSession): Promise<void> {
  await runInDurableObject(session.stub(), (_, { storage }) => {
    storage.sql.exec("UPDATE steps SET nextAt = 0");
  });
  await runDurableObjectAlarm(session.stub());
}

const texts = () => script.done.map(({ action }) => ("text" in action ? action.text : action.do));

describe("a flow", () => {
  test("is kept, listed, replaced and deleted", async () => {
    const session = createSession();
    expect(await session.list()).toEqual([]);
    const { flow } = await session.save("chat", { name: "Tell our chat", do: [HOOK] });
    expect(flow).toMatchObject({ id: "chat", name: "Tell our chat", failures: 0, enabled: true });
    await session.save("chat", { name: "Tell them", do: [HOOK] });
    await session.save("other");
    expect((await session.list()).map(({ name }) => name)).toEqual(["Tell them", "other"]);
    expect((await session.remove("chat")).status).toBe(200);
    expect((await session.list()).map(({ id }) => id)).toEqual(["other"]);
    expect((await problemOf(await session.remove("chat"))).code).toBe("flow_not_found");
  });

  test("tells its secrets once, and never again", async () => {
    const session = createSession();
    const first = await session.save("light", { on: { event: "http" }, do: [HOOK] });
    expect(first.signingSecret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(first.hookSecret).toMatch(/^[\w-]{43}$/);
    const second = await session.save("light", { on: { event: "http" }, do: [HOOK, MESSAGE] });
    expect(second).toEqual({ flow: expect.anything() });
    const told = JSON.stringify([await session.list(), await session.runs("light")]);
    expect(told).not.toContain("whsec_");
    await runInDurableObject(session.stub(), (_, { storage }) => {
      const kept = JSON.stringify(storage.sql.exec("SELECT * FROM flows").toArray());
      expect(kept).not.toContain(first.hookSecret);
    });
  });

  test("that can't be done here is refused, and nothing of it is kept", async () => {
    const session = createSession();
    const queue = await session.write("queue", { do: [{ do: "queue", topic: "x" }] });
    expect((await problemOf(queue)).code).toBe("capability_missing");
    const heard = await session.write("heard", { on: { event: "queue", topic: "x" } });
    expect((await problemOf(heard)).code).toBe("capability_missing");
    const past = { event: "schedule", at: "2020-01-01T10:00", zone: "Europe/Berlin" } as const;
    expect((await problemOf(await session.write("past", { on: past }))).code).toBe("flow_not_valid");
    const inside = await session.write("inside", { do: [{ do: "webhook", url: "https://10.0.0.1/x" }] });
    expect(await problemOf(inside)).toMatchObject({ code: "flow_not_valid", issues: [{ path: "do.0.url" }] });
    expect(await session.list()).toEqual([]);
  });

  test("is saved with others all together, or none of them is", async () => {
    const session = createSession();
    await session.save("old", { name: "Old", do: [HOOK] });
    const flow = { name: "New", on: ON_PAGE, if: [], do: [HOOK], enabled: true };
    const first = await session.writeAll([
      { id: "old", flow },
      { id: "hook", flow: { ...flow, on: { event: "http" } } },
    ]);
    const { flows } = KeptFlows.parse(await first.json());
    expect(flows.map(({ flow }) => [flow.id, flow.name])).toEqual([
      ["old", "New"],
      ["hook", "New"],
    ]);
    expect(flows.map(({ signingSecret, hookSecret }) => [signingSecret, hookSecret])).toEqual([
      [undefined, undefined],
      [expect.stringMatching(/^whsec_/), expect.stringMatching(/^[\w-]{43}$/)],
    ]);
    const before = await session.list();
    const fine = { id: "fine", flow };
    const inside: NewFlow = { ...flow, do: [{ do: "webhook", url: "https://10.0.0.1/x" }] };
    expect(await problemOf(await session.writeAll([fine, { id: "inside", flow: inside }]))).toMatchObject({
      code: "flow_not_valid",
      issues: [{ path: "flows.1.do.0.url" }],
    });
    const early: NewFlow = { ...flow, on: { event: "schedule", minutes: -5, from: "start" } };
    expect(await problemOf(await session.writeAll([fine, { id: "early", flow: early }]))).toMatchObject({
      code: "flow_not_valid",
      issues: [{ path: "flows.1.on.from" }],
    });
    const queued: NewFlow = { ...flow, do: [{ do: "queue", topic: "x" }] };
    const missing = await session.writeAll([fine, { id: "queued", flow: queued }]);
    expect((await problemOf(missing)).code).toBe("capability_missing");
    const many = Array.from({ length: LIMITS.flows - 1 }, (_, i) => ({ id: `more-${i}`, flow }));
    expect((await problemOf(await session.writeAll(many))).code).toBe("flow_not_valid");
    expect(await session.list()).toEqual(before);
    // As many as there is room for.
    expect((await session.writeAll(many.slice(1))).status).toBe(200);
    expect(await session.list()).toHaveLength(LIMITS.flows);
  });

  test("is one of twenty at most", async () => {
    const session = createSession();
    for (let i = 0; i < LIMITS.flows; i++) await session.save(`flow-${i}`);
    expect((await problemOf(await session.write("more", {}))).code).toBe("flow_not_valid");
    await session.save("flow-3", { name: "changed" });
  });

  test("has its session watched as long as it waits for something in the room", async () => {
    const session = createSession();
    await session.save("hook", { on: { event: "http" } });
    expect(session.room.isWatched).toBe(false);
    await session.save("page");
    expect(session.room.isWatched).toBe(true);
    await session.save("page", { enabled: false });
    expect(session.room.isWatched).toBe(false);
    await session.save("page");
    await session.remove("page");
    expect(session.room.isWatched).toBe(false);
  });

  test("has its session watched although the root did not answer when it was asked last", async () => {
    const session = createSession();
    await session.save("hook", { on: { event: "http" } });
    script.onAsk = (what) => {
      if (what === "watch") session.room.silent = 1;
    };
    expect((await problemOf(await session.write("page", {}))).code).toBe("unavailable");
    expect((await session.list()).map(({ id }) => id)).toEqual(["hook"]);
    script.onAsk = undefined;
    await session.save("page");
    expect(session.room.isWatched).toBe(true);
    script.onAsk = (what) => {
      if (what === "watch") session.room.silent = 1;
    };
    await session.remove("page");
    script.onAsk = undefined;
    await runDurableObjectAlarm(session.stub());
    expect(session.room.isWatched).toBe(false);
  });

  test("of a session that is gone is none, and leaves nothing", async () => {
    const session = createSession();
    session.room.isGone = true;
    expect((await problemOf(await session.write("page", {}))).code).toBe("session_not_found");
    await runInDurableObject(session.stub(), async (_, { storage }) => {
      expect(storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'facts'").toArray()).toEqual([]);
      expect(await storage.getAlarm()).toBeNull();
    });
  });

  test("that nobody has asked for leaves nothing either", async () => {
    const session = createSession();
    await session.hint();
    await session.list();
    expect((await session.call("none", "x")).status).toBe(404);
    await runInDurableObject(session.stub(), (_, { storage }) => {
      expect(storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'facts'").toArray()).toEqual([]);
    });
  });
});

describe("what happens in the room", () => {
  test("by a flow is looked for, though nobody hints of it", async () => {
    const session = createSession();
    const { hookSecret = "" } = await session.save("go", {
      on: { event: "http" },
      do: [{ do: "state", page: "2.0", state: "" }],
    });
    await session.save("then", { on: { event: "page", page: "2.0" } });
    script.perform = async ({ action }) => {
      if (action.do === "state") session.room.happen({ event: "page", page: action.page }, 1);
      return { ok: true };
    };
    await session.call("go", hookSecret);
    expect(await settled(session, "go")).toEqual([["done"]]);
    await expect.poll(async () => (await session.runs("then")).runs.length).toBe(1);
  });

  test("sets off what waits for it, in order, and is acknowledged", async () => {
    const session = createSession();
    await session.save("every", { do: [MESSAGE, HOOK] });
    await session.save("third", { on: { event: "page", page: "3.0" } });
    for (const page of ["1.0", "2.0", "3.0", "4.0", "5.0"]) session.room.happen({ event: "page", page });
    await session.hint();
    expect(await settled(session, "every")).toEqual(Array.from({ length: 5 }, () => ["done", "done"]));
    expect(await settled(session, "third")).toEqual([["done"]]);
    await session.hint();
    expect(session.room.events).toEqual([]);
    const pages = script.done.filter(({ flow }) => flow.id === "every").map(({ cause }) => cause.page);
    expect(pages).toEqual(["1.0", "1.0", "2.0", "2.0", "3.0", "3.0", "4.0", "4.0", "5.0", "5.0"]);
    expect((await session.list())[0]).toMatchObject({ lastRun: expect.any(Number) });
  });

  test("is told to whoever acts: with ids of its own, and what it was", async () => {
    const session = createSession();
    await session.save("every", { name: "Each page", do: [MESSAGE, HOOK] });
    session.room.happen({ event: "page", page: "2.0" }, 1);
    await session.hint();
    await settled(session, "every");
    const [run] = (await session.runs("every")).runs;
    expect(script.done).toMatchObject([
      { id: `${run?.id}.0`, depth: 2, cause: { event: "page", page: "2.0" }, flow: { name: "Each page" } },
      { id: `${run?.id}.1`, sessionUid: session.sessionUid, signingSecret: expect.stringMatching(/^whsec_/) },
    ]);
    expect(script.done[0]?.cause).toEqual({ event: "page", page: "2.0" });
  });

  test("stops where three flows in a row have caused it, and says so", async () => {
    const session = createSession();
    await session.save("circle");
    session.room.happen({ event: "page", page: "1.0" }, 2);
    session.room.happen({ event: "page", page: "1.0" }, LIMITS.flowDepth);
    await session.hint();
    expect(await settled(session, "circle")).toEqual([["cancelled"], ["done"]]);
    const [stopped] = (await session.runs("circle")).runs;
    expect(stopped?.steps[0]?.problem).toBe("Stopped: it was caused by 3 flows in a row.");
    expect((await session.list())[0]?.failures).toBe(0);
  });

  test("is remembered from page to page, from life to life, and not where nothing came of it", async () => {
    const session = createSession();
    const on = { event: "reactions", atLeast: 6 } as const;
    await session.save("six", { on });
    const react = (...counts: number[]) => {
      for (const count of counts)
        session.room.happen({ event: "reactions", page: `${count % 2}.0`, reaction: "👏", count });
    };
    // Two events are a page: three and two of them, on two slides.
    react(1, 2, 3);
    await session.hint();
    await evictAllDurableObjects();
    const inSql = (sql: string) =>
      runInDurableObject(session.stub(), (_, { storage }) => void storage.sql.exec(sql));
    await inSql("ALTER TABLE runs RENAME TO hidden");
    react(4);
    await session.hint();
    await inSql("ALTER TABLE hidden RENAME TO runs");
    expect((await session.runs("six")).runs).toEqual([]);
    await session.hint();
    expect(await settled(session, "six")).toEqual([["done"]]);
    react(6);
    await session.hint();
    expect((await session.runs("six")).runs).toHaveLength(1);
  });

  test("is worked off once, whenever the runner dies", async () => {
    // Two events are a page.
    for (const page of [1, 2]) {
      const session = createSession();
      await session.save("every");
      for (const page of ["1.0", "2.0", "3.0"]) session.room.happen({ event: "page", page });
      let reads = 0;
      script.onAsk = (what) => {
        if (what === "read" && ++reads === page) session.room.silent = 1;
      };
      await session.hint();
      await evictAllDurableObjects();
      session.room.happen({ event: "page", page: "4.0" });
      await session.hint();
      expect(await settled(session, "every"), `${page}`).toEqual(Array.from({ length: 4 }, () => ["done"]));
      await session.hint();
      expect(session.room.events).toEqual([]);
    }
  });

  test("waits for a room that does not answer", async () => {
    const session = createSession();
    await session.save("every");
    session.room.happen({ event: "page", page: "1.0" });
    session.room.silent = 1;
    await session.hint();
    expect((await session.runs("every")).runs).toEqual([]);
    // Nobody has to ask again: its alarm does.
    expect(await settled(session, "every").then(async () => (await session.runs("every")).runs.length)).toBe(
      0,
    );
    await runDurableObjectAlarm(session.stub());
    expect(await settled(session, "every")).toEqual([["done"]]);
  });

  test("in another life counts from the start, and what was begun in this one is over", async () => {
    const session = createSession();
    await session.save("count", { on: { event: "people", atLeast: 2 }, do: [MESSAGE, HOOK] });
    script.perform = async () => ({ ok: false, problem: "Not now." });
    session.room.happen({ event: "people", people: 2 });
    await session.hint();
    await expect.poll(async () => (await session.runs("count")).runs[0]?.steps[1]?.attempts).toBe(1);
    script.perform = undefined;
    session.room.restart();
    session.room.happen({ event: "people", people: 3 });
    await session.hint();
    await ring(session);
    // The webhook of before is still told; its room is another one by now.
    expect(await settled(session, "count")).toEqual([
      ["done", "done"],
      ["cancelled", "done"],
    ]);
  });

  test("in another life finds a webhook that was on its way, and has it told to its end", async () => {
    const session = createSession();
    const ids: string[] = [];
    const { promise: never } = Promise.withResolvers<never>();
    script.perform = ({ id }) => {
      ids.push(id);
      return ids.length === 1 ? never : Promise.resolve({ ok: true });
    };
    await session.save("chat", { do: [HOOK, MESSAGE] });
    session.room.happen({ event: "page", page: "1.0" });
    await session.hint();
    await expect.poll(() => ids.length).toBe(1);
    session.room.restart();
    await session.hint();
    expect(await settled(session, "chat")).toEqual([["done", "cancelled"]]);
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  test("that ends the session lets the recap be waited for, and a change of its words is none", async () => {
    const session = createSession();
    await session.save("recap", { on: { event: "recap" } });
    session.room.now.hasEnded = true;
    session.room.recap = RecapStatus.parse({
      status: "writing",
      progress: 0.1,
      version: "a",
      by: "template",
    });
    await session.hint();
    expect((await session.runs("recap")).runs).toEqual([]);
    session.room.recap = RecapStatus.parse({ status: "done", version: "b", by: "model" });
    await runDurableObjectAlarm(session.stub());
    expect(await settled(session, "recap")).toEqual([["done"]]);
    session.room.recap = RecapStatus.parse({ status: "done", version: "c", by: "model", edited: true });
    await session.hint();
    expect(await settled(session, "recap")).toHaveLength(1);
  });
});

describe("the outbox", () => {
  test("tries again what may pass, under the same id, and later runs of the flow wait for it", async () => {
    const session = createSession();
    const ids: string[] = [];
    script.perform = async ({ id }) => {
      ids.push(id);
      return ids.length < 3 ? { ok: false, problem: "The receiver answered with 500." } : { ok: true };
    };
    await session.save("chat", { do: [HOOK] });
    session.room.happen({ event: "page", page: "1.0" });
    session.room.happen({ event: "page", page: "2.0" });
    await session.hint();
    await expect.poll(() => ids.length).toBe(1);
    const [later, first] = (await session.runs("chat")).runs;
    expect(later?.steps[0]).toEqual({ do: "webhook", status: "waiting", attempts: 0 });
    await expect.poll(async () => (await session.runs("chat")).runs[1]?.steps[0]?.nextAt).toBeGreaterThan(0);
    await ring(session);
    await expect.poll(() => ids.length).toBe(2);
    await ring(session);
    expect(await settled(session, "chat")).toEqual([["done"], ["done"]]);
    expect(ids).toEqual([`${first?.id}.0`, `${first?.id}.0`, `${first?.id}.0`, `${later?.id}.0`]);
  });

  test("a step that waits holds up no other step of its run, and no other flow", async () => {
    const session = createSession();
    script.perform = async ({ action }) =>
      action.do === "webhook" ? { ok: false, problem: "No." } : { ok: true };
    await session.save("chat", { do: [HOOK, MESSAGE] });
    await session.save("other");
    session.room.happen({ event: "page", page: "1.0" });
    await session.hint();
    await expect.poll(texts).toEqual(expect.arrayContaining(["Twenty!", "Twenty!"]));
    const [run] = (await session.runs("chat")).runs;
    await expect
      .poll(async () => (await session.runs("chat")).runs[0]?.steps.map(({ status }) => status))
      .toEqual(["waiting", "done"]);
    expect(run?.event).toBe("page");
  });

  test("an action that the runner dies in is done again, under the same id", async () => {
    const session = createSession();
    const ids: string[] = [];
    const { promise: never } = Promise.withResolvers<never>();
    script.perform = ({ id }) => {
      ids.push(id);
      return ids.length === 1 ? never : Promise.resolve({ ok: true });
    };
    await session.save("chat", { do: [HOOK, MESSAGE] });
    session.room.happen({ event: "page", page: "1.0" });
    await session.hint();
    await expect.poll(() => ids.length).toBe(1);
    await abortAllDurableObjects();
    await runDurableObjectAlarm(session.stub());
    expect(await settled(session, "chat")).toEqual([["done", "done"]]);
    expect(ids.map((id) => id.slice(-2))).toEqual([".0", ".0", ".1"]);
    expect(new Set(ids.map((id) => id.slice(0, -2))).size).toBe(1);
  });

  test("an action over its time ends alone", async () => {
    const session = createSession();
    script.stepMs = 20;
    const { promise: never } = Promise.withResolvers<never>();
    script.perform = ({ action }) => (action.do === "webhook" ? never : Promise.resolve({ ok: true }));
    await session.save("chat", { do: [HOOK, MESSAGE] });
    session.room.happen({ event: "page", page: "1.0" });
    await session.hint();
    await expect.poll(texts).toEqual(["Twenty!"]);
    const [run] = (await session.runs("chat")).runs;
    expect(run?.steps[0]).toMatchObject({ status: "waiting", attempts: 1, problem: "It took too long." });
  });

  test("what was refused for good has failed, and its host can have it done again", async () => {
    const session = createSession();
    script.perform = async () => ({ ok: false, problem: "No activity has this id.", isFinal: true });
    await session.save("open", { do: [MESSAGE, { do: "activity", activity: "poll", status: "open" }] });
    session.room.happen({ event: "page", page: "1.0" });
    await session.hint();
    expect(await settled(session, "open")).toEqual([["failed", "failed"]]);
    expect((await session.list())[0]?.failures).toBe(1);
    const [run] = (await session.runs("open")).runs;
    script.perform = undefined;
    expect((await session.again("open", String(run?.id))).status).toBe(202);
    expect(await settled(session, "open")).toEqual([["done", "done"]]);
    expect((await session.list())[0]?.failures).toBe(0);
    expect((await problemOf(await session.again("open", String(run?.id)))).code).toBe("conflict");
    expect((await session.again("open", "none")).status).toBe(404);
  });

  test("after a day nobody tries any more: a dead letter, which can be sent again", async () => {
    const session = createSession();
    script.perform = async () => ({ ok: false, problem: "The receiver answered with 500." });
    await session.save("chat", { do: [HOOK] });
    session.room.happen({ event: "page", page: "1.0" });
    await session.hint();
    await expect.poll(async () => (await session.runs("chat")).runs[0]?.steps[0]?.attempts).toBe(1);
    await runInDurableObject(session.stub(), (_, { storage }) => {
      storage.sql.exec("UPDATE steps SET since = since - 86400000");
    });
    await ring(session);
    expect(await settled(session, "chat")).toEqual([["dead"]]);
    script.perform = undefined;
    const [run] = (await session.runs("chat")).runs;
    await session.again("chat", String(run?.id));
    expect(await settled(session, "chat")).toEqual([["done"]]);
    expect(script.done[0]?.id).toBe(`${run?.id}.0`);
  });

  test("a flow that fails ten times in a row is switched off, and says why", async () => {
    const session = createSession();
    script.perform = async () => ({ ok: false, problem: "No activity has this id.", isFinal: true });
    await session.save("open");
    for (let i = 0; i <= LIMITS.flowFailures; i++) session.room.happen({ event: "page", page: `${i}.0` });
    await session.hint();
    const runs = await settled(session, "open");
    expect(runs.flat().filter((status) => status === "failed")).toHaveLength(LIMITS.flowFailures);
    expect(runs[0]).toEqual(["dead"]);
    expect((await session.list())[0]).toMatchObject({
      enabled: false,
      failures: 10,
      offBecause: "It failed 10 times in a row. The last time: No activity has this id.",
    });
    // Written anew, it is as good as new.
    expect((await session.save("open")).flow).toMatchObject({ enabled: true, failures: 0 });
  });

  test("a receiver that wants no more of it switches the flow off", async () => {
    const session = createSession();
    script.perform = async () => ({ ok: false, problem: "The receiver wants no more.", isGone: true });
    await session.save("chat", { do: [HOOK] });
    session.room.happen({ event: "page", page: "1.0" });
    session.room.happen({ event: "page", page: "2.0" });
    await session.hint();
    expect(await settled(session, "chat")).toEqual([["dead"], ["dead"]]);
    expect((await session.list())[0]).toMatchObject({
      enabled: false,
      offBecause: "The receiver wants no more.",
    });
  });

  test("a flow that is switched off, or deleted, is stopped in the middle", async () => {
    const session = createSession();
    const signals: AbortSignal[] = [];
    const { promise: never } = Promise.withResolvers<never>();
    script.perform = (_, signal) => {
      signals.push(signal);
      return never;
    };
    await session.save("chat", { do: [HOOK] });
    session.room.happen({ event: "page", page: "1.0" });
    await session.hint();
    await expect.poll(() => signals.length).toBe(1);
    await session.save("chat", { do: [HOOK], enabled: false });
    expect(signals[0]?.aborted).toBe(true);
    expect(await settled(session, "chat")).toEqual([["cancelled"]]);
    await session.save("chat", { do: [HOOK] });
    session.room.happen({ event: "page", page: "2.0" });
    await session.hint();
    await expect.poll(() => signals.length).toBe(2);
    await session.remove("chat");
    expect(signals[1]?.aborted).toBe(true);
    await runInDurableObject(session.stub(), (_, { storage }) => {
      expect(storage.sql.exec("SELECT * FROM runs").toArray()).toEqual([]);
      expect(storage.sql.exec("SELECT * FROM steps").toArray()).toEqual([]);
    });
  });

  test.each(["switched off", "deleted"])("a run that waits as its flow is %s is not done", async (how) => {
    const session = createSession();
    let asked = 0;
    script.perform = async () => {
      asked++;
      return { ok: false, problem: "The receiver answered with 500." };
    };
    await session.save("chat", { do: [HOOK] });
    session.room.happen({ event: "page", page: "1.0" });
    session.room.happen({ event: "page", page: "2.0" });
    await session.hint();
    await expect.poll(async () => (await session.runs("chat")).runs[1]?.steps[0]?.attempts).toBe(1);
    if (how === "deleted") await session.remove("chat");
    else await session.save("chat", { do: [HOOK], enabled: false });
    await ring(session);
    expect(asked).toBe(1);
    if (how === "deleted") expect((await session.runs("chat").catch(() => undefined))?.runs).toBeUndefined();
    else expect(await settled(session, "chat")).toEqual([["cancelled"], ["cancelled"]]);
  });

  test("keeps the last runs of a flow, and tells them page by page", async () => {
    const session = createSession();
    await session.save("every");
    for (let i = 0; i < LIMITS.flowRuns + 5; i++) session.room.happen({ event: "page", page: `${i}` });
    await session.hint();
    await expect.poll(() => script.done.length).toBe(LIMITS.flowRuns + 5);
    await expect
      .poll(async () => {
        const pages: number[] = [];
        for (let cursor: string | undefined = undefined, more = true; more; more = cursor !== undefined) {
          const page: FlowRuns = await session.runs("every", cursor);
          pages.push(page.runs.length);
          cursor = page.cursor;
        }
        return pages;
      })
      .toEqual([25, 25, 25, 25]);
  });
});

describe("a flow tried by hand", () => {
  test("tells its steps as they are done", async () => {
    const session = createSession();
    await session.save("chat", { do: [HOOK, MESSAGE], enabled: false });
    const stream = await session.try("chat");
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    const text = await stream.text();
    const told = [...text.matchAll(/event: (\w+)\ndata: (.+)\n/g)].map(([, event, data]) => [
      event,
      JSON.parse(String(data)),
    ]);
    expect(told.map(([event, { index, status }]) => [event, index, status])).toEqual([
      ["step", 0, "running"],
      ["step", 0, "done"],
      ["step", 1, "running"],
      ["step", 1, "done"],
      ["run", undefined, undefined],
    ]);
    expect(FlowRun.parse(told.at(-1)?.[1])).toMatchObject({ event: "try", steps: [{}, { do: "message" }] });
    expect(await settled(session, "chat")).toEqual([["done", "done"]]);
  });

  test("fails without a second attempt, and counts as no failure", async () => {
    const session = createSession();
    script.perform = async () => ({ ok: false, problem: "The receiver answered with 500." });
    await session.save("chat", { do: [HOOK, MESSAGE] });
    await (await session.try("chat")).text();
    expect(await settled(session, "chat")).toEqual([["failed", "failed"]]);
    expect((await session.list())[0]?.failures).toBe(0);
  });

  test("is cancelled when whoever tried it leaves", async () => {
    const session = createSession();
    const { promise: never } = Promise.withResolvers<never>();
    const signals: AbortSignal[] = [];
    script.perform = (_, signal) => {
      signals.push(signal);
      return never;
    };
    await session.save("chat", { do: [HOOK, MESSAGE] });
    const stream = await session.try("chat");
    await expect.poll(() => signals.length).toBe(1);
    expect((await problemOf(await session.try("chat"))).code).toBe("conflict");
    await stream.body?.cancel();
    await expect.poll(() => signals[0]?.aborted, { timeout: 20_000 }).toBe(true);
    expect(await settled(session, "chat")).toEqual([["cancelled", "cancelled"]]);
    expect(signals).toHaveLength(1);
  });

  test("is over when the runner dies in it", async () => {
    const session = createSession();
    const { promise: never } = Promise.withResolvers<never>();
    let asked = 0;
    script.perform = () => {
      asked++;
      return never;
    };
    await session.save("chat", { do: [HOOK] });
    const stream = await session.try("chat");
    await expect.poll(() => asked).toBe(1);
    await abortAllDurableObjects();
    await stream.text().catch(() => {});
    expect(await settled(session, "chat")).toEqual([["cancelled"]]);
    expect(asked).toBe(1);
  });
});

describe("a hook", () => {
  test("sets its flow off, for whoever has its secret", async () => {
    const session = createSession();
    const { hookSecret = "" } = await session.save("light", { on: { event: "http" } });
    await session.save("other", { on: { event: "http" } });
    expect((await session.call("light", hookSecret)).status).toBe(202);
    expect((await session.call("light", hookSecret)).status).toBe(202);
    expect(await settled(session, "light")).toEqual([["done"], ["done"]]);
    expect((await session.runs("other")).runs).toEqual([]);
    for (const [flow, secret] of [
      ["light", "wrong"],
      ["light", ""],
      ["other", hookSecret],
      ["none", hookSecret],
    ] as const) {
      const problem = await problemOf(await session.call(flow, secret));
      expect(problem).toMatchObject({ code: "flow_not_found", detail: "no flow has this hook" });
    }
  });

  test("of a flow that was switched off, or written anew, is none", async () => {
    const session = createSession();
    const { hookSecret = "" } = await session.save("light", { on: { event: "http" } });
    await session.save("light", { on: { event: "http" }, enabled: false });
    expect((await session.call("light", hookSecret)).status).toBe(404);
    await session.remove("light");
    const again = await session.save("light", { on: { event: "http" } });
    expect((await session.call("light", hookSecret)).status).toBe(404);
    expect((await session.call("light", again.hookSecret ?? "")).status).toBe(202);
  });

  test("is told that it can't be done now where the room does not answer", async () => {
    const session = createSession();
    const { hookSecret = "" } = await session.save("light", { on: { event: "http" } });
    session.room.silent = 1;
    expect((await problemOf(await session.call("light", hookSecret))).code).toBe("unavailable");
    expect((await session.runs("light")).runs).toEqual([]);
  });

  test("looks at how the room stands", async () => {
    const session = createSession();
    const flow = { on: { event: "http" }, if: [{ people: { atLeast: 5 } }] } as const;
    const { hookSecret = "" } = await session.save("light", flow);
    await session.call("light", hookSecret);
    expect((await session.runs("light")).runs).toEqual([]);
    session.room.now.people = 5;
    await session.call("light", hookSecret);
    expect(await settled(session, "light")).toEqual([["done"]]);
  });
});

describe("a message of the queue", () => {
  const deliver = async (...bodies: unknown[]) => {
    const messages = bodies.map((body, i) => ({
      id: `message-${i}`,
      timestamp: new Date(),
      attempts: 1,
      body,
    }));
    const batch = createMessageBatch("revint-flows", messages);
    const ctx = createExecutionContext();
    await worker.queue(batch, bindings);
    return getQueueResult(batch, ctx);
  };

  const LIGHTS = {
    name: "q",
    if: [],
    do: [MESSAGE],
    enabled: true,
    on: { event: "queue", topic: "lights" },
  } as const;

  test("sets off the flows that wait for its topic, once", async () => {
    const session = createSession();
    // As where there is a queue.
    await session
      .stub()
      .saveFlows(session.session, session.sessionUid, { flows: [{ id: "lights", flow: LIGHTS }] });
    const body = { session: session.sessionUid, topic: "lights", depth: 1 };
    await deliver(body);
    const { explicitAcks } = await deliver(body, { ...body, topic: "doors" }, "nonsense");
    expect(explicitAcks).toHaveLength(3);
    expect(await settled(session, "lights")).toEqual([["done"]]);
    expect(script.done[0]).toMatchObject({ depth: 2, cause: { event: "queue", topic: "lights" } });
  });

  test("comes again where the room did not answer", async () => {
    const session = createSession();
    await session
      .stub()
      .saveFlows(session.session, session.sessionUid, { flows: [{ id: "lights", flow: LIGHTS }] });
    session.room.silent = 1;
    const { retryMessages } = await deliver({ session: session.sessionUid, topic: "lights" });
    expect(retryMessages).toHaveLength(1);
  });
});

describe("the clock", () => {
  /** These, and none of other tests. */
  const makeDue = (...sessions: TestSession[]) =>
    runInDurableObject(bindings.FLOW_INDEX.getByName("index"), (_, { storage }) => {
      storage.sql.exec("UPDATE sessions SET lookAt = ?1", Date.now() + 3_600_000);
      for (const { session } of sessions)
        storage.sql.exec("UPDATE sessions SET lookAt = 0 WHERE session = ?1", session);
    });

  test("sets a flow off once, however late, and though it comes twice", async () => {
    const session = createSession();
    await session.save("end", { on: { event: "schedule", minutes: 5 } });
    await runInDurableObject(session.stub(), async (_, { storage }) => {
      const alarm = Number(await storage.getAlarm());
      expect(Math.abs(alarm - session.room.now.openedAt - 5 * 60_000)).toBeLessThan(1000);
      storage.sql.exec("UPDATE flows SET dueAt = dueAt - 3600000");
    });
    await evictAllDurableObjects();
    await Promise.all([runDurableObjectAlarm(session.stub()), session.hint(), session.stub().check()]);
    await session.stub().check();
    await runDurableObjectAlarm(session.stub());
    expect(await settled(session, "end")).toEqual([["done"]]);
    expect((await session.runs("end")).runs[0]?.event).toBe("schedule");
  });

  test("of a session that began anew starts anew", async () => {
    const session = createSession();
    session.room.now.openedAt = Date.now() - 10 * 60_000;
    await session.save("end", { on: { event: "schedule", minutes: 5 } });
    session.room.restart();
    await session.hint();
    await runInDurableObject(session.stub(), (_, { storage }) => {
      const [row] = storage.sql.exec("SELECT dueAt FROM flows").toArray();
      expect(Number(row?.dueAt)).toBe(session.room.now.openedAt + 5 * 60_000);
    });
  });

  test("finds what no hint has told of, and nothing where nothing is due", async () => {
    const session = createSession();
    await session.save("every");
    session.room.happen({ event: "page", page: "1.0" });
    const index = bindings.FLOW_INDEX.getByName("index");
    const readDue = () =>
      runInDurableObject(index, (_, { storage }) =>
        storage.sql.exec("SELECT session, lookAt FROM sessions ORDER BY session").toArray(),
      );
    const before = await readDue();
    await index.look();
    expect(await readDue()).toEqual(before);
    await makeDue(session);
    expect((await ask("POST", "/looks")).status).toBe(200);
    await expect.poll(async () => (await session.runs("every")).runs.length).toBe(1);
    expect(await settled(session, "every")).toEqual([["done"]]);
  });

  test("wakes sixty sessions in two turns, and each of them looks in a turn of its own", async () => {
    const sessions = Array.from({ length: 60 }, createSession);
    await Promise.all(sessions.map((session) => session.save("every")));
    await makeDue(...sessions);
    for (const { room } of sessions) room.happen({ event: "page", page: "1.0" });
    const index = bindings.FLOW_INDEX.getByName("index");
    const countDue = () =>
      runInDurableObject(index, (_, { storage }) =>
        Number(storage.sql.exec("SELECT count(*) AS due FROM sessions WHERE lookAt = 0").one().due),
      );
    // Nobody's room is asked by the clock itself: it does not answer, and the turn is none the longer for it.
    const { promise: never, resolve } = Promise.withResolvers<void>();
    script.onRead = () => never;
    await index.look();
    expect(await countDue()).toBe(10);
    await index.look();
    expect(await countDue()).toBe(0);
    resolve();
    script.onRead = undefined;
    for (const session of sessions) {
      await expect.poll(async () => (await session.runs("every")).runs.length).toBe(1);
    }
  });

  test("is told which sessions flows have ended, once", async () => {
    const session = createSession();
    await session.save("end", { do: [{ do: "end" }] });
    session.room.happen({ event: "page", page: "1.0" });
    await session.hint();
    await expect.poll(async () => (await session.runs("end")).runs.length).toBe(1);
    expect(await settled(session, "end")).toEqual([["done"]]);
    const look = async () => FlowLook.parse(await (await ask("POST", "/looks")).json()).ended;
    expect(await look()).toContain(session.session);
    expect(await look()).toEqual([]);
  });
});

describe("the flows of a session's talk", () => {
  const createCopy = (id: string, flow: Partial<NewFlow> = {}, secrets: Partial<FlowCopy> = {}) =>
    FlowCopy.parse({
      ...{ id, signingSecret: null, hookHash: null, ...secrets },
      flow: { name: `The talk's ${id}`, on: ON_PAGE, do: [MESSAGE], ...flow },
    });
  const readDue = (session: TestSession) =>
    runInDurableObject(session.stub(), (_, { storage }) =>
      storage.sql
        .exec("SELECT id, dueAt FROM flows")
        .toArray()
        .map(({ id, dueAt }) => [id, dueAt]),
    );

  test("are there from the opening on, with their secrets, and run", async () => {
    const session = createSession();
    const hookHash = await hashSecret("the hook's secret");
    const hook = createCopy(
      "light",
      { on: { event: "http" }, do: [HOOK] },
      { hookHash, signingSecret: "whsec_a" },
    );
    expect(await session.takeOver(createCopy("page"), hook)).toBe(200);
    session.room.happen({ event: "page", page: "1.0" });
    await session.hint();
    expect(await settled(session, "page")).toEqual([["done"]]);
    expect((await session.call("light", "the hook's secret")).status).toBe(202);
    await settled(session, "light");
    expect(script.done.at(-1)).toMatchObject({ signingSecret: "whsec_a", action: HOOK });
    expect(await session.copies()).toEqual([createCopy("page"), hook]);
  });

  test("come once: what hosts have done to them since stays, whoever opens the session again", async () => {
    const session = createSession();
    const [a, b] = [createCopy("a"), createCopy("b")];
    await Promise.all([session.takeOver(a, b), session.takeOver(a, b)]);
    await session.remove("a");
    await session.save("b", { name: "Mine" });
    await evictAllDurableObjects();
    expect(await session.takeOver(a, b, createCopy("c"))).toBe(200);
    expect((await session.list()).map(({ name }) => name)).toEqual(["Mine"]);
    await session.remove("b");
    expect(await session.takeOver(a, b)).toBe(200);
    expect(await session.list()).toEqual([]);
    // A session that is forgotten, and opened anew, has them anew.
    await session.forget();
    await session.takeOver(a, b);
    expect((await session.list()).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test("leave those alone that were written before, and are twenty with them", async () => {
    const session = createSession();
    await session.save("a", { name: "Mine" });
    const many = Array.from({ length: LIMITS.flows }, (_, index) => createCopy(`f${index}`));
    await session.takeOver(createCopy("a"), ...many.slice(1));
    const names = (await session.list()).map(({ name }) => name);
    expect(names).toHaveLength(LIMITS.flows);
    expect(names).toContain("Mine");
    expect(names).not.toContain("The talk's a");
  });

  test("come all or not at all, and a failure leaves the session as it was", async () => {
    const session = createSession();
    session.room.silent = 2;
    expect(await session.takeOver(createCopy("a"), createCopy("b"))).toBe(503);
    expect(await session.list()).toEqual([]);
    expect(await session.takeOver(createCopy("a"), createCopy("b"))).toBe(503);
    expect(await session.takeOver(createCopy("a"), createCopy("b"))).toBe(200);
    expect(await session.list()).toHaveLength(2);
    const gone = createSession();
    gone.room.isGone = true;
    expect(await gone.takeOver(createCopy("a"))).toBe(404);
  });

  test("that go by the clock count from the opening, although they come a little later", async () => {
    const session = createSession();
    const { now } = session.room;
    now.openedAt = Date.now() - 1000;
    now.startsAt = now.openedAt + 20 * 60_000;
    await session.takeOver(
      createCopy("now", { on: { event: "schedule", minutes: 0 } }),
      createCopy("before", { on: { event: "schedule", minutes: -10, from: "start" } }),
    );
    await session.hint();
    expect(await settled(session, "now")).toEqual([["done"]]);
    expect(await readDue(session)).toEqual([
      ["now", null],
      ["before", now.openedAt + 10 * 60_000],
    ]);
  });

  test("that go by the talk's start go along when it is moved, and the one of before does not come", async () => {
    const session = createSession();
    const { now } = session.room;
    now.startsAt = Date.now() + 60_000;
    const on = { event: "schedule", minutes: 5, from: "start" } as const;
    await session.takeOver(createCopy("end", { on }));
    now.startsAt += 3_600_000;
    await session.hint();
    expect(await readDue(session)).toEqual([["end", now.startsAt + 5 * 60_000]]);
    now.startsAt = undefined;
    await session.hint();
    expect(await readDue(session)).toEqual([["end", null]]);
    expect(await session.runs("end")).toEqual({ runs: [] });
    const refused = await session.write("mine", { on });
    expect(await problemOf(refused)).toMatchObject({ code: "flow_not_valid", issues: [{ path: "on.from" }] });
  });
});

test("what can't be done here is refused before it is saved with a talk", async () => {
  const check = (more: object) => ask("POST", "/checks", { name: "n", on: ON_PAGE, do: [MESSAGE], ...more });
  expect((await check({})).status).toBe(200);
  const queue = await check({ do: [{ do: "queue", topic: "x" }] });
  expect((await problemOf(queue)).code).toBe("capability_missing");
  const inside = await check({ do: [{ do: "webhook", url: "https://10.0.0.1/x" }] });
  expect((await problemOf(inside)).code).toBe("flow_not_valid");
});

describe("a session that is gone", () => {
  const isForgotten = async (session: TestSession) => {
    await runInDurableObject(session.stub(), async (_, { storage }) => {
      expect(storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'facts'").toArray()).toEqual([]);
      expect(await storage.getAlarm()).toBeNull();
    });
    expect((await bindings.SNAPSHOTS.list({ prefix: `flows/${session.session}/` })).objects).toEqual([]);
    await runInDurableObject(bindings.FLOW_INDEX.getByName("index"), (_, { storage }) => {
      const query = "SELECT * FROM sessions WHERE session = ?1";
      expect(storage.sql.exec(query, session.session).toArray()).toEqual([]);
    });
    expect(await session.list()).toEqual([]);
  };

  test("takes its flows, runs and snapshots along", async () => {
    const session = createSession();
    const { hookSecret = "" } = await session.save("every", { on: { event: "http" } });
    await session.call("every", hookSecret);
    await settled(session, "every");
    await bindings.SNAPSHOTS.put(`flows/${session.session}/a.0.json`, "{}");
    expect((await session.forget()).status).toBe(200);
    await isForgotten(session);
    expect((await session.call("every", hookSecret)).status).toBe(404);
    expect((await session.forget()).status).toBe(200);
    // It may have flows again, if it comes to life again.
    await session.save("every");
    expect(await session.list()).toHaveLength(1);
  });

  test("by itself, too", async () => {
    const session = createSession();
    await session.save("every");
    session.room.isGone = true;
    await session.hint();
    await isForgotten(session);
  });

  test("is looked for when its time has passed", async () => {
    const session = createSession();
    session.room.now.expiresAt = Date.now() + 1000;
    await session.save("hook", { on: { event: "http" } });
    await runInDurableObject(session.stub(), async (_, { storage }) => {
      expect(Number(await storage.getAlarm())).toBeGreaterThan(session.room.now.expiresAt);
    });
    session.room.isGone = true;
    await runDurableObjectAlarm(session.stub());
    await isForgotten(session);
  });
});

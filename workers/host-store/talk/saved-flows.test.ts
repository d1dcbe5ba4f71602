import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { Flows, NewFlow } from "../../../shared/protocol/flow.schema.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { Problem } from "../../../shared/protocol/problem.schema.ts";
import { Done } from "../../../shared/protocol/session.schema.ts";
import { type FlowCopy, KeptFlow, KeptFlows } from "../../lib/flow-copy.ts";
import { OpeningAnswer, TalkWithNewToken, TalkWithToken } from "../../lib/host-talk.ts";
import { hashSecret } from "../../lib/random.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { readRefusal, signUp, store } from "../test-client.ts";
import { findScans, recordStatements } from "../test-plans.ts";
import { eraseTalk, markTalk } from "./deletion.ts";
import { addFlows, listFlows, readSavedFlows, removeFlow, saveFlow, saveFlows } from "./saved-flows.ts";
import { createTalk } from "./talks.ts";

const talkRoutes = store.accounts[":account"].talks[":talk"];

const createFlow = (more: object = {}) =>
  NewFlow.parse({ name: "Recap", on: { event: "ended" }, do: [{ do: "recap" }], ...more });

const HOOK = { on: { event: "http" }, do: [{ do: "webhook", url: "https://chat.example.org/hook" }] };

const createCopy = (id: string, more: Partial<FlowCopy> = {}): FlowCopy => ({
  ...{ id, flow: createFlow(), signingSecret: null, hookHash: null, ...more },
});

async function createOwn(json: { startsAt?: number } = {}) {
  const account = (await signUp()).account.id;
  const { talk } = await createTalk(env.HOST_DB, account, { name: "A", ...json }, Date.now());
  const own = { account, talk: talk.id };
  const save = async (id: string, flow: object = {}) =>
    talkRoutes.flows[":flow"].$put({ param: { ...own, flow: id }, json: createFlow(flow) });
  const list = async () => (await readAnswer(Flows, await talkRoutes.flows.$get({ param: own }))).flows;
  const add = (...flows: FlowCopy[]) => talkRoutes["flow-copies"].$post({ param: own, json: { flows } });
  return { own, save, list, add };
}

describe("flows of a talk", () => {
  test("are kept, listed in the order of their making, replaced and removed", async () => {
    const { own, save, list } = await createOwn();
    expect(await list()).toEqual([]);
    await readAnswer(KeptFlow, await save("b"));
    await readAnswer(KeptFlow, await save("c"));
    await readAnswer(KeptFlow, await save("b", { name: "Another" }));
    expect(await list()).toEqual([
      { ...createFlow({ name: "Another" }), id: "b", failures: 0 },
      { ...createFlow(), id: "c", failures: 0 },
    ]);
    const remove = (flow: string) => talkRoutes.flows[":flow"].$delete({ param: { ...own, flow } });
    await readAnswer(Done, await remove("b"));
    expect((await readRefusal(await remove("b"))).code).toBe("flow_not_found");
    expect((await list()).map(({ id }) => id)).toEqual(["c"]);
  });

  test("are their own host's alone", async () => {
    const [{ own, save }, other] = [await createOwn(), await createOwn()];
    await save("a");
    const foreign = { account: other.own.account, talk: own.talk };
    const refusals = await Promise.all([
      talkRoutes.flows.$get({ param: foreign }),
      talkRoutes.flows.$post({ param: foreign, json: { flows: [{ id: "b", flow: createFlow() }] } }),
      talkRoutes["flow-copies"].$post({ param: foreign, json: { flows: [createCopy("b")] } }),
      talkRoutes.flows[":flow"].$put({
        param: { ...foreign, flow: "a" },
        json: createFlow({ name: "Mine" }),
      }),
      talkRoutes.flows[":flow"].$delete({ param: { ...foreign, flow: "a" } }),
    ]);
    for (const refused of refusals) expect((await readRefusal(refused)).code).toBe("talk_not_found");
    expect(await listFlows(env.HOST_DB, own)).toEqual({ flows: [{ ...createFlow(), id: "a", failures: 0 }] });
  });

  test("are twenty at most, and one that is there can be written when they are", async () => {
    const { save, list, add } = await createOwn();
    await readAnswer(
      Flows,
      await add(...Array.from({ length: LIMITS.flows }, (_, n) => createCopy(`f${n}`))),
    );
    expect((await readRefusal(await save("more"))).code).toBe("limit_reached");
    expect((await save("f3", { name: "Changed" })).status).toBe(200);
    expect((await readRefusal(await add(createCopy("more")))).code).toBe("limit_reached");
    expect(await list()).toHaveLength(LIMITS.flows);
  });

  test("have secrets that are told once, when they are made, and of a hook no more than a hash is kept", async () => {
    const { own, save } = await createOwn();
    const made = await readAnswer(KeptFlow, await save("light", HOOK));
    expect(made.signingSecret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(made.hookSecret).toMatch(/^[\w-]{43}$/);
    const again = await readAnswer(KeptFlow, await save("light", { ...HOOK, name: "Light" }));
    expect(again).toEqual({ flow: { ...createFlow({ ...HOOK, name: "Light" }), id: "light", failures: 0 } });
    const kept = await readSavedFlows(env.HOST_DB, own.talk);
    expect(kept).toMatchObject([
      { signingSecret: made.signingSecret, hookHash: await hashSecret(made.hookSecret ?? "") },
    ]);
    expect(JSON.stringify(kept)).not.toContain(made.hookSecret);
    expect(JSON.stringify(await listFlows(env.HOST_DB, own))).not.toContain("whsec_");
    // Without need of any, there are none; and then new ones.
    await save("light");
    expect(await readSavedFlows(env.HOST_DB, own.talk)).toMatchObject([
      { signingSecret: null, hookHash: null },
    ]);
    const anew = await readAnswer(KeptFlow, await save("light", HOOK));
    expect(anew.hookSecret).not.toBe(made.hookSecret);
  });

  test("of two who write one at once, one is told the secret that holds", async () => {
    const { own, save } = await createOwn();
    const answers = await Promise.all([save("light", HOOK), save("light", HOOK), save("light", HOOK)]);
    const told = await Promise.all(
      answers.map(async (answer) => (await readAnswer(KeptFlow, answer)).hookSecret),
    );
    const secrets = told.filter((secret) => secret !== undefined);
    expect(secrets).toHaveLength(1);
    const [kept] = await readSavedFlows(env.HOST_DB, own.talk);
    expect(kept?.hookHash).toBe(await hashSecret(secrets[0] ?? ""));
  });

  test("go by the start of a talk that has one, and by no other", async () => {
    const on = { event: "schedule", minutes: -10, from: "start" };
    const [without, timed] = [await createOwn(), await createOwn({ startsAt: 1_795_180_000_000 })];
    expect((await readRefusal(await without.save("a", { on }))).code).toBe("flow_not_valid");
    expect((await timed.save("a", { on })).status).toBe(200);
  });

  test("are taken from a session with what is secret of them, in place of those of the same id", async () => {
    const { own, save, add } = await createOwn();
    await save("light", HOOK);
    await save("recap");
    const copy = createCopy("light", { flow: createFlow(HOOK), signingSecret: "whsec_a", hookHash: "b" });
    const { flows } = await readAnswer(Flows, await add(copy, createCopy("new")));
    expect(flows.map(({ id }) => id).sort()).toEqual(["light", "new", "recap"]);
    expect(await readSavedFlows(env.HOST_DB, own.talk)).toContainEqual(copy);
    expect((await readAnswer(Flows, await add())).flows).toHaveLength(3);
  });

  test("are saved together: all, in their order, each with its secrets; or none", async () => {
    const { own, list } = await createOwn();
    const save = (...flows: { id: string; flow: NewFlow }[]) =>
      talkRoutes.flows.$post({ param: own, json: { flows } });
    const given = [
      { id: "z", flow: createFlow(HOOK) },
      { id: "a", flow: createFlow() },
    ];
    const [light] = (await readAnswer(KeptFlows, await save(...given))).flows;
    expect(light).toMatchObject({ signingSecret: expect.any(String), hookSecret: expect.any(String) });
    expect((await list()).map(({ id }) => id)).toEqual(["z", "a"]);
    const many = Array.from({ length: LIMITS.flows - 1 }, (_, n) => ({ id: `f${n}`, flow: createFlow() }));
    expect((await readRefusal(await save(...many))).code).toBe("limit_reached");
    const on = { event: "schedule", minutes: 5, from: "start" };
    const untimed = await save({ id: "b", flow: createFlow() }, { id: "c", flow: createFlow({ on }) });
    expect(Problem.parse(await untimed.json())).toMatchObject({
      code: "flow_not_valid",
      issues: [{ path: "flows.1.on.from" }],
    });
    expect(await list()).toHaveLength(2);
  });

  test("that nobody can read any more keep none of the others from being read", async () => {
    const { own, save, list } = await createOwn();
    await save("a");
    await save("b");
    await env.HOST_DB.prepare("UPDATE talk_flows SET flow = ?2 WHERE talk = ?1 AND id = 'a'")
      .bind(own.talk, '{"name":"of a later version"}')
      .run();
    expect((await list()).map(({ id }) => id)).toEqual(["b"]);
  });

  test("come with the opening of a session that began after them, and go with their talk", async () => {
    const { own, save } = await createOwn();
    await save("early");
    const answer = await talkRoutes.token.$post({ param: own });
    const { id } = (await readAnswer(TalkWithNewToken, answer)).current;
    const { opening } = store.talks[":talk"].tokens[":id"];
    const note = async (openedAt?: number) => {
      const json = { isNew: true, isOver: false, ...(openedAt !== undefined && { openedAt }) };
      const noted = await opening.$put({ param: { talk: own.talk, id }, json });
      return (await readAnswer(OpeningAnswer, noted)).flows.map((flow) => flow.id);
    };
    expect(await note(Date.now())).toEqual(["early"]);
    expect(await note(1)).toEqual([]);
    expect(await note()).toEqual([]);
    await readAnswer(TalkWithToken, await talkRoutes.$get({ param: own }));
    await markTalk(env.HOST_DB, own, 1);
    expect(await note(Date.now())).toEqual([]);
    expect(await eraseTalk(env.HOST_DB, own.talk)).toBe(false);
    expect(await readSavedFlows(env.HOST_DB, own.talk)).toEqual([]);
  });
});

test("no statement about flows walks through a table", async () => {
  const { own } = await createOwn();
  const { db, statements } = recordStatements(env.HOST_DB);
  await saveFlow(db, own, { id: "a", flow: createFlow(HOOK) }, 1);
  await saveFlows(db, own, [{ id: "c", flow: createFlow() }], 1);
  await addFlows(db, own, { flows: [createCopy("b")] }, 1);
  await listFlows(db, own);
  await removeFlow(db, own, "a");
  await markTalk(db, own, 1);
  await eraseTalk(db, own.talk);
  expect(statements.size).toBeGreaterThan(8);
  for (const sql of statements) {
    const scans = (await findScans(env.HOST_DB, sql)).filter((scan) => !scan.startsWith("SCAN json_each"));
    expect([sql, scans]).toEqual([sql, []]);
  }
});

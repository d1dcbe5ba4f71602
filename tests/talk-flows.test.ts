import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FlowRuns, Flows, SavedFlow } from "../shared/protocol/flow.schema.ts";
import type { Talk } from "../shared/protocol/host/talk.ts";
import { HostRules } from "../shared/protocol/rules.schema.ts";
import { SessionAnswer } from "../shared/protocol/session.schema.ts";
import { type Deployment, type RequestOptions, read, readProblem, startDeployment } from "./deployment.ts";
import { TalkHost } from "./talk-host.ts";

let revint: Deployment;
let host: TalkHost;
beforeAll(async () => {
  revint = await startDeployment();
  host = await TalkHost.signUp(revint);
});
afterAll(() => revint.close());

const MINUTE = 60_000;
const PAUSE = { do: "rules", paused: true } as const;

const pathOf = ({ sessionUid }: Pick<Talk, "sessionUid">) => `/api/v1/session/${sessionUid}`;
const strike = () => revint.tick("* * * * *");

/** A talk, and what its host does at home and in its session. */
async function createTalk(more: { startsAt?: number; opensBefore?: number } = {}) {
  const { talk, token } = await host.create({ name: "On rooms", date: "2026-11-30", ...more });
  const home = `talks/${talk.id}`;
  const inSession = (method: string, path: string, options: RequestOptions = {}) =>
    revint.request(method, pathOf(talk) + path, { token, ...options });
  /** Its host opens it, or comes back. */
  const come = async () => ({ uid: (await revint.host(token)).hostUid });
  return {
    ...{ talk, token, home, inSession },
    write: (id: string, flow: object) =>
      host.request("PUT", `${home}/flows/${id}`, { json: { name: id, ...flow } }),
    save: (id: string, flow: object) =>
      host.ask(SavedFlow, "PUT", `${home}/flows/${id}`, { name: id, ...flow }),
    saved: async () => (await host.ask(Flows, "GET", `${home}/flows`)).flows.map(({ id }) => id),
    flows: async () => (await read(Flows, await inSession("GET", "/flows"))).flows.map(({ id }) => id),
    isThere: async () => (await revint.request("GET", pathOf(talk))).status === 200,
    come,
    isPaused: async () => (await read(HostRules, await inSession("GET", "/rules", await come()))).paused,
    show: async (page: string) =>
      inSession("POST", "/state", { ...(await come()), json: { page, state: "s" } }),
    /** Resolves when a flow has run to its end. */
    done: (id: string) =>
      expect
        .poll(
          async () => {
            const { runs } = await read(FlowRuns, await inSession("GET", `/flows/${id}/runs`));
            return runs.flatMap(({ steps }) => steps.map(({ status }) => status));
          },
          { timeout: 60_000 },
        )
        .toEqual(["done"]),
    status: async () => (await host.list()).talks.find(({ id }) => id === talk.id)?.status,
  };
}

/** One that is to open by now. */
const createDue = () => createTalk({ startsAt: Date.now() + 5 * MINUTE, opensBefore: 10 });

describe("what is saved with a talk to be done by itself", () => {
  test("is saved at home; the session opens by the clock, and does it", async () => {
    const { talk, save, saved, flows, isThere, isPaused, show, done, status } = await createDue();
    await save("quiet", { on: { event: "page", page: "2.0" }, do: [PAUSE] });
    const { hookUrl = "" } = await save("loud", {
      on: { event: "http" },
      do: [{ do: "rules", paused: false }],
    });
    expect(await saved()).toEqual(["quiet", "loud"]);
    // A key of a stream deck is set up at home; until the session is there, it does nothing.
    expect(hookUrl).toContain(`${revint.url}/api/v1/hook/${talk.sessionUid}/loud/`);
    expect((await fetch(hookUrl, { method: "POST" })).status).toBe(404);
    expect([await isThere(), await status()]).toEqual([false, "upcoming"]);

    await Promise.all([strike(), strike()]);
    const found = await read(SessionAnswer, await revint.request("GET", pathOf(talk)));
    expect(found).toMatchObject({ name: "On rooms", date: "2026-11-30", webUiUrl: `${revint.url}/join` });
    expect(await status()).toBe("running");
    expect(await flows()).toEqual(["quiet", "loud"]);
    await show("2.0");
    await done("quiet");
    expect(await isPaused()).toBe(true);
    expect((await fetch(hookUrl, { method: "POST" })).status).toBe(202);
    await done("loud");
    expect(await isPaused()).toBe(false);
  }, 180_000);

  test("comes once: what was deleted on the stage does not come back, and what is saved later waits for the next time", async () => {
    const { token, save, flows, inSession, home } = await createTalk();
    await save("a", { on: { event: "ended" }, do: [{ do: "recap" }] });
    await save("b", { on: { event: "ended" }, do: [{ do: "recap" }] });
    expect((await revint.host(token)).withoutFlows).toBeUndefined();
    expect(await flows()).toEqual(["a", "b"]);
    expect((await inSession("DELETE", "/flows/a")).status).toBe(204);
    await save("c", { on: { event: "page" }, do: [PAUSE] });
    await revint.host(token);
    await revint.host(token, { restart: true });
    expect(await flows()).toEqual(["b"]);
    // What is taken away at home goes on in the session, and the other way round.
    expect((await host.request("DELETE", `${home}/flows/b`)).status).toBe(204);
    await revint.host(token);
    expect(await flows()).toEqual(["b"]);
  }, 120_000);

  test("is nothing where it was saved after the session began", async () => {
    const { token, save, flows } = await createTalk();
    await revint.host(token);
    await save("late", { on: { event: "page" }, do: [PAUSE] });
    await revint.host(token);
    expect(await flows()).toEqual([]);
  }, 120_000);

  test("keeps nobody from giving their talk: the host is told, and the next opening tries again", async () => {
    const { talk, token, save, flows, show } = await createTalk();
    await save("a", { on: { event: "page", page: "2.0" }, do: [PAUSE] });
    // More than a session can have: whoever takes them over refuses.
    for (let row = 0; row < 20; row++) {
      await revint.changeHosts(
        "INSERT INTO talk_flows SELECT talk, ?2, flow, NULL, NULL, created_at FROM talk_flows WHERE talk = ?1 AND id = 'a'",
        ...[talk.id, `more${row}`],
      );
    }
    expect((await revint.host(token)).withoutFlows).toBe(true);
    await show("1.0");
    expect(await flows()).toEqual([]);
    await revint.changeHosts("DELETE FROM talk_flows WHERE talk = ?1 AND id <> 'a'", talk.id);
    expect((await revint.host(token)).withoutFlows).toBeUndefined();
    expect(await flows()).toEqual(["a"]);
  }, 120_000);

  test("is refused at home where it can't be done here", async () => {
    const { write, saved } = await createTalk();
    const on = { event: "page" };
    const codeOf = async (flow: object) => (await readProblem(await write("a", flow))).code;
    expect(await codeOf({ on, do: [{ do: "queue", topic: "x" }] })).toBe("capability_missing");
    expect(await codeOf({ on, do: [{ do: "webhook", url: "https://127.0.0.1/x" }] })).toBe("flow_not_valid");
    expect(await codeOf({ on: { event: "applause" }, do: [PAUSE] })).toBe("flow_not_valid");
    expect(await codeOf({ on: { event: "schedule", minutes: 5, from: "start" }, do: [PAUSE] })).toBe(
      "flow_not_valid",
    );
    expect(await saved()).toEqual([]);
  }, 120_000);

  test("is kept from its session for the next time, with the hook that its host has set up", async () => {
    const { talk, token, home, inSession, saved } = await createTalk();
    await revint.host(token);
    const on = { event: "http" };
    const made = await inSession("PUT", "/flows/light", { json: { name: "Light", on, do: [PAUSE] } });
    const { hookUrl = "" } = await read(SavedFlow, made);
    const { flows } = await host.ask(Flows, "POST", `${home}/flows/from-session`);
    expect(flows).toMatchObject([{ id: "light", name: "Light", failures: 0 }]);
    expect(JSON.stringify(flows)).not.toContain("whsec_");
    await revint.eraseSession(talk.sessionUid.slice(0, 18));
    expect((await fetch(hookUrl, { method: "POST" })).status).not.toBe(202);
    await revint.host(token);
    expect((await fetch(hookUrl, { method: "POST" })).status).toBe(202);
    expect(await saved()).toEqual(["light"]);
  }, 120_000);

  test("goes with the talk", async () => {
    const { talk, save } = await createTalk();
    await save("a", { on: { event: "ended" }, do: [{ do: "recap" }] });
    expect(await revint.countRows("talk_flows", "talk", talk.id)).toBe(1);
    expect((await host.request("DELETE", `talks/${talk.id}`)).status).toBe(204);
    expect(await revint.countRows("talk_flows", "talk", talk.id)).toBe(0);
  }, 120_000);
});

describe("a session that opens by itself", () => {
  test("begins as with its talk's deck, and goes by the talk's start", async () => {
    const { token, save, done, isThere, flows } = await createDue();
    await save("quiet", { on: { event: "schedule", minutes: 5, from: "start" }, do: [PAUSE] });
    // Its minute is over by a little: the clock is late.
    await save("now", { on: { event: "schedule", minutes: -8, from: "start" }, do: [PAUSE] });
    await strike();
    expect(await isThere()).toBe(true);
    await done("now");
    expect(await flows()).toEqual(["quiet", "now"]);
    // Its host comes, and finds it open.
    expect(await revint.host(token)).toMatchObject({ resumed: true, endedAt: null });
  }, 120_000);

  test("stays shut where the talk was moved or deleted, and where its time has not come", async () => {
    const [moved, deleted, early, due] = [
      await createDue(),
      await createDue(),
      await createDue(),
      await createDue(),
    ];
    await host.request("PATCH", moved.home, { json: { startsAt: Date.now() + 20 * MINUTE } });
    await host.request("DELETE", deleted.home);
    await host.request("PATCH", early.home, { json: { opensBefore: 4 } });
    await strike();
    for (const { isThere } of [moved, deleted, early]) expect(await isThere()).toBe(false);
    expect(await due.isThere()).toBe(true);
    await host.request("PATCH", early.home, { json: { opensBefore: 6 } });
    await strike();
    expect(await early.isThere()).toBe(true);
  }, 120_000);

  test("is not opened again, once its host has ended it", async () => {
    const { token, home, come, inSession, isThere } = await createDue();
    await strike();
    expect((await inSession("POST", "/end", await come())).status).toBe(200);
    await host.request("PATCH", home, { json: { startsAt: Date.now() + MINUTE, opensBefore: 5 } });
    await strike();
    expect(await isThere()).toBe(true);
    expect((await revint.host(token)).endedAt).toBeGreaterThan(0);
  }, 120_000);

  test("takes minutes that are some, up to a day", async () => {
    const { home } = await createTalk();
    for (const opensBefore of [-1, 1.5, 1441, "10"]) {
      const refused = await host.request("PATCH", home, { json: { opensBefore } });
      expect((await readProblem(refused)).code).toBe("invalid_request");
    }
  }, 120_000);
});

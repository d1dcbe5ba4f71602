import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { Activities } from "../shared/interactions/activity/activity.schema.ts";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import { FlowRun, Flows } from "../shared/protocol/flow.schema.ts";
import { type Deployment, read, readProblem, startDeployment } from "./deployment.ts";
import { startTalk } from "./flow-talk.ts";
import { openWebhook, Receiver } from "./receiver.ts";

let revint: Deployment;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.start();
  revint = await startDeployment({
    rooms: { REACTIONS_PER_SECOND: "1000", REACTIONS_BURST: "1000" },
    automations: { WEBHOOK_PRIVATE: "true" },
  });
});
afterAll(async () => {
  await revint.close();
  await receiver.close();
});

const POLL = {
  kind: "choice",
  prompt: "Too fast?",
  options: ["yes", "no"].map((id) => ({ id, text: id })),
  show: "live",
};

const Told = z.object({ type: z.string(), session: z.string(), run: z.string(), data: z.unknown() });

describe("when this happens, that is done:", () => {
  test("a burst of reactions tells somebody, signed, opens an activity, and goes on to a page", async () => {
    const talk = await startTalk(revint);
    await talk.host("PUT", "/activities/pace", { json: POLL });
    await talk.show("1.0");
    const { signingSecret = "" } = await talk.save("burst", {
      on: { event: "reactions", page: "1.0", reaction: "❓", atLeast: 20, within: 60 },
      do: [
        { do: "webhook", url: `${receiver.url}/burst` },
        { do: "activity", activity: "pace", status: "open" },
        { do: "message", text: "Twenty questions!" },
      ],
    });
    const people = await Promise.all(Array.from({ length: 5 }, talk.join));
    for (const person of people) {
      for (let i = 0; i < 3; i++) expect((await person.react("1.0", "❓")).status).toBe(200);
    }
    for (const person of people) {
      for (let i = 0; i < 2; i++) await person.react("1.0", "❓");
    }
    expect(await talk.settled("burst")).toEqual(["done done done"]);
    const [request, ...others] = receiver.got("/burst");
    expect(others).toEqual([]);
    if (!request) throw new Error("nothing came");
    const told = Told.parse(openWebhook(request, signingSecret));
    const [run] = await talk.runs("burst");
    expect(told).toMatchObject({ type: "reactions", session: talk.sessionUid, run: run?.id });
    expect(told.data).toMatchObject({ page: "1.0", reaction: "❓" });
    expect(request.headers["webhook-id"]).toBe(`${run?.id}.0`);
    const { activities } = await read(Activities, await talk.host("GET", "/activities"));
    expect(activities[0]).toMatchObject({ id: "pace", status: "open" });
  });

  test("a flow that sets itself off stops after three, and says so", async () => {
    const talk = await startTalk(revint);
    await talk.save("circle", {
      on: { event: "page" },
      do: [{ do: "state", page: "2.0" }],
    });
    await talk.save("back", {
      on: { event: "page", page: "2.0" },
      do: [{ do: "state", page: "3.0" }],
    });
    await talk.show("1.0");
    await expect
      .poll(async () => (await talk.runs("circle")).some(({ steps }) => steps[0]?.status === "cancelled"), {
        interval: 200,
        timeout: 60_000,
      })
      .toBe(true);
    const runs = [...(await talk.runs("circle")), ...(await talk.runs("back"))];
    const stopped = runs.flatMap(({ steps }) => steps).filter(({ status }) => status === "cancelled");
    expect(new Set(stopped.map(({ problem }) => problem))).toEqual(
      new Set(["Stopped: it was caused by 3 flows in a row."]),
    );
    expect(runs.length).toBeLessThan(12);
  });

  test("when enough have answered the poll is closed; with the last question the session ends, and the recap is made", async () => {
    const talk = await startTalk(revint);
    await talk.host("PUT", "/activities/pace", { json: POLL });
    await talk.save("close", {
      on: { event: "answers", activity: "pace", share: 0.8 },
      do: [{ do: "activity", activity: "pace", status: "closed" }],
    });
    await talk.save("enough", {
      on: { event: "activity", activity: "pace", status: "closed" },
      do: [{ do: "end" }],
    });
    await talk.save("recap", { on: { event: "ended" }, do: [{ do: "recap" }, { do: "store" }] });
    await talk.save("told", {
      on: { event: "recap" },
      do: [{ do: "webhook", url: `${receiver.url}/recap` }],
    });
    await talk.show("1.0");
    const people = await Promise.all(Array.from({ length: 5 }, () => revint.join(talk.sessionUid)));
    const pipes = people.map(
      ({ uid }) =>
        new WebSocket(
          `${revint.url.replace("http", "ws")}/ws/v1/session/${talk.sessionUid}/user/${uid}/pipe`,
        ),
    );
    await Promise.all(
      pipes.map(
        (pipe) => new Promise((resolve) => pipe.addEventListener("message", resolve, { once: true })),
      ),
    );
    await talk.host("POST", "/activities/pace/status", { json: { status: "open" } });
    for (const person of people.slice(0, 4)) {
      const answer = await revint.request("PUT", `${talk.path}/user/${person.uid}/answers/pace`, {
        ...person,
        json: { round: 1, value: ["yes"] },
      });
      expect(answer.status).toBe(200);
    }
    expect(await talk.settled("close")).toEqual(["done"]);
    expect(await talk.settled("recap")).toEqual(["done done"]);
    expect(await talk.settled("told")).toEqual(["done"]);
    expect(receiver.got("/recap")).toHaveLength(1);
    expect((await readProblem(await talk.show("2.0"))).code).toBe("session_ended");
    // What follows an end by its host follows this one, too.
    const { REACTION_KV } = await revint.harness
      .getWorker<{ REACTION_KV: { get(key: string, type: "json"): Promise<unknown> } }>(
        "revint-reaction-store",
      )
      .getEnv();
    const kept = await REACTION_KV.get(talk.sessionUid.slice(0, 18), "json");
    expect(kept).toMatchObject({ participants: 5, endedAt: expect.any(Number) });
    const { SNAPSHOTS } = await revint.harness
      .getWorker<{
        SNAPSHOTS: { list(options: { prefix: string }): Promise<{ objects: readonly { key: string }[] }> };
      }>("revint-automations")
      .getEnv();
    const prefix = `flows/${talk.sessionUid.slice(0, 18)}/`;
    expect((await SNAPSHOTS.list({ prefix })).objects).toHaveLength(1);
    // All of it goes with the session.
    expect((await talk.host("DELETE", "")).status).toBe(204);
    expect((await SNAPSHOTS.list({ prefix })).objects).toEqual([]);
    for (const pipe of pipes) pipe.close();
  });

  test("a receiver that is down for a while is told in order once it works, and no more than once each", async () => {
    const talk = await startTalk(revint);
    await receiver.script(
      "/down",
      { does: "answer", status: 500 },
      { does: "reset" },
      { does: "answer", status: 503 },
    );
    await talk.save("down", {
      on: { event: "page" },
      do: [{ do: "webhook", url: `${receiver.url}/down` }],
    });
    for (const page of ["1.0", "2.0", "3.0"]) await talk.show(page);
    await expect.poll(() => receiver.got("/down").length, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    expect(await talk.settled("down", 3)).toEqual(["done", "done", "done"]);
    const Page = z.object({ data: z.object({ page: z.string() }) });
    const pages = receiver.got("/down").map(({ body }) => Page.parse(JSON.parse(body)).data.page);
    expect(pages).toEqual(["1.0", "1.0", "1.0", "1.0", "2.0", "3.0"]);
  });

  test("what a webhook of ours calls is one flow deeper, whatever is made of the header on the way", async () => {
    const talk = await startTalk(revint);
    const { hookUrl = "" } = await talk.save("round", {
      on: { event: "http" },
      do: [{ do: "message", text: "Hello." }],
    });
    await talk.save("round", { on: { event: "http" }, do: [{ do: "webhook", url: hookUrl }] });
    expect((await fetch(hookUrl, { method: "POST" })).status).toBe(202);
    expect(await talk.settled("round", 4)).toEqual(["cancelled", "done", "done", "done"]);
    for (const depth of ["3, 1", "12", "9".repeat(400), "depth=3"]) {
      const called = await fetch(hookUrl, { method: "POST", headers: { "revint-depth": depth } });
      expect(called.status, depth).toBe(202);
    }
    const all = await talk.settled("round", 8);
    expect(all.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => "cancelled"));
  });

  test("the clock sets it off, though no hint comes", async () => {
    const talk = await startTalk(revint);
    await talk.save("now", { on: { event: "schedule", minutes: 0 }, do: [{ do: "state", page: "9.0" }] });
    await revint.tick("* * * * *");
    // That moment had passed when it was written; the next life of the session has one of its own.
    await revint.host(talk.asHost.token, { restart: true, sessionUid: talk.sessionUid });
    const { flows } = await read(Flows, await talk.host("GET", "/flows"));
    expect(flows.map(({ id }) => id)).toEqual(["now"]);
  });
});

describe("a flow tried by hand", () => {
  test("tells its steps as they are done", async () => {
    const talk = await startTalk(revint);
    await talk.save("try", {
      on: { event: "http" },
      do: [
        { do: "webhook", url: `${receiver.url}/try` },
        { do: "activity", activity: "none", status: "open" },
        { do: "state", page: "5.0" },
      ],
    });
    const answer = await talk.host("POST", "/flows/try/run");
    expect(answer.headers.get("content-type")).toBe("text/event-stream");
    const text = await answer.text();
    const [, run = ""] = /event: run\ndata: (.+)/.exec(text) ?? [];
    const { steps, event } = FlowRun.parse(JSON.parse(run));
    expect(event).toBe("try");
    expect(steps.map(({ status }) => status)).toEqual(["done", "failed", "done"]);
    expect(steps[1]?.problem).toBe("No activity has this id.");
    await talk.shown("5.0");
  });

  test("is cancelled when whoever tried it leaves", async () => {
    const talk = await startTalk(revint);
    await receiver.script("/hangs", { does: "hang" });
    await talk.save("try", {
      on: { event: "http" },
      do: [
        { do: "webhook", url: `${receiver.url}/hangs` },
        { do: "state", page: "6.0" },
      ],
    });
    const leaving = new AbortController();
    const answer = await fetch(`${revint.url}${talk.path}/flows/try/run`, {
      method: "POST",
      headers: { "x-session-token": talk.asHost.token },
      signal: leaving.signal,
    });
    await receiver.until(() => receiver.got("/hangs").length === 1);
    leaving.abort();
    await answer.text().catch(() => {});
    // Long before the receiver's time is up.
    expect(await talk.settled("try")).toEqual(["cancelled cancelled"]);
    await receiver.release();
  });
});

describe("from elsewhere", () => {
  test("whoever has a flow's address sets it off, and nobody else", async () => {
    const talk = await startTalk(revint);
    const flow = { on: { event: "http" }, do: [{ do: "state", page: "7.0" }] };
    const { hookUrl = "" } = await talk.save("light", flow);
    expect(hookUrl).toMatch(new RegExp(`^${revint.url}/api/v1/hook/${talk.sessionUid}/light/[\\w-]{43}$`));
    const other = await startTalk(revint);
    await other.save("light", flow);
    const call = (url: string) => fetch(url, { method: "POST", body: "whatever" });
    for (const url of [
      `${hookUrl.slice(0, -1)}${hookUrl.endsWith("A") ? "B" : "A"}`,
      hookUrl.replace(talk.sessionUid, other.sessionUid),
      hookUrl.replace("/light/", "/other/"),
      hookUrl.replace("/light/", "/LIGHT/"),
      hookUrl.replace(talk.sessionUid, "x"),
    ]) {
      expect((await readProblem(await call(url))).code).toBe("flow_not_found");
    }
    const called = await call(hookUrl);
    expect([called.status, await called.text()]).toEqual([202, ""]);
    await talk.shown("7.0");
    expect((await call(hookUrl)).status).toBe(202);
    expect(await talk.settled("light", 2)).toEqual(["done", "done"]);
    expect(await other.runs("light")).toEqual([]);
  });

  test("who calls too often waits", async () => {
    const talk = await startTalk(revint);
    const url = `${revint.url}/api/v1/hook/${talk.sessionUid}/none/x`;
    const answers = await Promise.all(Array.from({ length: 260 }, () => fetch(url, { method: "POST" })));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]?.headers.get("retry-after")).toBe("60");
    expect((await readProblem(limited[0] ?? new Response())).code).toBe("rate_limited");
  });
});

describe("who may", () => {
  test("co-hosts read flows, of webhooks the origin alone, and write none", async () => {
    const talk = await startTalk(revint);
    await talk.save("chat", {
      on: { event: "page" },
      do: [{ do: "webhook", url: `${receiver.url}/s3cret` }],
    });
    const invited = await read(
      CoHostAnswer,
      await talk.host("POST", "/hosts", { json: { role: "moderator" } }),
    );
    const asModerator = { token: invited.token, uid: invited.hostUid };
    const listed = await revint.request("GET", `${talk.path}/flows`, asModerator);
    const text = await listed.text();
    expect(Flows.parse(JSON.parse(text)).flows[0]?.do).toEqual([{ do: "webhook", url: `${receiver.url}/…` }]);
    expect(text).not.toContain("s3cret");
    const json = { name: "x", on: { event: "page" }, do: [{ do: "end" }] };
    for (const [method, to] of [
      ["PUT", "/flows/chat"],
      ["DELETE", "/flows/chat"],
      ["POST", "/flows/chat/run"],
      ["GET", "/flows/chat/runs"],
      ["POST", "/flows/chat/runs/x/again"],
    ] as const) {
      const options = { ...asModerator, ...(method === "PUT" && { json }) };
      const refused = await revint.request(method, talk.path + to, options);
      expect((await readProblem(refused)).code, `${method} ${to}`).toBe("role_not_allowed");
    }
    // Nor does another session's host find them.
    const other = await startTalk(revint);
    const foreign = await revint.request("GET", `${talk.path}/flows`, other.asHost);
    expect((await readProblem(foreign)).code).toBe("wrong_session");
    expect(await read(Flows, await other.host("GET", "/flows"))).toEqual({ flows: [] });
  });

  test("what is wrong with a flow is said, with its place, and nothing of it is kept", async () => {
    const talk = await startTalk(revint);
    const good = { on: { event: "page" }, do: [{ do: "end" }] };
    const wrong = [
      { ...good, on: { event: "pages" } },
      { ...good, do: [] },
      { ...good, do: [{ do: "webhook", url: "ftp://example.org" }] },
      { ...good, do: Array.from({ length: 6 }, () => ({ do: "end" })) },
      { ...good, more: 1 },
      { ...good, on: { event: "schedule", at: "2020-01-01T10:00", zone: "Europe/Berlin" } },
      {},
    ];
    for (const flow of wrong) {
      const problem = await readProblem(await talk.write("wrong", flow));
      expect(problem.code, JSON.stringify(flow)).toBe("flow_not_valid");
      expect(problem.issues?.length).toBeGreaterThan(0);
    }
    const queue = await talk.write("wrong", { ...good, do: [{ do: "queue", topic: "x" }] });
    expect((await readProblem(queue)).code).toBe("capability_missing");
    expect((await readProblem(await talk.write("No!", good))).code).toBe("invalid_request");
    expect(await read(Flows, await talk.host("GET", "/flows"))).toEqual({ flows: [] });
  });
});

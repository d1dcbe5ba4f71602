import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { signDevToken } from "../scripts/dev-secrets.ts";
import { FlowRuns, SavedFlow } from "../shared/protocol/flow.schema.ts";
import { NewSessionAnswer } from "../shared/protocol/session.schema.ts";
import { read } from "./deployment.ts";
import { createGround, type Ground, Mortal, removeGround } from "./mortal.ts";
import { Receiver } from "./receiver.ts";

/* kill -9 in the middle of what flows do: nothing of it is lost, nothing stays half done, and order is kept. */

let ground: Ground;
let workers: Mortal;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.start();
  ground = await createGround({ automations: { WEBHOOK_PRIVATE: "true" } });
  workers = new Mortal(ground);
});
afterAll(async () => {
  await workers.close();
  await receiver.close();
  await removeGround(ground);
});

const Told = z.object({ run: z.string(), data: z.object({ page: z.string() }) });

/** A session, and what its host asks of it. */
async function startSession() {
  const token = (await signDevToken({ name: `flows ${crypto.randomUUID()}`, date: "2026-11-27" })) ?? "";
  const url = await workers.url;
  const asHost: Record<string, string> = { "content-type": "application/json", "x-session-token": token };
  const ask = (method: string, path: string, body?: object) =>
    workers.persist(path, { method, headers: asHost, ...(body && { body: JSON.stringify(body) }) });
  const created = await ask("POST", "/api/v1/session/new", { apiUrl: url, webUiUrl: url });
  const { sessionUid, hostUid } = await read(NewSessionAnswer, created);
  asHost["x-session-uid"] = hostUid;
  return { path: `/api/v1/session/${sessionUid}`, url, asHost, ask };
}

test("whenever everything dies, each page is told, in order, and each run ends", async () => {
  const { path, ask } = await startSession();
  const show = async (page: string) => {
    expect((await ask("POST", `${path}/state`, { page, state: "s" })).status).toBe(200);
  };
  const actions = [{ do: "webhook", url: `${receiver.url}/told` }, { do: "store" }];
  const json = { name: "Tell each page", on: { event: "page" }, do: actions };
  await read(SavedFlow, await ask("PUT", `${path}/flows/pages`, json));
  const came = (count: number) => receiver.until(() => receiver.got("/told").length >= count);

  // In the middle of a webhook.
  await receiver.script("/told", { does: "hang" });
  await show("1.0");
  await came(1);
  await workers.die();
  await receiver.release();

  // As something has happened, and before anybody has heard of it; and while a webhook waits for its next attempt.
  await receiver.script("/told", { does: "answer", status: 500 });
  await show("2.0");
  await workers.die();
  await show("3.0");
  await came(3);
  await workers.die();
  await show("4.0");

  const list = async () => (await read(FlowRuns, await ask("GET", `${path}/flows/pages/runs`))).runs;
  const isOver = async () => {
    const runs = await list();
    return runs.length >= 4 && runs.every(({ steps }) => steps.every(({ status }) => status === "done"));
  };
  await expect.poll(isOver, { interval: 500, timeout: 120_000 }).toBe(true);

  // A page that was set twice, since its answer was lost, is none of another run.
  const runs = (await list()).toReversed();
  expect(runs).toHaveLength(4);
  const told = receiver.got("/told").map((request) => Told.parse(JSON.parse(request.body)));
  const ids = [...new Set(receiver.got("/told").map(({ headers }) => headers["webhook-id"]))];
  expect(ids).toEqual(runs.map(({ id }) => `${id}.0`));
  const pages = told.map(({ data }) => data.page);
  expect([...new Set(pages)]).toEqual(["1.0", "2.0", "3.0", "4.0"]);
  expect(pages).toEqual(pages.toSorted());
});

test("a flow that is tried is cancelled within a second when whoever tried it leaves", async () => {
  const { path, url, asHost, ask } = await startSession();
  const actions = [
    { do: "webhook", url: `${receiver.url}/hangs` },
    { do: "state", page: "6.0", state: "s" },
  ];
  const json = { name: "Try", on: { event: "http" }, do: actions };
  await read(SavedFlow, await ask("PUT", `${path}/flows/try`, json));
  const times: number[] = [];
  for (let tries = 1; tries <= 3; tries++) {
    await receiver.script("/hangs", { does: "hang" });
    const leaving = new AbortController();
    const answer = await fetch(`${url}${path}/flows/try/run`, {
      method: "POST",
      headers: asHost,
      signal: leaving.signal,
    });
    expect(answer.status).toBe(200);
    await receiver.until(() => receiver.got("/hangs").length === tries);
    const leftAt = performance.now();
    leaving.abort();
    await answer.text().catch(() => {});
    // From both ends: whoever was told has its line broken, and the host's list says so.
    await receiver.until(() => receiver.got("/hangs")[tries - 1]?.state === "broken");
    const statuses = async () => {
      const { runs } = await read(FlowRuns, await ask("GET", `${path}/flows/try/runs`));
      return runs[0]?.steps.map(({ status }) => status);
    };
    await expect.poll(statuses, { interval: 20 }).toEqual(["cancelled", "cancelled"]);
    times.push(performance.now() - leftAt);
  }
  // A busy machine may hold up any of them; what waits for something holds up all.
  expect(Math.min(...times), times.join(", ")).toBeLessThan(1000);
  await receiver.release();
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { RecapStatus } from "../shared/protocol/recap.schema.ts";
import { type Deployment, read, readProblem, startDeployment } from "./deployment.ts";
import { ModelServer } from "./model-server.ts";
import { startSession } from "./started-session.ts";

let model: ModelServer;
let revint: Deployment;

/** As deployed, but for the pool: all of them come to one writer, which is the worst there can be. */
beforeAll(async () => {
  model = await ModelServer.start();
  revint = await startDeployment({ recap: { LLM_URL: model.url, LLM_MODEL: "test", POOL_SIZE: "1" } });
});
afterAll(async () => {
  await revint?.close();
  await model?.close();
});

const TALKS = 200;
const DEPTH = 100;

/** A talk that has just ended. */
async function endTalk() {
  const name = `queue ${crypto.randomUUID()}`;
  const { path, token, setState, post } = await startSession(revint, {}, { name });
  for (const answer of [await setState("1.0"), await post("end", {})]) expect(answer.status).toBe(200);
  const ask = (method: "GET" | "POST", what = "recap") =>
    revint.request(method, `${path}/${what}`, { token });
  return { name, ask };
}

type Talk = Awaited<ReturnType<typeof endTalk>>;

/** What is done by so many at once as browsers would. */
async function inWaves<T, R>(all: readonly T[], task: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let first = 0; first < all.length; first += 20) {
    done.push(...(await Promise.all(all.slice(first, first + 20).map(task))));
  }
  return done;
}

/** All that is told of one, until nothing more comes. */
async function follow(events: Response): Promise<RecapStatus[]> {
  const text = await events.text();
  return [...text.matchAll(/^event: status\ndata: (.+)$/gm)].map(([, json = ""]) =>
    RecapStatus.parse(JSON.parse(json)),
  );
}

test("of 200 talks that end at once, a full queue takes 100; positions go down, those who come back are taken, and each is written once", async () => {
  const talks = await inWaves(Array.from({ length: TALKS }), endTalk);
  // The first one keeps the others waiting.
  await model.script({ does: "write", waitsAfter: 5 });
  const answers = await inWaves(talks, ({ ask }) => ask("POST"));
  const taken = talks.filter((_, place) => answers[place]?.status === 202);
  const turnedAway = talks.filter((talk) => !taken.includes(talk));
  expect([taken.length, turnedAway.length]).toEqual([DEPTH, TALKS - DEPTH]);
  for (const answer of answers.filter(({ status }) => status !== 202)) {
    expect(answer.headers.get("retry-after")).toBe("60");
    expect(await readProblem(answer)).toMatchObject({ code: "unavailable", status: 503 });
  }
  const getStatus = async ({ ask }: Talk) => read(RecapStatus, await ask("GET"));
  const statuses = await inWaves(taken, getStatus);
  const positions = statuses.flatMap(({ status, position }) => (status === "queued" ? [position] : []));
  expect(positions.toSorted((a = 0, b = 0) => a - b)).toEqual(
    Array.from({ length: DEPTH - 1 }, (_, i) => i + 1),
  );
  // Whoever waits has a page meanwhile; whoever was refused has nothing half made.
  expect(statuses.every(({ by }) => by === "template")).toBe(true);
  expect(new Set((await inWaves(turnedAway, getStatus)).map(({ status }) => status))).toEqual(
    new Set(["none"]),
  );

  const [last] = taken.filter((_, place) => statuses[place]?.position === DEPTH - 1);
  if (!last) throw new Error("nobody is last");
  const told = follow(await last.ask("GET", "recap/events"));
  await model.release();
  const steps = (await told).flatMap(({ status, position }) => (status === "queued" ? [position ?? -1] : []));
  expect(new Set(steps).size).toBeGreaterThan(DEPTH / 2);
  expect(steps).toEqual(steps.toSorted((a, b) => b - a));

  await inWaves(turnedAway, async ({ ask }) => expect((await ask("POST")).status).toBe(202));
  await inWaves(talks, async ({ name, ask }) => {
    const all = await follow(await ask("GET", "recap/events"));
    expect(all.at(-1)).toMatchObject({ status: "done", by: "model" });
    expect(model.asked(name)).toHaveLength(1);
  });
});

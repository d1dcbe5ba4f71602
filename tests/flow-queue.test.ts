import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "smol-toml";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { readWorker } from "../scripts/workers.ts";
import { type Deployment, read, startDeployment } from "./deployment.ts";
import { startTalk } from "./flow-talk.ts";

/* A deployment with a queue, as wrangler.automations.toml says how it gets one; the queue is the local runtime's. */

let revint: Deployment;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "revint-queue-"));
  revint = await startDeployment({
    configs: { automations: await writeConfig("automations.json", await readQueued()) },
    beside: [await writeConfig("dead-letters.json", DEAD_LETTERS)],
  });
});
afterAll(async () => {
  await revint.close();
  await rm(folder, { recursive: true, force: true });
});

const Queued = z.looseObject({
  main: z.string(),
  queues: z.looseObject({
    consumers: z.tuple([z.looseObject({ queue: z.string(), dead_letter_queue: z.string() })]),
  }),
});

/** With the # taken off the lines of its queue. */
async function readQueued() {
  const text = await readFile(readWorker("automations").config, "utf8");
  const lines = /^# \[\[queues\.producers\]\]\n(?:#.*\n)+/m;
  const queued = text.replace(lines, (commented) => commented.replaceAll(/^# ?/gm, ""));
  const { queues, ...settings } = Queued.parse(parse(queued));
  // Nobody waits for five minutes here.
  const consumers = queues.consumers.map((consumer) => ({ ...consumer, retry_delay: 0 }));
  return { ...settings, queues: { ...queues, consumers } };
}

const DEAD_LETTERS = {
  main: "tests/dead-letters-worker.ts",
  name: "dead-letters",
  compatibility_date: readWorker("automations").compatibilityDate,
  queues: { consumers: [{ queue: "revint-flows-dead", max_batch_timeout: 1 }] },
};

async function writeConfig(file: string, settings: { readonly main: string }): Promise<string> {
  const config = join(folder, file);
  await writeFile(config, JSON.stringify({ ...settings, main: resolve(settings.main) }));
  return config;
}

interface Message {
  readonly session: string;
  readonly topic: string;
}

/** As any Worker of the deployment puts one there. */
async function send(message: Message | object): Promise<void> {
  const { FLOW_QUEUE } = await revint.harness
    .getWorker<{ FLOW_QUEUE: { send(message: object): Promise<void> } }>("revint-automations")
    .getEnv();
  await FLOW_QUEUE.send(message);
}

const readDead = async () =>
  read(
    z.array(z.looseObject({ topic: z.string().optional() })),
    new Response(await (await revint.harness.getWorker("dead-letters").fetch("/")).text()),
  );

test("a message that a flow puts on the queue sets another one off, and none of another session", async () => {
  const talk = await startTalk(revint);
  const other = await startTalk(revint);
  const heard = { on: { event: "queue", topic: "lights" }, do: [{ do: "state", page: "8.0" }] };
  await other.save("heard", heard);
  await talk.save("heard", heard);
  const { hookUrl = "" } = await talk.save("told", {
    on: { event: "http" },
    do: [{ do: "queue", topic: "lights" }],
  });
  expect((await fetch(hookUrl, { method: "POST" })).status).toBe(202);
  await talk.shown("8.0");
  expect(await talk.settled("told")).toEqual(["done"]);
  expect(await talk.settled("heard")).toEqual(["done"]);
  expect((await talk.runs("heard"))[0]?.event).toBe("queue");
  expect(await other.runs("heard")).toEqual([]);
});

test("flows that set each other off over the queue stop after three", async () => {
  const talk = await startTalk(revint);
  await talk.save("circle", {
    on: { event: "queue", topic: "round" },
    do: [{ do: "queue", topic: "round" }],
  });
  await send({ session: talk.sessionUid, topic: "round" });
  expect(await talk.settled("circle", 4)).toEqual(["cancelled", "done", "done", "done"]);
});

test("what nobody can read is dropped, and what nobody can take comes to the queue of dead letters", async () => {
  const [talk, broken] = [await startTalk(revint), await startTalk(revint)];
  for (const { save } of [talk, broken])
    await save("heard", { on: { event: "queue", topic: "doors" }, do: [{ do: "state", page: "4.0" }] });
  const automations = revint.harness.getWorker("revint-automations");
  const runner = { name: broken.sessionUid.slice(0, 18) };
  const storage = await automations.getDurableObjectStorage("FLOW_RUNNER", runner);
  await storage.exec("UPDATE facts SET facts = 'nothing that it could read'");
  await automations.evictDurableObject("FLOW_RUNNER", runner);
  await send({ nonsense: true });
  await send({ session: broken.sessionUid, topic: "doors" });
  await send({ session: talk.sessionUid, topic: "doors" });
  // One that can't be taken holds up no other.
  await talk.shown("4.0");
  await expect.poll(readDead, { interval: 500, timeout: 120_000 }).toHaveLength(1);
  expect(await readDead()).toEqual([{ session: broken.sessionUid, topic: "doors" }]);
  expect(await talk.settled("heard")).toEqual(["done"]);
});

import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import {
  type BenchSession,
  headersOf,
  type Participant,
  type Revint,
  readOk,
  sendAll,
} from "../bench/revint.ts";
import { Stage } from "../bench/stage.ts";
import { Problem } from "../shared/protocol/problem.schema.ts";

const REACTIONS = 100_000;
/** Enough for a slow machine; what is waited for is due after 20 s. */
const PATIENCE = { timeout: 120_000, interval: 1000 };

// The runtime itself: what stands in front of it elsewhere reads ahead.
let stage: Stage;
let revint: Revint;
let session: BenchSession;
let people: Participant[];

beforeAll(async () => {
  stage = await Stage.open();
  revint = await stage.startRevint();
  session = await revint.host();
  people = await session.join(41);
  const [first] = people;
  if (!first) throw new Error("nobody");
  await sendAll(revint.port, [session.react(first, "0", "x"), session.openResults()]);
  await session.fill(REACTIONS, first);
});
afterAll(() => stage.close());

/** Asks for an export, and reads nothing of it yet. */
function open(person: Participant, query = ""): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const url = new URL(`${session.exportPath}${query}`, `http://127.0.0.1:${revint.port}`);
    const asked = request(url, { headers: headersOf(person), agent: false });
    asked.on("error", reject);
    asked.on("response", resolve);
    asked.end();
  });
}

/** Whatever comes, until it ends or breaks off. */
async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk);
  } catch {
    // It was cut.
  }
  return Buffer.concat(chunks).toString();
}

/** The cursors of an export's whole rows. */
const cursorsOf = (ndjson: string): string[] =>
  ndjson
    .split("\n")
    .slice(0, -1)
    .map((line) => Row.parse(JSON.parse(line)).cursor);
const Row = z.object({ cursor: z.string() });

const isOpen = async (response: IncomingMessage): Promise<boolean> => {
  if (response.statusCode === 200) return true;
  expect(Problem.parse(JSON.parse(await readAll(response)))).toMatchObject({ code: "rate_limited" });
  expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
  return false;
};

/** The same, as soon as there is a place. */
async function openPatiently(person: Participant, query = ""): Promise<IncomingMessage> {
  let response = await open(person, query);
  const isIn = async () => {
    if (await isOpen(response)) return true;
    response = await open(person, query);
    return false;
  };
  await expect.poll(isIn, PATIENCE).toBe(true);
  return response;
}

test("of forty who ask at once two get in, hosts always; who reacts meanwhile is kept", async () => {
  const [honest, ...readers] = people;
  if (!honest) throw new Error("nobody");
  const countHonest = async () => (await session.totals()).pages["0"]?.["👏"] ?? 0;
  const answers = await Promise.all(readers.map((person) => open(person)));
  const open40 = await Promise.all(answers.map(isOpen));
  const reading = answers.filter((_, index) => open40[index]);
  expect(reading).toHaveLength(2);

  const taps = 50;
  const exports = [...reading, await open(session.host)].map(readAll);
  for (let tap = 0; tap < taps; tap++)
    readOk((await sendAll(revint.port, [session.react(honest, "0", "👏")]))[0]);
  for (const text of await Promise.all(exports)) expect(cursorsOf(text).length).toBeGreaterThan(REACTIONS);
  await expect.poll(countHonest).toBe(taps);
  // Both places are free again.
  const next = await Promise.all(readers.slice(0, 2).map((person) => openPatiently(person)));
  for (const response of next) expect(cursorsOf(await readAll(response)).length).toBeGreaterThan(REACTIONS);
});

test("who does not read on is cut, makes place for others, and can go on with the cursor", async () => {
  const [first, second, third] = people;
  if (!first || !second || !third) throw new Error("nobody");
  const stalled = await Promise.all([first, second].map((person) => openPatiently(person)));
  expect(await isOpen(await open(third))).toBe(false);
  const whole = cursorsOf(await readAll(await openPatiently(third)));
  expect(whole.length).toBeGreaterThan(REACTIONS);

  for (const response of stalled) {
    const rows = cursorsOf(await readAll(response));
    expect(response.complete).toBe(false);
    expect(rows.length).toBeGreaterThan(0);
    const rest = cursorsOf(await readAll(await openPatiently(first, `?cursor=${rows.at(-1)}`)));
    expect(rows.length + rest.length).toBe(whole.length);
    expect(new Set([...rows, ...rest]).size).toBe(whole.length);
  }
});

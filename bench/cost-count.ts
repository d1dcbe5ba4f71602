import { LIMITS } from "../shared/protocol/limits.ts";
import { pause } from "./clock.ts";
import { readOperations, startCounted } from "./counted-revint.ts";
import type { LoadClient } from "./load-client.ts";
import { getMostPipes } from "./machine.ts";
import { combine, NOTHING, type Operations } from "./operations.ts";
import type { BenchSession, Participant, Revint } from "./revint.ts";
import { type Size, scaled } from "./size.ts";
import type { Stage } from "./stage.ts";

const ALONE = 100;
const IDLE_MS = 10_000;
/** What is still being published when a load ends is over by then: how many are gone comes last. */
const SETTLE_MS = 3 * LIMITS.crowdCadenceMs;
const TALKS = [100, 1000, 10_000];
const TAP_EVERY_SECONDS = 10;
const SLIDE_EVERY_SECONDS = 120;

/** The kinds of load that reactions are counted under. */
export const LOADS = {
  alone: "over HTTP, one at a time",
  http: "over HTTP, 32 connections",
  slow: "over pipes, 20 a second",
  steady: "over pipes, 200 a second",
  full: "over pipes, as fast as they are acked",
} as const;

/** Operations of one thing that was done `times` times. */
export interface Counted {
  readonly name: string;
  readonly times: number;
  readonly operations: Operations;
}

/** A talk: what it costs that people come, and what each second costs that they are there and tap. */
export interface CountedTalk {
  readonly people: number;
  readonly rooms: number;
  readonly joining: Operations;
  readonly perSecond: Operations;
}

export interface CountedCosts {
  readonly reactions: readonly Counted[];
  readonly idle: { readonly pipes: number; readonly seconds: number; readonly operations: Operations };
  readonly talks: readonly CountedTalk[];
}

/** Counts what the prices are put on. */
export async function countCosts(
  stage: Stage,
  size: Size,
  progress: (text: string) => void,
): Promise<CountedCosts> {
  const revint = await startCounted(stage);
  try {
    progress("counting operations: reactions");
    const reactions = await countReactions(stage, revint, size);
    progress("counting operations: an idle session");
    const idle = await countIdle(stage, revint);
    const talks: CountedTalk[] = [];
    for (const people of new Set(
      TALKS.map((full) => Math.min(Math.max(100, scaled(size, full)), getMostPipes())),
    )) {
      progress(`counting operations: a talk of ${people}`);
      talks.push(await countTalk(stage, revint, size, people));
    }
    return { reactions, idle, talks };
  } finally {
    await revint.close();
  }
}

async function count(revint: Revint, run: () => Promise<unknown>): Promise<Operations> {
  const before = await readOperations(revint);
  await run();
  return combine([await readOperations(revint), 1], [before, -1]);
}

async function countReactions(stage: Stage, revint: Revint, size: Size): Promise<Counted[]> {
  const client = stage.client();
  const session = await revint.host();
  const people = await session.join(scaled(size, 1000));
  const requests = people.map((person) => session.react(person, "1", "👍"));
  const counted: Counted[] = [];
  let total = 0;
  const add = async (name: string, run: () => Promise<unknown>, isHttp: boolean) => {
    const operations = await count(revint, run);
    const times = (await session.totals()).total - total;
    total += times;
    counted.push({ name, times, operations: { ...operations, workerRequests: isHttp ? times : 0 } });
  };
  const { seconds } = size;
  // Everyone's first reaction also writes down who they are: that belongs to the joining.
  await client.http(revint.port, requests, 32, Math.max(1, seconds));
  total = (await session.totals()).total;
  await add(
    LOADS.alone,
    async () => {
      for (let index = 0; index < ALONE; index++) {
        await client.http(revint.port, requests.slice(index % requests.length), 1, 0.0001);
      }
    },
    true,
  );
  await add(LOADS.http, () => client.http(revint.port, requests, 32, seconds), true);
  const paths = people.map((person) => session.pipe(person));
  await client.run({ kind: "open", port: revint.port, paths, protocol: "plain" });
  await pause(SETTLE_MS);
  const load = { kind: "react", seconds: seconds * 2, page: "1", reactions: ["👍", "👏"] } as const;
  await add(LOADS.slow, () => client.run({ ...load, reactions: ["👍"], rate: 20 }), false);
  await add(LOADS.steady, () => client.run({ ...load, reactions: ["👍"], rate: 200 }), false);
  await add(LOADS.full, () => client.run({ ...load, reactions: ["👍"] }), false);
  await client.close();
  return counted;
}

async function countIdle(stage: Stage, revint: Revint): Promise<CountedCosts["idle"]> {
  const session = await revint.host();
  const people = await session.join(10);
  const { close } = await openAll(stage, session, people);
  await pause(SETTLE_MS);
  const operations = await count(revint, () => pause(IDLE_MS));
  await close();
  return { pipes: people.length, seconds: IDLE_MS / 1000, operations };
}

async function countTalk(stage: Stage, revint: Revint, size: Size, people: number): Promise<CountedTalk> {
  const before = await readOperations(revint);
  const session = await revint.host({ expectedAudience: people });
  const participants = await session.join(people);
  const { client, close } = await openAll(stage, session, participants);
  // A first reaction writes down who it is from: once each, so it belongs to the joining.
  await client.run({ kind: "react", seconds: 1, rate: people, page: "1", reactions: ["👍"] });
  await pause(SETTLE_MS);
  const joined = combine([await readOperations(revint), 1], [before, -1]);
  // Look-up, login, pipe: three requests each, and the host's own.
  const joining = { ...joined, workerRequests: people * 3 + 2 };

  const seconds = Math.max(4, size.seconds * 4);
  const perTalk = await count(revint, async () => {
    const rate = people / TAP_EVERY_SECONDS;
    await client.run({ kind: "react", seconds, rate, page: "1", reactions: ["👍", "👏"] });
  });
  const slide = await count(revint, async () => {
    await client.http(revint.port, [session.setState("2", "{}")], 1, 0.0001);
    await pause(1000);
  });
  const rooms = Math.max(1, Math.ceil(people / 2000));
  const perSecond = combine(
    [perTalk, 1 / seconds],
    [{ ...slide, workerRequests: 1 }, 1 / SLIDE_EVERY_SECONDS],
    // Someone taps all the time: no object of the session sleeps.
    [{ ...NOTHING, objectSeconds: rooms * 2 }, 1],
  );
  await close();
  return { people, rooms, joining, perSecond };
}

/** The host's pipe is held by a process of its own: a host does not react. */
async function openAll(
  stage: Stage,
  session: BenchSession,
  people: readonly Participant[],
): Promise<{ client: LoadClient; close: () => Promise<void> }> {
  const open = async (all: readonly Participant[]) => {
    const client = stage.client();
    const paths = all.map((person) => session.pipe(person));
    await client.run({ kind: "open", port: session.revint.port, paths, protocol: "plain" });
    return client;
  };
  const [host, client] = await Promise.all([open([session.host]), open(people)]);
  return {
    client,
    close: async () => {
      await Promise.all([host.close(), client.close()]);
    },
  };
}

import type { NewFlow } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { pause } from "../clock.ts";
import type { Contestant, Measurement } from "../measurement.ts";
import { withCpu } from "../processor.ts";
import { type BenchSession, type Revint, readOk, sendAll } from "../revint.ts";
import { type Size, scaled } from "../size.ts";
import type { Stage } from "../stage.ts";
import { LOOP_FIGURES } from "./figures.ts";

const PEOPLE = 1000;
const FLOWS = 5;
const REACTIONS = ["👍", "👏", "🎉", "❓"];

/** Sessions beside each other, people in each, and reactions a second over all of them. */
const SESSIONS = 100;
const PEOPLE_EACH = 5;
const RATE = 100;

/** More reactions than ever come. */
const NEVER = 1_000_000;

type Trigger = Extract<NewFlow["on"], { event: "reactions" }>;

/** Every other one watches a rate. */
const watching = (index: number): Trigger => ({
  event: "reactions",
  reaction: REACTIONS[index % REACTIONS.length] ?? "👍",
  atLeast: NEVER,
  ...(index % 2 === 1 && { within: 60 }),
});

/** Once in each round: between two of them nobody reacts. */
const firing = (): Trigger => ({ event: "reactions", atLeast: 10, within: 1, again: true });

async function writeFlows(session: BenchSession, count: number, pick: (index: number) => Trigger) {
  const requests = Array.from({ length: count }, (_, index) =>
    session.writeFlow(`flow-${index}`, {
      name: `Flow ${index}`,
      on: pick(index),
      do: [{ do: "message", text: "So many!" }],
    }),
  );
  for (const answer of await sendAll(session.revint.port, requests)) readOk(answer);
}

/** React over 1,000 pipes at once, each waiting for its ack, in sessions that differ by their flows alone. */
const overPipes = (stage: Stage, size: Size): Measurement => ({
  group: "flows",
  name: "flows-react",
  title: `React over ${scaled(size, PEOPLE).toLocaleString("en")} pipes, acked, in a session with flows`,
  figures: LOOP_FIGURES,
  goals: [
    {
      what: "reactions with five flows against none",
      figure: "rate",
      of: "five that watch",
      per: "no flows",
      least: 0.9,
    },
    { what: "CPU of one, the same", figure: "cpu", of: "five that watch", per: "no flows", most: 1.1 },
  ],
  prepare: async () => {
    const revint = await stage.revint();
    const { seconds } = size;
    const enter = async (name: string, pick?: (index: number) => Trigger) => {
      const client = stage.client();
      const session = await revint.host();
      if (pick) await writeFlows(session, FLOWS, pick);
      const people = await session.join(scaled(size, PEOPLE));
      const paths = people.map((person) => session.pipe(person));
      await client.run({ kind: "open", port: revint.port, paths, protocol: "plain" });
      const react = () => client.run({ kind: "react", seconds, page: "1", reactions: REACTIONS });
      const contestant: Contestant = { name, run: () => withCpu(revint.workerd.pid, seconds, react) };
      return { contestant, client };
    };
    const all = [
      await enter("no flows"),
      await enter("five that watch", watching),
      await enter("five that fire", firing),
    ];
    return {
      contestants: all.map(({ contestant }) => contestant),
      close: async () => void (await Promise.all(all.map(({ client }) => client.close()))),
    };
  },
});

/**
 * Reactions at a steady rate over a hundred sessions: how long an ack takes beside the runners of two thousand flows. The
 * sessions with flows and those without have a process each, and what is kept is kept in memory: on the platform neither
 * another object's work nor a disk holds up a room's thread, where here each write would.
 */
const besideRunners = (stage: Stage, size: Size): Measurement => ({
  group: "flows",
  name: "flows-sessions",
  title: `React in ${scaled(size, SESSIONS)} sessions, ${RATE} a second over all of them`,
  figures: LOOP_FIGURES,
  goals: [
    {
      what: "p99 of an ack with twenty flows a session against none",
      figure: "p99",
      of: "twenty flows each",
      per: "no flows",
      most: 1.1,
    },
  ],
  // Whether the heap is collected in a round decides its p99: only many of them say something.
  rounds: size.rounds * 4,
  prepare: async () => {
    const seconds = size.seconds * 3;
    const enter = async (name: string, flows: number) => {
      // With the pace that people have: where it is endless, runners have to look all the time.
      const revint = await stage.startRevint({ hasRunnersApart: true, vars: {} }, await stage.memoryFolder());
      const client = stage.client();
      const paths: string[] = [];
      for (let count = 0; count < scaled(size, SESSIONS); count++) {
        const session = await revint.host();
        await writeFlows(session, flows, watching);
        paths.push(...(await session.join(PEOPLE_EACH)).map((person) => session.pipe(person)));
      }
      await client.run({ kind: "open", port: revint.port, paths, protocol: "plain" });
      const react = () => client.run({ kind: "react", seconds, rate: RATE, page: "1", reactions: REACTIONS });
      const contestant: Contestant = { name, run: () => withCpu(revint.workerd.pid, seconds, react) };
      return { contestant, revint, close: () => Promise.all([client.close(), revint.close()]) };
    };
    const all = [await enter("no flows", 0), await enter("twenty flows each", LIMITS.flows)];
    // That everybody comes in one moment, and a hundred runners hear of it, is not what is measured.
    for (const { revint } of all) await becomeQuiet(revint);
    return {
      contestants: all.map(({ contestant }) => contestant),
      close: async () => void (await Promise.all(all.map(({ close }) => close()))),
    };
  },
});

/** A process that burns less than a twentieth of a core does nothing that anybody waits for. */
async function becomeQuiet({ workerd }: Revint): Promise<void> {
  for (let burned = 1; burned > 0.05; ) {
    const before = await workerd.usage();
    await pause(1000);
    burned = (await workerd.usage()).cpuSeconds - before.cpuSeconds;
  }
}

/** What flows cost those who react, beside a session that has none. */
export const flows = (stage: Stage, size: Size): Measurement[] => [
  overPipes(stage, size),
  besideRunners(stage, size),
];

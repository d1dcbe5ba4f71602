import { ArraySession } from "../arrays.ts";
import type { Contestant, Measurement } from "../measurement.ts";
import { withCpu } from "../processor.ts";
import { insert } from "../references.ts";
import { sendAll } from "../revint.ts";
import { type Size, scaled } from "../size.ts";
import type { Stage } from "../stage.ts";
import { LOOP_FIGURES } from "./figures.ts";

/** Participants: they take turns at reacting over HTTP, and have a pipe each. */
const PEOPLE = 1000;
const REACTIONS = ["👍", "👏", "🎉", "❓"] as const;

const crowd = (size: Size) => scaled(size, PEOPLE).toLocaleString("en");

const GOALS = [
  { what: "react over HTTP against R2", figure: "rate", of: "revint", per: "R2", least: 1.2 },
  { what: "its p99 against R2's", figure: "p99", of: "revint", per: "R2", most: 1.2 },
  { what: "react over HTTP against P3", figure: "rate", of: "revint", per: "P3", least: 6.5 },
] as const;

const LONE_GOALS = [
  { what: "a lone reaction over HTTP against R2", figure: "rate", of: "revint", per: "R2", least: 1 },
] as const;

/** React over HTTP, at three depths of queue. */
const overHttp = (stage: Stage, size: Size, connections: number): Measurement => ({
  group: "react",
  name: `react-http-${connections}`,
  title: `React over HTTP, ${crowd(size)} people, ${connections} connection${connections === 1 ? "" : "s"}`,
  figures: LOOP_FIGURES,
  goals: connections === 32 ? GOALS : connections === 1 ? LONE_GOALS : [],
  prepare: async () => {
    const [revint, references] = await Promise.all([stage.revint(), stage.references()]);
    const client = stage.client();
    const session = await revint.host();
    const people = await session.join(scaled(size, PEOPLE));
    const { seconds } = size;
    const arrays = await ArraySession.start(references.port("array-api"));
    const uids = await arrays.join(people.length);
    let page = 0;
    const reactions = people.map((person, index) => session.react(person, "1", pick(index)));
    // A first reaction also writes down who it is from: once each, and before it counts.
    await sendAll(revint.port, reactions);
    const inserts = people.map(({ uid }, index) => insert(session.sessionUid, uid, pick(index)));
    const contestants: Contestant[] = [
      {
        name: "revint",
        run: () =>
          withCpu(revint.workerd.pid, seconds, () =>
            client.http(revint.port, reactions, connections, seconds),
          ),
      },
      {
        name: "R2",
        run: () =>
          withCpu(references.pid, seconds, () =>
            client.http(references.port("insert-api"), inserts, connections, seconds),
          ),
      },
      // Alone, nothing shares a batch: what is left is the way.
      ...(connections === 1
        ? [
            {
              name: "R4",
              run: () =>
                withCpu(references.pid, seconds, () =>
                  client.http(references.port("two-objects"), inserts, connections, seconds),
                ),
            },
          ]
        : []),
      {
        name: "P3",
        run: () => {
          // A fresh page for every round: its array slows it down as it grows.
          page++;
          const requests = uids.map((uid) => arrays.react(uid, `${page}`));
          return withCpu(references.pid, seconds, () =>
            client.http(arrays.port, requests, connections, seconds),
          );
        },
      },
    ];
    return { contestants, close: () => client.close() };
  },
});

/** React over 1,000 pipes at once, each waiting for its ack. */
const overPipes = (stage: Stage, size: Size): Measurement => ({
  group: "react",
  name: "react-pipes",
  title: `React over ${crowd(size)} pipes, acked`,
  figures: LOOP_FIGURES,
  goals: [{ what: "acked over pipes against R2", figure: "rate", of: "revint", per: "R2", least: 4 }],
  prepare: async () => {
    const [revint, references] = await Promise.all([stage.revint(), stage.references()]);
    const client = stage.client();
    const session = await revint.host();
    const people = await session.join(scaled(size, PEOPLE));
    const paths = people.map((person) => session.pipe(person));
    await client.run({ kind: "open", port: revint.port, paths, protocol: "plain" });
    const inserts = people.map(({ uid }) => insert(`${session.sessionUid}-pipes`, uid, "👍"));
    const { seconds } = size;
    const contestants: Contestant[] = [
      {
        name: "revint",
        run: () =>
          withCpu(revint.workerd.pid, seconds, () =>
            client.run({ kind: "react", seconds, page: "1", reactions: [...REACTIONS] }),
          ),
      },
      {
        name: "R2",
        run: () =>
          withCpu(references.pid, seconds, () =>
            client.http(references.port("insert-api"), inserts, 32, seconds),
          ),
      },
    ];
    return { contestants, close: () => client.close() };
  },
});

const pick = (index: number): string => REACTIONS[index % REACTIONS.length] ?? "👍";

export const react = (stage: Stage, size: Size): Measurement[] => [
  ...[1, 32, 128].map((connections) => overHttp(stage, size, connections)),
  overPipes(stage, size),
];

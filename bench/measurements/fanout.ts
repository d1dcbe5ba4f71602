import type { LoadClient } from "../load-client.ts";
import type { LoadResult } from "../load-job.ts";
import { getMostPipes } from "../machine.ts";
import type { Contestant, Measurement } from "../measurement.ts";
import { type Size, scaled } from "../size.ts";
import type { Stage } from "../stage.ts";
import { percentile } from "../statistics.ts";
import { BROADCAST_FIGURES } from "./figures.ts";

/** Broadcasts of one round; its figures are their medians. */
const TIMES = 5;
const BYTES = 100;

let markers = 0;

/** A marker that fills a message up to 100 bytes. */
const createMarker = (around: number) => `m${++markers}-`.padEnd(BYTES - around, "x");

/** Our own message around the state. */
const ENVELOPE = '{"type":"state_change","page":"1.2","state":"","version":12}'.length;

async function repeat(run: (marker: string) => Promise<LoadResult>, around = 0): Promise<LoadResult> {
  const results: LoadResult[] = [];
  for (let time = 0; time < TIMES; time++) results.push(await run(createMarker(around)));
  const median = (key: string) =>
    percentile(
      results.map((result) => result[key] ?? Number.NaN),
      0.5,
    );
  return { p50: median("p50"), p99: median("p99"), last: median("last"), answered: median("answered") };
}

/** Set state until every one of N pipes has it, beside everyone who broadcasts. */
const toPipes = (stage: Stage, size: Size, full: number): Measurement => {
  const count = Math.min(scaled(size, full), getMostPipes());
  return {
    group: "fanout",
    name: `fanout-${full}`,
    title: `Set state until ${count.toLocaleString("en")} pipes have it`,
    figures: BROADCAST_FIGURES,
    goals:
      full === 1000 || full === 10_000
        ? [
            {
              what: `set state to all of ${count.toLocaleString("en")} pipes against R3`,
              figure: "last",
              of: "revint",
              per: "R3",
              most: 1.3,
            },
          ]
        : [],
    prepare: async () => {
      // workerds of their own: thousands of closed sockets are not what the next table should measure.
      const [revint, references] = await Promise.all([stage.startRevint(), stage.startReferences()]);
      const [socketIo, plain] = await Promise.all([
        stage.startNode("socket-io"),
        stage.startNode("plain-ws"),
      ]);
      const session = await revint.host({ expectedAudience: count });
      const people = await session.join(count);
      const ours = people.map((person) => session.pipe(person));
      const paths = (path: string) => Array.from({ length: count }, () => path);
      const broadcastPort = references.port("broadcast-api");
      const clients: LoadClient[] = [];
      const open = async (
        port: number,
        all: readonly string[],
        protocol: "plain" | "socket.io" = "plain",
      ) => {
        const client = stage.client();
        clients.push(client);
        await client.run({ kind: "open", port, paths: [...all], protocol });
        return client;
      };
      const post = (port: number, path: string, client: LoadClient) => () =>
        repeat((marker) => client.broadcast(port, { method: "POST", path, body: marker }, marker));

      const oursClient = await open(revint.port, ours);
      const contestants: Contestant[] = [
        {
          name: "revint",
          run: () =>
            repeat(
              (marker) => oursClient.broadcast(revint.port, session.setState("1.2", marker), marker),
              ENVELOPE,
            ),
        },
        { name: "R3", run: post(broadcastPort, "/room", await open(broadcastPort, paths("/room"))) },
        {
          name: "P1",
          run: post(socketIo.port, "/", await open(socketIo.port, paths("/"), "socket.io")),
        },
        { name: "P2", run: post(plain.port, "/", await open(plain.port, paths("/"))) },
      ];
      const close = async () => {
        await Promise.all(clients.map((client) => client.close()));
        socketIo.close();
        plain.close();
        await Promise.all([revint.close(), references.close()]);
      };
      // How many there were is a figure too: the report reckons with it.
      const counted = contestants.map(({ name, run }) => ({
        name,
        run: async () => ({ ...(await run()), pipes: count }),
      }));
      return { contestants: counted, close };
    },
  };
};

export const fanout = (stage: Stage, size: Size): Measurement[] =>
  [100, 1000, 10_000].map((count) => toPipes(stage, size, count));

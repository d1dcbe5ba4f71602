import { DATASET } from "../bundles.ts";
import type { Contestant, Measurement } from "../measurement.ts";
import { withCpu } from "../processor.ts";
import { type Revint, sendAll } from "../revint.ts";
import { EMPTY_DATASET } from "../simulators.ts";
import { type Size, scaled } from "../size.ts";
import type { Stage } from "../stage.ts";
import { LOOP_FIGURES } from "./figures.ts";

const PEOPLE = 1000;
const CONNECTIONS = 32;

/**
 * What data points cost: reactions without a dataset, with one behind which is nothing, and with the runtime's own. That sends
 * each point as JSON to another Worker of the same process: on Cloudflare it costs less.
 */
const withDatasets = (
  stage: Stage,
  size: Size,
  more: Pick<Measurement, "name" | "title">,
  prepare: (revint: Revint) => Promise<Contestant["run"]>,
): Measurement => ({
  group: "metrics",
  ...more,
  figures: LOOP_FIGURES,
  isSlow: true,
  // No goal hangs on it.
  rounds: Math.min(2, size.rounds),
  prepare: async () => {
    const [plain, empty, told] = await Promise.all([
      stage.revint(),
      stage.startRevint({ replace: (service) => ({ ...service, wrapped: { METRICS: EMPTY_DATASET } }) }),
      stage.startRevint({ replace: (service) => ({ ...service, datasets: { METRICS: DATASET } }) }),
    ]);
    const contestant = async (name: string, revint: Revint): Promise<Contestant> => {
      const run = await prepare(revint);
      return { name, run: () => withCpu(revint.workerd.pid, size.seconds, run) };
    };
    return {
      contestants: [
        await contestant("without", plain),
        await contestant("a dataset that keeps nothing", empty),
        await contestant("the runtime's own dataset", told),
      ],
      close: async () => {
        await Promise.all([empty.close(), told.close()]);
      },
    };
  },
});

export const metrics = (stage: Stage, size: Size): Measurement[] => [
  withDatasets(
    stage,
    size,
    { name: "metrics-http", title: `Metrics: react over HTTP, ${CONNECTIONS} connections` },
    async (revint) => {
      const session = await revint.host();
      const people = await session.join(scaled(size, PEOPLE));
      const reactions = people.map((person) => session.react(person, "1", "👍"));
      await sendAll(revint.port, reactions);
      const client = stage.client();
      return () => client.http(revint.port, reactions, CONNECTIONS, size.seconds);
    },
  ),
  withDatasets(
    stage,
    size,
    { name: "metrics-pipes", title: "Metrics: react over pipes, acked" },
    async (revint) => {
      const session = await revint.host();
      const people = await session.join(scaled(size, PEOPLE));
      const paths = people.map((person) => session.pipe(person));
      const client = stage.client();
      await client.run({ kind: "open", port: revint.port, paths, protocol: "plain" });
      return () => client.run({ kind: "react", seconds: size.seconds, page: "1", reactions: ["👍"] });
    },
  ),
];

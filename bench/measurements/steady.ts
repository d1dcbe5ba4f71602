import type { Contestant, Measurement } from "../measurement.ts";
import type { Revint } from "../revint.ts";
import { type Size, scaled } from "../size.ts";
import type { Stage } from "../stage.ts";

const PIPES = 100;
/** As in wrappers/slow-ledgers.ts. */
const SLOW_MS = 20;

/** Reactions at a steady rate in one room: how long an ack takes, and how many rows each costs. */
export const steady = (stage: Stage, size: Size): Measurement[] => {
  const seconds = size.seconds * 1.5;
  const contestant = async (
    name: string,
    revint: Revint,
    rate: number,
  ): Promise<[Contestant, () => Promise<void>]> => {
    const client = stage.client();
    const session = await revint.host();
    const people = await session.join(scaled(size, PIPES));
    const paths = people.map((person) => session.pipe(person));
    await client.run({ kind: "open", port: revint.port, paths, protocol: "plain" });
    const countRows = async () => {
      const entries = await session.entries(people);
      return { reactions: entries.length, batches: new Set(entries.map(({ at }) => at)).size };
    };
    const run = async () => {
      const before = await countRows();
      const result = await client.run({ kind: "react", seconds, rate, page: "1", reactions: ["👍", "👏"] });
      const after = await countRows();
      const batches = after.batches - before.batches;
      return { ...result, rows: batches / (after.reactions - before.reactions) };
    };
    return [{ name, run }, () => client.close()];
  };
  return [
    {
      group: "steady",
      name: "steady",
      title: "Reactions at a steady rate in one room",
      figures: [
        { key: "rate", title: "acked", unit: "/s" },
        { key: "p50", title: "p50", unit: "ms" },
        { key: "p99", title: "p99", unit: "ms" },
        { key: "rows", title: "batches per reaction", unit: "" },
      ],
      goals: [
        { what: "rows of batches per reaction, 2,000 a second", figure: "rows", of: "2,000/s", most: 0.1 },
      ],
      prepare: async () => {
        const revint = await stage.revint();
        const slow = await stage.startWrapped({ "revint-reaction-store": "slow-ledgers" });
        const all = await Promise.all([
          contestant("20/s", revint, 20),
          contestant("200/s", revint, 200),
          contestant("2,000/s", revint, 2000),
          contestant(`20/s, ledger takes ${SLOW_MS} ms`, slow, 20),
          contestant(`200/s, ledger takes ${SLOW_MS} ms`, slow, 200),
          contestant(`2,000/s, ledger takes ${SLOW_MS} ms`, slow, 2000),
        ]);
        const close = async () => {
          await Promise.all(all.map(([, end]) => end()));
          await slow.close();
        };
        return { contestants: all.map(([one]) => one), close };
      },
    },
  ];
};

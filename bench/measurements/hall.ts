import type { Measurement } from "../measurement.ts";
import { type Size, scaled } from "../size.ts";
import type { Stage } from "../stage.ts";

const PEOPLE = 1000;
const EVERY_SECONDS = 2;
const PROBES = 50;
const STORM_PEOPLE = 5000;
const STORM_SECONDS = 10;

/** What a hall full of people does: tap all the time, and come all at once. */
export const hall = (stage: Stage, size: Size): Measurement[] => [
  {
    group: "tap",
    name: "tap",
    title: `Tap until the host sees it: ${scaled(size, PEOPLE).toLocaleString("en")} people, each every ${EVERY_SECONDS} s`,
    figures: [
      { key: "rate", title: "taps", unit: "/s" },
      { key: "p50", title: "p50", unit: "ms" },
      { key: "p99", title: "p99", unit: "ms" },
      { key: "last", title: "worst", unit: "ms" },
      { key: "samples", title: "taps looked at", unit: "" },
      { key: "unseen", title: "never seen", unit: "" },
    ],
    goals: [{ what: "p99 of tap to host in ms", figure: "p99", of: "revint", most: 400 }],
    prepare: async () => {
      const revint = await stage.revint();
      const client = stage.client();
      const session = await revint.host();
      const people = await session.join(scaled(size, PEOPLE));
      const paths = [session.host, ...people].map((person) => session.pipe(person));
      const [host = "", ...others] = paths;
      await client.run({ kind: "open", port: revint.port, paths: [host], protocol: "plain" });
      await client.run({ kind: "open", port: revint.port, paths: others, protocol: "plain" });
      const probes = Math.min(PROBES, people.length);
      const seconds = size.seconds * 3;
      const run = () => client.run({ kind: "tap", seconds, everySeconds: EVERY_SECONDS, probes });
      return { contestants: [{ name: "revint", run }], close: () => client.close() };
    },
  },
  {
    group: "storm",
    name: "storm",
    title: `Join storm: ${scaled(size, STORM_PEOPLE).toLocaleString("en")} people in ${STORM_SECONDS} s, each looks up, logs in, opens a pipe, is greeted`,
    figures: [
      { key: "rate", title: "in", unit: "/s" },
      { key: "seconds", title: "until all are in", unit: "s" },
      { key: "p50", title: "p50", unit: "ms" },
      { key: "p99", title: "p99", unit: "ms" },
      { key: "refusals", title: "told to come back", unit: "" },
      { key: "failures", title: "failed", unit: "" },
    ],
    isCold: true,
    isSlow: true,
    rounds: Math.min(size.rounds, 2),
    prepare: async () => {
      const revint = await stage.startRevint();
      const client = stage.client();
      const people = scaled(size, STORM_PEOPLE);
      const storm = (name: string, expectedAudience: number) => ({
        name,
        run: async () => {
          const { sessionUid } = await revint.host({ expectedAudience });
          const seconds = STORM_SECONDS;
          const result = await client.run({ kind: "storm", port: revint.port, sessionUid, people, seconds });
          await client.run({ kind: "close" });
          return result;
        },
      });
      const close = async () => {
        await client.close();
        await revint.close();
      };
      return { contestants: [storm("expected", people), storm("unexpected", 1)], close };
    },
  },
];

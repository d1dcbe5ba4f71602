import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { buildReference } from "../bundles.ts";
import { now, pause } from "../clock.ts";
import { encodeRequest, HttpConnection } from "../http-connection.ts";
import type { Contestant, Measurement } from "../measurement.ts";
import { type Size, scaled } from "../size.ts";
import type { Stage } from "../stage.ts";
import { Workerd } from "../workerd.ts";
import type { WorkerService } from "../workerd-config.ts";

const PIPES = 5000;
const SESSIONS = 300;
/** A quiet object leaves memory after ten seconds. */
const HIBERNATION_MS = 12_000;

/** Memory, and how long a cold start takes. */
export const footprint = (stage: Stage, size: Size): Measurement[] => [
  {
    group: "memory",
    name: "memory-pipe",
    title: `Memory of workerd per idle pipe, of ${scaled(size, PIPES).toLocaleString("en")}`,
    figures: [{ key: "kib", title: "per pipe", unit: "KiB" }],
    goals: [{ what: "KiB of an idle pipe above R3's", figure: "kib", of: "revint", minus: "R3", most: 8 }],
    isCold: true,
    isSlow: true,
    // What is counted is the same each time.
    rounds: 1,
    prepare: async () => {
      const count = scaled(size, PIPES);
      const grow = async (workerd: Workerd, port: number, paths: string[]) => {
        const client = stage.client();
        const before = await workerd.usage();
        await client.run({ kind: "open", port, paths, protocol: "plain" });
        await pause(HIBERNATION_MS);
        const { residentKib } = await workerd.usage();
        await client.close();
        return { kib: (residentKib - before.residentKib) / count };
      };
      const contestants: Contestant[] = [
        {
          name: "revint",
          run: async () => {
            const revint = await stage.startRevint();
            const session = await revint.host({ expectedAudience: count });
            const people = await session.join(count);
            const result = await grow(
              revint.workerd,
              revint.port,
              people.map((person) => session.pipe(person)),
            );
            await revint.close();
            return result;
          },
        },
        {
          name: "R3",
          run: async () => {
            const references = await stage.startReferences();
            const paths = Array.from({ length: count }, () => "/room");
            const result = await grow(references, references.port("broadcast-api"), paths);
            await references.close();
            return result;
          },
        },
      ];
      return { contestants };
    },
  },
  {
    group: "memory",
    name: "memory-session",
    title: `Memory of workerd per session with one reaction, of ${scaled(size, SESSIONS)}`,
    figures: [
      { key: "awake", title: "just after", unit: "KiB" },
      { key: "asleep", title: `${HIBERNATION_MS / 1000} s later`, unit: "KiB" },
    ],
    isCold: true,
    isSlow: true,
    rounds: 1,
    prepare: async () => {
      const count = scaled(size, SESSIONS);
      /** @param start makes one more session */
      const grow = async (workerd: Workerd, start: (index: number) => Promise<void>) => {
        await start(count);
        const before = await workerd.usage();
        for (let index = 0; index < count; index++) await start(index);
        const awake = await workerd.usage();
        await pause(HIBERNATION_MS);
        const asleep = await workerd.usage();
        return {
          awake: (awake.residentKib - before.residentKib) / count,
          asleep: (asleep.residentKib - before.residentKib) / count,
        };
      };
      /** The tables of a session's root and of its ledger, as they stand in their own databases. */
      let tables: string[][] = [];
      const contestants: Contestant[] = [
        {
          name: "revint",
          run: async () => {
            const folder = await stage.folder();
            const revint = await stage.startRevint({}, folder);
            const client = stage.client();
            const result = await grow(revint.workerd, async () => {
              const session = await revint.host();
              const [person] = await session.join(1);
              if (person) await client.http(revint.port, [session.react(person, "1", "👍")], 1, 0.001);
            });
            await client.close();
            await revint.close();
            tables = await readTables(folder);
            return result;
          },
        },
        {
          name: "bare objects, the same tables",
          run: async () => {
            const references = await stage.startReferences();
            const connection = await HttpConnection.open(references.port("table-object"));
            const result = await grow(references, async (index) => {
              for (const [kind, statements] of tables.entries()) {
                const body = JSON.stringify(statements);
                await connection.send(encodeRequest({ method: "POST", path: `/${index}-${kind}`, body }));
              }
            });
            connection.close();
            await references.close();
            return result;
          },
        },
      ];
      return { contestants };
    },
  },
  {
    group: "cold",
    name: "cold-start",
    title: "Cold start of each Worker: workerd starts with it alone and gives its first answer",
    figures: [
      { key: "first", title: "first answer after", unit: "ms" },
      { key: "above", title: "above R0", unit: "ms" },
      { key: "gzip", title: "bundle, gzipped", unit: "KiB" },
    ],
    prepare: async () => {
      const folder = await stage.folder();
      const bare = await buildReference(folder, "bare");
      const libraries = [
        { name: "R1: Hono", service: await buildReference(folder, "hono") },
        { name: "Hono and zod", service: await buildReference(folder, "hono-zod") },
      ];
      let floor = Number.NaN;
      const start = async (service: WorkerService) => {
        const alone = withoutOthers(service);
        const from = now();
        const workerd = await Workerd.start(folder, alone);
        const connection = await HttpConnection.open(workerd.port(service.name));
        await connection.send(encodeRequest({ method: "GET", path: "/api/v1/session/nobody" }));
        const first = now() - from;
        connection.close();
        await workerd.close();
        return first;
      };
      const contestants: Contestant[] = [
        {
          name: "R0",
          run: async () => {
            floor = await start(bare);
            return { first: floor, above: 0 };
          },
        },
        ...libraries.map(({ name, service }) => ({
          name,
          run: async () => {
            const first = await start(service);
            return { first, above: first - floor };
          },
        })),
        ...stage.built.map(({ worker, service, gzipBytes }) => ({
          name: worker.name,
          run: async () => {
            const first = await start(service);
            return { first, above: first - floor, gzip: gzipBytes / 1024 };
          },
        })),
      ];
      return { contestants };
    },
  },
];

/** What makes the tables of one session's root, and of its ledger. */
async function readTables(folder: string): Promise<string[][]> {
  const storage = join(folder, "storage");
  const classes = ["SessionRoom", "ReactionLedger"];
  return Promise.all(
    classes.map(async (name) => {
      const own = (await readdir(storage)).find((each) => each.endsWith(name)) ?? name;
      const files = (await readdir(join(storage, own))).filter((file) => file.endsWith(".sqlite"));
      const database = new DatabaseSync(join(storage, own, files[0] ?? ""));
      const rows = database
        .prepare(
          "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'",
        )
        .all();
      database.close();
      return z
        .array(z.object({ sql: z.string() }))
        .parse(rows)
        .map(({ sql }) => sql);
    }),
  );
}

/** A Worker whose bindings all lead to one that says no; objects of other Workers are left out. */
function withoutOthers(service: WorkerService): WorkerService[] {
  const nowhere = (bindings: Readonly<Record<string, string>> | undefined) =>
    Object.fromEntries(Object.keys(bindings ?? {}).map((binding) => [binding, "no-assets"]));
  const stub: WorkerService = {
    name: "no-assets",
    bundle: "no-assets.js",
    compatibilityDate: service.compatibilityDate,
    compatibilityFlags: [],
  };
  const vars = { PUBLIC_KEY: "", SESSION_SECRET: "" };
  return [
    {
      ...service,
      services: nowhere(service.services),
      kv: nowhere(service.kv),
      databases: nowhere(service.databases),
      buckets: nowhere(service.buckets),
      foreignObjects: {},
      ...(service.cache !== undefined && { cache: stub.name }),
      vars: { ...vars, ...service.vars },
    },
    stub,
  ];
}

import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { unstable_readConfig as readConfig } from "wrangler";
import { z } from "zod";
import { readWorkers, selectWorker, type Worker } from "../scripts/workers.ts";
import { getDeployReport, runWrangler } from "../scripts/wrangler.ts";
import { CACHE, copySimulators, D1, R2 } from "./simulators.ts";
import type { WorkerService } from "./workerd-config.ts";

const REFERENCES = fileURLToPath(new URL("references/", import.meta.url));
const WRAPPERS = fileURLToPath(new URL("wrappers/", import.meta.url));

/** Where references agree with what we deploy. */
const COMPATIBILITY = { compatibilityDate: "2026-10-15", compatibilityFlags: [] };

/** Lets load tests call the ledgers. */
export const LEDGER_DOOR = "ledger-door";

/** Lets load tests ask host-store's database. */
export const SQL_DOOR = "sql-door";

/** Is told what is written to datasets, and tells it at its socket. */
export const DATASET = "dataset";

/** One of our Workers, built the way `npm run deploy` builds it. */
export interface BuiltWorker {
  readonly worker: Worker;
  readonly gzipBytes: number;
  readonly service: WorkerService;
}

/** Builds the stand-ins into `folder`. */
export async function buildStandIns(folder: string): Promise<void> {
  const names = ["kv", "no-assets", "no-limit", LEDGER_DOOR, SQL_DOOR, DATASET];
  await Promise.all([...names.map((name) => buildReference(folder, name)), copySimulators(folder)]);
}

/**
 * Builds all our Workers into `folder`. Bindings come from the wrangler files; a namespace of KV
 * becomes a Worker that plays it, a database or a bucket what Miniflare has for it.
 */
export async function buildWorkers(folder: string): Promise<BuiltWorker[]> {
  await mkdir(folder, { recursive: true });
  const built: BuiltWorker[] = [];
  for (const worker of readWorkers()) {
    const outdir = join(folder, `build-${worker.folder}`);
    const run = await runWrangler(["deploy", "--dry-run", ...selectWorker(worker), "--outdir", outdir]);
    if (run.code !== 0) throw new Error(`${worker.name} does not build:\n${run.stderr}`);
    const bundle = `${worker.name}.js`;
    await copyFile(join(outdir, "index.js"), join(folder, bundle));
    const gzipBytes = getDeployReport(run)?.bundle_size?.gzip_bytes ?? Number.NaN;
    built.push({ worker, gzipBytes, service: describeWorker(worker, bundle) });
  }
  return built;
}

/** What of a wrangler file says how a Worker runs. */
const Settings = z.object({
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()),
  vars: z.record(z.string(), z.string()),
  services: z.array(z.object({ binding: z.string(), service: z.string() })).default([]),
  assets: z.object({ binding: z.string() }).optional(),
  kv_namespaces: z.array(z.object({ binding: z.string() })),
  d1_databases: z.array(z.object({ binding: z.string() })).default([]),
  r2_buckets: z.array(z.object({ binding: z.string() })).default([]),
  ratelimits: z.array(z.object({ name: z.string() })).default([]),
  durable_objects: z.object({
    bindings: z.array(
      z.object({ name: z.string(), class_name: z.string(), script_name: z.string().optional() }),
    ),
  }),
});

function describeWorker({ name, config, environment }: Worker, bundle: string): WorkerService {
  const settings = Settings.parse(
    readConfig({ config, ...(environment !== undefined && { env: environment }) }),
  );
  const objects = settings.durable_objects.bindings;
  return {
    name,
    bundle,
    compatibilityDate: settings.compatibility_date,
    compatibilityFlags: settings.compatibility_flags,
    vars: settings.vars,
    services: {
      ...Object.fromEntries(settings.services.map(({ binding, service }) => [binding, service])),
      ...(settings.assets && { [settings.assets.binding]: "no-assets" }),
      ...Object.fromEntries(settings.ratelimits.map(({ name: binding }) => [binding, "no-limit"])),
    },
    databases: Object.fromEntries(settings.d1_databases.map(({ binding }) => [binding, D1])),
    buckets: Object.fromEntries(settings.r2_buckets.map(({ binding }) => [binding, R2])),
    cache: CACHE,
    kv: Object.fromEntries(settings.kv_namespaces.map(({ binding }) => [binding, kvName(binding)])),
    objects: Object.fromEntries(
      objects.flatMap(({ name: binding, class_name, script_name }) =>
        script_name === undefined ? [[binding, class_name]] : [],
      ),
    ),
    foreignObjects: Object.fromEntries(
      objects.flatMap(({ name: binding, class_name, script_name }) =>
        script_name === undefined ? [] : [[binding, { type: class_name, service: script_name }]],
      ),
    ),
    hasSocket: true,
  };
}

const kvName = (binding: string) => `kv-${binding}`;

/** The Workers that play what others are bound to: KV namespaces, the pages, and limits. */
export const standIns = (services: readonly WorkerService[]): WorkerService[] => [
  ...[...new Set(services.flatMap(({ kv }) => Object.values(kv ?? {})))].map((name) => ({
    name,
    bundle: "kv.js",
    objects: { NAMESPACE: "Namespace" },
    hasSocket: true,
    ...COMPATIBILITY,
  })),
  { name: "no-assets", bundle: "no-assets.js", ...COMPATIBILITY },
  { name: "no-limit", bundle: "no-limit.js", ...COMPATIBILITY },
];

/** The Worker at whose socket load tests call the ledgers of this running revint. */
export const ledgerDoor: WorkerService = {
  name: LEDGER_DOOR,
  bundle: `${LEDGER_DOOR}.js`,
  foreignObjects: { LEDGERS: { type: "ReactionLedger", service: "revint-reaction-store" } },
  hasSocket: true,
  ...COMPATIBILITY,
};

/** The Worker at whose socket load tests ask its database. */
export const sqlDoor: WorkerService = {
  name: SQL_DOOR,
  bundle: `${SQL_DOOR}.js`,
  databases: { HOST_DB: D1 },
  hasSocket: true,
  ...COMPATIBILITY,
};

/** The Worker that takes what is written to datasets. */
export const dataset: WorkerService = {
  name: DATASET,
  bundle: `${DATASET}.js`,
  hasSocket: true,
  ...COMPATIBILITY,
};

/** Builds one Worker of `references/` into `folder`. */
export async function buildReference(
  folder: string,
  name: string,
  service: Partial<WorkerService> = {},
): Promise<WorkerService> {
  await bundle(REFERENCES, name, folder);
  return { name, bundle: `${name}.js`, hasSocket: true, ...COMPATIBILITY, ...service };
}

/** Builds one of `wrappers/`, which imports what it wraps as "worker". */
export const buildWrapper = (folder: string, name: string): Promise<void> => bundle(WRAPPERS, name, folder);

async function bundle(source: string, name: string, folder: string): Promise<void> {
  await build({
    entryPoints: [join(source, `${name}.ts`)],
    outfile: join(folder, `${name}.js`),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2024",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*", "node:*", "worker"],
    logLevel: "warning",
  });
}

import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import { Failure } from "./failure.ts";

/** One Worker as its wrangler file describes it. */
export interface Worker {
  /** The name it is deployed under. */
  readonly name: string;
  /** Its folder in `workers/`. */
  readonly folder: string;
  readonly config: string;
  /** The environment of `config` that describes it; a config without environments has none. */
  readonly environment?: string;
  /** The interface `npm run types` gives its bindings. */
  readonly envInterface: string;
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  /** The names of the Workers that it is bound to. */
  readonly calls: readonly string[];
  /** What a deployment keeps for it. */
  readonly keeps: readonly Resource[];
  /** Its D1 databases whose tables are made by migrations. */
  readonly databases: readonly Database[];
  /** The names of the secrets that it can't run without: nobody else is given them. */
  readonly secrets: readonly string[];
  /** All that its file says of it, what an environment inherits included. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Something that stays when a Worker is deployed anew. */
export interface Resource {
  readonly kind: "KV namespace" | "Durable Object" | "D1 database" | "R2 bucket" | "queue";
  /** As Cloudflare knows it; of a Durable Object, its class. */
  readonly name: string;
}

/** A D1 database whose tables are made by migrations. */
export interface Database {
  readonly binding: string;
  /** As Cloudflare knows it. */
  readonly name: string;
  /** The folder of its migrations. */
  readonly migrations: string;
}

const Bound = z.object({ binding: z.string() });

/** What of a Worker's settings matters here. All else is wrangler's. */
const Settings = z.looseObject({
  name: z.string(),
  main: z.string(),
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()).default([]),
  services: z.array(z.object({ service: z.string() })).default([]),
  durable_objects: z
    .object({
      bindings: z.array(z.object({ class_name: z.string(), script_name: z.string().optional() })),
    })
    .default({ bindings: [] }),
  kv_namespaces: z.array(Bound).default([]),
  d1_databases: z
    .array(Bound.extend({ database_name: z.string().optional(), migrations_dir: z.string().optional() }))
    .default([]),
  r2_buckets: z.array(Bound.extend({ bucket_name: z.string().optional() })).default([]),
  queues: z.object({ producers: z.array(z.object({ queue: z.string() })).default([]) }).default({
    producers: [],
  }),
  secrets: z.object({ required: z.array(z.string()).default([]) }).default({ required: [] }),
});

/** A file's environments share what stands at its top; a file without any describes one Worker. */
const ConfigFile = z.looseObject({
  env: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

/**
 * Every Worker that the wrangler files describe, each after those it is bound to: the order to deploy in, since
 * a binding needs its Worker to exist. Backwards it is the order to delete in.
 * @param files the text of each, by its name
 * @throws Failure for a file that can't be read so, and for Workers that call each other in a circle
 */
export function listWorkers(files: Readonly<Record<string, string>>): readonly Worker[] {
  return sortByCalls(Object.entries(files).flatMap(([config, text]) => readConfig(config, text)));
}

function readConfig(config: string, text: string): Worker[] {
  try {
    const { env, ...top } = ConfigFile.parse(parse(text));
    if (env === undefined) return [describeWorker(config, top)];
    return Object.entries(env).map(([name, own]) => describeWorker(config, { ...top, ...own }, name));
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Failure(`${config} can't be read:\n${reason}`);
  }
}

function describeWorker(
  config: string,
  all: Readonly<Record<string, unknown>>,
  environment?: string,
): Worker {
  const settings = Settings.parse(all);
  const { name, main, services } = settings;
  const folder = /^workers\/([\w-]+)\/index\.ts$/.exec(main)?.[1];
  if (folder === undefined)
    throw new Failure(`${config}: the \`main\` of ${name} has to be workers/<its folder>/index.ts.`);
  const objects = settings.durable_objects.bindings;
  // What has no name of its own, a deploy creates as `<worker>-<binding>`: wrangler's rule.
  const nameOf = (binding: string) => `${name}-${binding.toLowerCase().replaceAll("_", "-")}`;
  return {
    name,
    folder,
    config,
    ...(environment !== undefined && { environment }),
    envInterface: `${folder.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Env`,
    compatibilityDate: settings.compatibility_date,
    compatibilityFlags: settings.compatibility_flags,
    calls: [
      ...services.map(({ service }) => service),
      ...objects.flatMap(({ script_name = name }) => (script_name === name ? [] : [script_name])),
    ],
    keeps: [
      ...objects.flatMap(({ class_name, script_name = name }) =>
        script_name === name ? [{ kind: "Durable Object", name: class_name } as const] : [],
      ),
      ...settings.kv_namespaces.map(
        ({ binding }) => ({ kind: "KV namespace", name: nameOf(binding) }) as const,
      ),
      ...settings.d1_databases.map(
        ({ binding, database_name = nameOf(binding) }) =>
          ({ kind: "D1 database", name: database_name }) as const,
      ),
      ...settings.r2_buckets.map(
        ({ binding, bucket_name = nameOf(binding) }) => ({ kind: "R2 bucket", name: bucket_name }) as const,
      ),
      ...settings.queues.producers.map(({ queue }) => ({ kind: "queue", name: queue }) as const),
    ],
    databases: settings.d1_databases.flatMap(
      ({ binding, database_name: name = nameOf(binding), migrations_dir: migrations }) =>
        migrations === undefined ? [] : [{ binding, name, migrations }],
    ),
    secrets: settings.secrets.required,
    settings: all,
  };
}

function sortByCalls(found: readonly Worker[]): readonly Worker[] {
  const sorted = new Set<Worker>();
  const visit = (worker: Worker, callers: readonly Worker[]) => {
    if (callers.includes(worker)) {
      const circle = [...callers.slice(callers.indexOf(worker)), worker].map(({ name }) => name);
      throw new Failure(
        `Workers are bound to each other in a circle, so that none of them can be deployed first: ${circle.join(" → ")}. Calls go one way (docs/design.md): take one of these bindings out.`,
      );
    }
    if (sorted.has(worker)) return;
    for (const name of worker.calls) {
      const callee = found.find((each) => each.name === name);
      if (!callee)
        throw new Failure(
          `${worker.config}: ${worker.name} is bound to ${name}, which no wrangler file describes.`,
        );
      visit(callee, [...callers, worker]);
    }
    sorted.add(worker);
  };
  for (const worker of found) visit(worker, []);
  return [...sorted];
}

const isConfig = (file: string) => /^wrangler\.[\w-]+\.toml$/.test(file);

/** The folder where the wrangler files are. */
const root = dirname(import.meta.dirname);

/**
 * All of ours, callees before callers. A new one is a folder in `workers/`, and a file or an environment for wrangler.
 * @throws Failure when a wrangler file is wrong
 */
export function readWorkers(): readonly Worker[] {
  const files = readdirSync(root).filter(isConfig).sort();
  return listWorkers(
    Object.fromEntries(files.map((file) => [file, readFileSync(`${root}/${file}`, "utf8")])),
  );
}

/** The one in this folder of `workers/`. @throws Failure when there is none */
export function readWorker(folder: string): Worker {
  const worker = readWorkers().find((each) => each.folder === folder);
  if (!worker) throw new Failure(`No wrangler file describes a Worker whose folder is workers/${folder}.`);
  return worker;
}

/** The only Worker with an address. */
export const isApi = ({ folder }: Worker): boolean => folder === "api";
export const readApi = (): Worker => readWorker("api");

/** The arguments that tell wrangler which Worker is meant. */
export function selectWorker({ config, environment }: Worker): string[] {
  return environment === undefined ? ["-c", config] : ["-c", config, "--env", environment];
}

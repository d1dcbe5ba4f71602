import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { Failure } from "./failure.ts";
import { type Import, listImports } from "./imports.ts";
import { listOptionalSecrets } from "./secrets.ts";
import { readWorkers, type Worker } from "./workers.ts";

/** One place where a Worker's code reads something of its environment. */
export interface Use {
  readonly name: string;
  /** From the repository's root. */
  readonly file: string;
  readonly line: number;
}

const Named = z.object({ name: z.string() });
const Bound = z.object({ binding: z.string() });
const bound = z.array(Bound).default([]);

/** Everything in a wrangler file that puts a name into `env`. */
const Bindings = z.looseObject({
  kv_namespaces: bound,
  d1_databases: bound,
  r2_buckets: bound,
  services: bound,
  analytics_engine_datasets: bound,
  queues: z.object({ producers: bound }).default({ producers: [] }),
  durable_objects: z.object({ bindings: z.array(Named) }).default({ bindings: [] }),
  ratelimits: z.array(Named).default([]),
  assets: z.object({ binding: z.string().optional() }).default({}),
  vars: z.record(z.string(), z.unknown()).default({}),
});

/** What a deployment may bind, and runs without: wrangler files say how. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = { automations: ["FLOW_QUEUE"] };
/** The same, of every Worker. */
const OPTIONAL_EVERYWHERE: readonly string[] = ["METRICS"];

/** The names that a Worker's wrangler file puts into its `env`, its required secrets among them. */
export function listBindings({ settings, secrets }: Worker): string[] {
  const found = Bindings.parse(settings);
  const { kv_namespaces, d1_databases, r2_buckets, services, analytics_engine_datasets, queues } = found;
  return [
    ...[kv_namespaces, d1_databases, r2_buckets, services, analytics_engine_datasets, queues.producers]
      .flat()
      .map(({ binding }) => binding),
    ...[found.durable_objects.bindings, found.ratelimits].flat().map(({ name }) => name),
    ...(found.assets.binding === undefined ? [] : [found.assets.binding]),
    ...Object.keys(found.vars),
    ...secrets,
  ];
}

/** `env.NAME`, whatever `env` is a property of. */
const READ = /\benv\??\.([A-Z][A-Z\d_]*)\b/g;
/** `const { NAME, OTHER: other } = env`. */
const TAKEN = /\{([^{}]*)\}\s*=\s*[\w.#]*\benv\b/g;
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

const blank = (comment: string): string => comment.replace(/[^\n]/g, " ");

/** What one file reads of its environment, by its text. */
export function readUses(file: string, text: string): Use[] {
  const code = text.replace(COMMENT, blank);
  const use = (name: string, index: number): Use => ({
    name,
    file,
    line: code.slice(0, index).split("\n").length,
  });
  return [
    ...[...code.matchAll(READ)].map(({ index, 1: name = "" }) => use(name, index)),
    ...[...code.matchAll(TAKEN)].flatMap(({ index, 1: names = "" }) =>
      [...names.matchAll(/(?:^|,)\s*([A-Z][A-Z\d_]*)\b/g)].map(({ 1: name = "" }) => use(name, index)),
    ),
  ];
}

/** The files that run in a Worker: its entry, and all that it imports. */
export function listFiles(folder: string, imports: readonly Import[]): string[] {
  const files = new Set([`workers/${folder}/index.ts`]);
  for (const file of files) {
    for (const { file: from, target, isTypeOnly } of imports)
      if (from === file && !isTypeOnly && existsSync(target)) files.add(target);
  }
  return [...files];
}

/**
 * Where code and wrangler files differ, a sentence each: what code reads and nothing binds, and what is bound and no code
 * names. A binding that is handed on (`Pick<RecapEnv, "SESSION_STORE">`) is named, too.
 */
export function compareBindings(worker: Worker, texts: ReadonlyMap<string, string>): string[] {
  const names = listBindings(worker);
  const optional = [
    ...listOptionalSecrets(worker),
    ...(OPTIONAL[worker.folder] ?? []),
    ...OPTIONAL_EVERYWHERE,
  ];
  const uses = [...texts].flatMap(([file, text]) => readUses(file, text));
  const code = [...texts.values()].map((text) => text.replace(COMMENT, blank)).join("\n");
  return [
    ...uses
      .filter(({ name }) => !names.includes(name) && !optional.includes(name))
      .map(
        ({ name, file, line }) =>
          `${file}:${line} reads env.${name}, which ${worker.config} does not bind to ${worker.name}. Bind it there, or take it out.`,
      ),
    ...[...names, ...optional]
      .filter((name) => !new RegExp(`\\b${name}\\b`).test(code))
      .map(
        (name) =>
          `${worker.config}:${findLine(worker, name)} binds ${name} to ${worker.name}, and nothing in workers/${worker.folder} reads it. Take it out.`,
      ),
  ];
}

/** Where a wrangler file names it, of the part that describes this Worker. */
function findLine({ config, environment }: Worker, name: string): number {
  const lines = readFileSync(config, "utf8").split("\n");
  const start =
    environment === undefined ? 0 : lines.findIndex((line) => line.includes(`env.${environment}`));
  const place = lines.findIndex((line, index) => index >= start && new RegExp(`\\b${name}\\b`).test(line));
  return Math.max(place, start, 0) + 1;
}

/** @throws Failure where any Worker's code and its wrangler file differ, saying all of it */
export function checkBindings(): void {
  const imports = listImports(["workers", "shared"]);
  const problems = readWorkers().flatMap((worker) => {
    const files = listFiles(worker.folder, imports);
    return compareBindings(worker, new Map(files.map((file) => [file, readFileSync(file, "utf8")])));
  });
  if (problems.length > 0) throw new Failure(problems.join("\n"));
}

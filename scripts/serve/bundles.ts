import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as z from "zod";
import { getFingerprint, isUpToDate, PAGE_SOURCES, writeStamp } from "../build-stamp.ts";
import { mapConcurrently } from "../concurrently.ts";
import { Failure } from "../failure.ts";
import { isApi, readWorkers, selectWorker, type Worker } from "../workers.ts";
import { runWrangler } from "../wrangler.ts";

/** Where everything that `npm run serve` runs lies: pages, a folder for each Worker, and what each is bound to. */
const BUNDLES = ".wrangler/serve";
const STAMP = ".wrangler/serve-stamp.json";

/** All that bundles and the pages beside them are made of, but for wrangler files. */
const SOURCES = [...PAGE_SOURCES, "workers"];

/** What the runtime is told of a Worker, in Miniflare's words: wrangler reads them from its files. */
const Bundle = z.object({ folder: z.string(), options: z.record(z.string(), z.unknown()) });
export type Bundle = z.output<typeof Bundle>;

export interface Bundles {
  /** Where they lie. */
  readonly folder: string;
  readonly workers: readonly Bundle[];
}

/**
 * Bundles pages and Workers as a deploy does, unless that has been done of the same sources: apart from what `npm start`
 * builds, so that what runs stays as it is.
 * @throws Failure when one doesn't build
 */
export async function buildBundles(): Promise<void> {
  const fingerprint = await getFingerprintOfAll();
  if (await isUpToDate(STAMP, BUNDLES, fingerprint)) return;
  await writeBundles();
  await writeStamp(STAMP, BUNDLES, fingerprint);
}

/**
 * What has been bundled. Where that is of other sources, it is bundled anew, by a process of its own: what wrangler
 * takes of memory, the server does without.
 * @throws Failure when one doesn't build
 */
export async function prepareBundles(): Promise<Bundles> {
  if (!(await isUpToDate(STAMP, BUNDLES, await getFingerprintOfAll()))) {
    const args = ["--no-warnings", join(import.meta.dirname, "../serve.ts"), "--build"];
    const [code] = await once(
      spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] }),
      "exit",
    );
    if (code !== 0) throw new Failure("Nothing was started: not everything builds.");
  }
  return readBundles();
}

/** What has been bundled, whatever it is of. */
export async function readBundles(): Promise<Bundles> {
  const text = await readFile(join(BUNDLES, "workers.json"), "utf8");
  return { folder: resolve(BUNDLES), workers: z.array(Bundle).parse(JSON.parse(text)) };
}

async function getFingerprintOfAll(): Promise<string> {
  const configs = (await readdir(".")).filter((file) => /^wrangler\.[\w-]+\.toml$/.test(file));
  return getFingerprint([...SOURCES, ...configs.sort()]);
}

async function writeBundles(): Promise<void> {
  const draft = `${BUNDLES}.${process.pid}.tmp`;
  try {
    await mkdir(draft, { recursive: true });
    const workers = readWorkers();
    await mapConcurrently(workers, (worker) => bundle(worker, join(draft, worker.folder)));
    // wrangler has built the pages with the api.
    await cp("dist/site", join(draft, "site"), { recursive: true });
    const described = await describeWorkers(workers);
    await writeFile(join(draft, "workers.json"), JSON.stringify(described));
    await rm(BUNDLES, { recursive: true, force: true });
    await rename(draft, BUNDLES);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function bundle(worker: Worker, outdir: string): Promise<void> {
  const { code, stdout, stderr } = await runWrangler([
    ...["deploy", "--dry-run", ...selectWorker(worker), "--outdir", outdir],
  ]);
  if (code !== 0) throw new Failure(`${worker.name} does not build:\n${stderr || stdout}`);
}

/** In front stands the api: it has the address. */
async function describeWorkers(workers: readonly Worker[]): Promise<Bundle[]> {
  // It says that secrets are missing, which are not its business here.
  process.env.WRANGLER_LOG = "none";
  // Only now: it is large, and who has bundles does not need it.
  const { unstable_getMiniflareWorkerOptions: describe } = await import("wrangler");
  return [...workers]
    .sort((a, b) => Number(isApi(b)) - Number(isApi(a)))
    .map(({ name, folder, config, environment, settings }) => {
      const { modulesRules: _, ...options } = describe(config, environment).workerOptions;
      // Without what a file of variables that lies around here adds.
      const bindings = z.record(z.string(), z.unknown()).default({}).parse(settings.vars);
      return { folder, options: { ...options, name, bindings } };
    });
}

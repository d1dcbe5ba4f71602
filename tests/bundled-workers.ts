import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { promisify } from "node:util";
import { mapConcurrently } from "../scripts/concurrently.ts";
import { readWorkers, selectWorker } from "../scripts/workers.ts";

const FOLDER = ".wrangler/test/workers";

/** Where the bundle of a Worker lies, if all have been bundled; else, whoever starts it bundles it. */
export function getBundle(folder: string): string | undefined {
  const { BUNDLED_WORKERS } = process.env;
  return BUNDLED_WORKERS && `${BUNDLED_WORKERS}/${folder}`;
}

/**
 * Before all stories: bundles every Worker once, as a deploy does, for each deployment that they start. wrangler builds
 * the pages with the api. Only for `npm test`: a story by itself is there sooner when its deployment does all this.
 */
export default async function bundleWorkers(): Promise<void> {
  if (process.env.npm_lifecycle_event !== "test" || process.env.BUNDLED_WORKERS) return;
  await rm(FOLDER, { recursive: true, force: true });
  await mapConcurrently(readWorkers(), (worker) => {
    const outdir = `${FOLDER}/${worker.folder}`;
    const args = ["deploy", "--dry-run", ...selectWorker(worker), "--outdir", outdir];
    return promisify(execFile)("wrangler", args, { shell: process.platform === "win32" });
  });
  process.env.BUNDLED_WORKERS = FOLDER;
}

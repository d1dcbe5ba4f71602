import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Where scripts/serve/bundles.ts puts them. */
const FOLDER = ".wrangler/serve";

/** Where the bundle of a Worker lies, if all have been bundled; else, whoever starts it bundles it. */
export function getBundle(folder: string): string | undefined {
  const { BUNDLED_WORKERS } = process.env;
  return BUNDLED_WORKERS ? `${BUNDLED_WORKERS}/${folder}` : undefined;
}

/**
 * Before all stories: bundles every Worker once, as a deploy does, for each deployment that they start, and builds the
 * pages. Only for `npm test`: a story by itself is there sooner when its deployment does all this.
 */
export default async function bundleWorkers(): Promise<void> {
  if (process.env.npm_lifecycle_event !== "test" || process.env.BUNDLED_WORKERS) return;
  for (const args of [
    ["scripts/build.ts", "--site"],
    ["scripts/serve.ts", "--build"],
  ]) {
    await promisify(execFile)(process.execPath, args);
  }
  process.env.BUNDLED_WORKERS = FOLDER;
}

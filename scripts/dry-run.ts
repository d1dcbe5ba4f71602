import { mapConcurrently } from "./concurrently.ts";
import { Failure } from "./failure.ts";
import { readWorkers, selectWorker, type Worker } from "./workers.ts";
import { getDeployReport, runWrangler } from "./wrangler.ts";

/** Far below Cloudflare's limit; it is there to notice a dependency that doesn't belong in a Worker. */
const MAX_GZIP_KIB = 320;

interface Bundle {
  readonly worker: Worker;
  /** Size as uploaded; undefined when it doesn't build. */
  readonly gzipKib: number | undefined;
  /** Name and kind of each, as wrangler says them. */
  readonly bindings: readonly (readonly [name: string, kind: string])[];
  readonly error: string;
}

/**
 * Builds every Worker as a deploy would and prints its size and bindings. Needs no account.
 * @throws Failure when one doesn't build or is too large
 */
export async function dryRun(): Promise<void> {
  const bundles = await mapConcurrently(readWorkers(), build);
  const rows = [["Worker", "gzipped", "Binding", "Kind"], ...bundles.flatMap(toRows)];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("   ")
        .trimEnd(),
    );
  }

  const broken = bundles.filter(({ gzipKib }) => gzipKib === undefined);
  for (const { worker, error } of broken) console.error(`\n${worker.name} does not build:\n${error}`);
  if (broken.length > 0)
    throw new Failure(`\n${broken.length} of ${bundles.length} Workers can't be deployed.`);
  const large = bundles.filter(({ gzipKib = 0 }) => gzipKib > MAX_GZIP_KIB).map(({ worker }) => worker.name);
  if (large.length > 0) throw new Failure(`\nOver ${MAX_GZIP_KIB} KiB gzipped: ${large.join(", ")}.`);
}

async function build(worker: Worker): Promise<Bundle> {
  const run = await runWrangler(["deploy", "--dry-run", ...selectWorker(worker)]);
  const size = getDeployReport(run)?.bundle_size;
  return {
    worker,
    gzipKib: run.code === 0 && size ? size.gzip_bytes / 1024 : undefined,
    bindings: [...run.stdout.matchAll(/^env\.(\S.*?) {2,}(\S.*?) *$/gm)].map(([, name = "", kind = ""]) => [
      name,
      kind,
    ]),
    error: run.stderr || run.stdout,
  };
}

/** One row for each binding; the first also names the Worker. */
function toRows({ worker, gzipKib, bindings }: Bundle): string[][] {
  const size = gzipKib === undefined ? "failed" : `${gzipKib.toFixed(1)} KiB`;
  const secrets = worker.secrets.map((name) => [name, "Secret"] as const);
  const [first = ["", ""], ...others] = [...bindings, ...secrets];
  return [[worker.name, size, ...first], ...others.map((binding) => ["", "", ...binding])];
}

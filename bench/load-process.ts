import { broadcast } from "./load/broadcast.ts";
import { loadHttp } from "./load/http-load.ts";
import { PipeSet } from "./load/pipe-set.ts";
import { react } from "./load/react.ts";
import { storm } from "./load/storm.ts";
import { tap } from "./load/tap.ts";
import { type LoadAnswer, LoadJob, type LoadResult } from "./load-job.ts";

/** The pipes that this process holds between two jobs. */
const pipes = new PipeSet();

function run(job: LoadJob): Promise<LoadResult> {
  switch (job.kind) {
    case "http":
      return loadHttp(job);
    case "open":
      return pipes.open(job);
    case "broadcast":
      return broadcast(pipes, job);
    case "react":
      return react(pipes, job);
    case "tap":
      return tap(pipes, job);
    case "storm":
      return storm(pipes, job);
    case "close":
      return pipes.close();
  }
}

process.on("message", async (message) => {
  const answer: LoadAnswer = await run(LoadJob.parse(message)).then(
    (result) => ({ result }),
    (error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
  process.send?.(answer);
});
process.on("disconnect", () => process.exit());

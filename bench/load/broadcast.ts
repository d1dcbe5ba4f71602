import { Buffer } from "node:buffer";
import { now } from "../clock.ts";
import { HttpConnection } from "../http-connection.ts";
import type { LoadJob, LoadResult } from "../load-job.ts";
import { percentile } from "../statistics.ts";
import type { PipeSet } from "./pipe-set.ts";

/** From the moment the request is sent until each pipe, and the last, has heard of it. */
export async function broadcast(
  { pipes }: PipeSet,
  job: Extract<LoadJob, { kind: "broadcast" }>,
): Promise<LoadResult> {
  const connection = await HttpConnection.open(job.port);
  const times: number[] = [];
  const start = now();
  const everyone = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`only ${times.length} of ${pipes.length} heard it in time`));
    }, job.timeoutMs);
    for (const pipe of pipes) {
      pipe.onText = (text) => {
        if (!text.includes(job.marker)) return;
        pipe.onText = undefined;
        times.push(now() - start);
        if (times.length < pipes.length) return;
        clearTimeout(timer);
        resolve();
      };
    }
  });
  everyone.catch(() => {});
  try {
    const { status, body } = await connection.send(Buffer.from(job.request));
    if (status >= 300) throw new Error(`${status} ${body}`);
    const answered = now() - start;
    await everyone;
    return { answered, p50: percentile(times, 0.5), p99: percentile(times, 0.99), last: times.at(-1) ?? 0 };
  } finally {
    connection.close();
  }
}

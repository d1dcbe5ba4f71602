import { Buffer } from "node:buffer";
import { now } from "../clock.ts";
import { HttpConnection, NOT_MODIFIED } from "../http-connection.ts";
import type { LoadJob, LoadResult } from "../load-job.ts";
import { percentile } from "../statistics.ts";

/** Closed loop: requests a second, and how long they took. An answer that is no success is an error. */
export async function loadHttp(job: Extract<LoadJob, { kind: "http" }>): Promise<LoadResult> {
  const requests = job.requests.map((request) => Buffer.from(request));
  const connections = await Promise.all(
    Array.from({ length: job.connections }, () => HttpConnection.open(job.port)),
  );
  const times: number[] = [];
  let errors = 0;
  let next = 0;
  let lastError = "";
  const start = now();
  const end = start + job.seconds * 1000;
  const cpu = process.cpuUsage();
  await Promise.all(
    connections.map(async (connection) => {
      for (let sent = now(); sent < end; ) {
        const request = requests[next++ % requests.length];
        if (!request) return;
        const { status, body } = await connection.send(request);
        const answered = now();
        times.push(answered - sent);
        if (status >= 300 && status !== NOT_MODIFIED) {
          errors++;
          lastError = `${status} ${body}`;
        }
        sent = answered;
      }
    }),
  );
  const seconds = (now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  for (const connection of connections) connection.close();
  if (errors > times.length / 100) throw new Error(`${errors} of ${times.length} failed; last: ${lastError}`);
  return {
    rate: (times.length - errors) / seconds,
    errors,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    clientCpu: (user + system) / 1e6 / seconds,
  };
}

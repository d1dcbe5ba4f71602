import * as z from "zod";
import { now, pause } from "../clock.ts";
import type { LoadJob, LoadResult } from "../load-job.ts";
import { percentile } from "../statistics.ts";
import type { PipeSet } from "./pipe-set.ts";

const GRACE_MS = 3000;

const Reactions = z.object({
  type: z.literal("reactions"),
  pages: z.record(z.string(), z.record(z.string(), z.number())),
});

let runs = 0;

/**
 * A hall that taps. The host's pipe shows when: some people are probes and tap a page of their
 * own, so that its count says which of their taps has been counted.
 */
export async function tap(set: PipeSet, job: Extract<LoadJob, { kind: "tap" }>): Promise<LoadResult> {
  const [host, ...people] = set.pipes;
  if (!host) throw new Error("nobody is there");
  const run = ++runs;
  /** Taps that the host has not seen yet, and how many it has. */
  const sentAt = new Map<string, number[]>();
  const seenOf = new Map<string, number>();
  const times: number[] = [];
  host.onText = (data) => {
    const text = data.toString();
    if (!text.startsWith('{"type":"reactions"')) return;
    const time = now();
    for (const [page, counts] of Object.entries(Reactions.parse(JSON.parse(text)).pages)) {
      const sent = sentAt.get(page);
      if (!sent) continue;
      const seen = counts.probe ?? 0;
      for (const at of sent.splice(0, seen - (seenOf.get(page) ?? 0))) times.push(time - at);
      seenOf.set(page, seen);
    }
  };

  let taps = 0;
  const end = now() + job.seconds * 1000;
  await Promise.all(
    people.map(async ({ socket }, index) => {
      const page = index < job.probes ? `probe-${run}-${index}` : "hall";
      const reaction = index < job.probes ? "probe" : "👍";
      if (index < job.probes) sentAt.set(page, []);
      await pause(Math.random() * job.everySeconds * 1000);
      for (let tapped = 0; now() < end; tapped++) {
        taps++;
        sentAt.get(page)?.push(now());
        socket.send(
          `{"type":"react","id":"t-${process.pid}-${run}-${index}-${tapped}","page":"${page}","reaction":"${reaction}"}`,
        );
        await pause(job.everySeconds * 1000);
      }
    }),
  );
  const isUnseen = () => [...sentAt.values()].some((sent) => sent.length > 0);
  for (let waited = 0; isUnseen() && waited < GRACE_MS; waited += 50) await pause(50);
  host.onText = undefined;
  const unseen = [...sentAt.values()].reduce((sum, sent) => sum + sent.length, 0);
  return {
    rate: taps / job.seconds,
    samples: times.length,
    unseen,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    last: times.reduce((most, time) => Math.max(most, time), 0),
  };
}

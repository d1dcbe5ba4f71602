import { now, pause } from "../clock.ts";
import type { LoadJob, LoadResult } from "../load-job.ts";
import { percentile } from "../statistics.ts";
import type { PipeSet } from "./pipe-set.ts";

/** How often a steady rate is made up for, in milliseconds. */
const TICK_MS = 5;
/** What may still be under way at the end gets this long. */
const GRACE_MS = 5000;

const ACK = '{"type":"ack"';
const ERROR = '{"type":"error"';
const ID = /"([a-z]-[^"]+)"/g;

let runs = 0;

/** Reactions, answers or votes over pipes: acked a second, from send to ack. */
export async function react(
  { pipes }: PipeSet,
  job: Extract<LoadJob, { kind: "react" }>,
): Promise<LoadResult> {
  const prefix = `r-${process.pid}-${++runs}`;
  const pending = new Map<string, number>();
  const times: number[] = [];
  let sent = 0;
  let errors = 0;
  let messages = 0;
  const start = now();
  const end = start + job.seconds * 1000;

  const send = (index: number) => {
    const id = `${prefix}-${sent}`;
    const what = write(job, sent++);
    pending.set(id, now());
    pipes[index]?.socket.send(`{"id":"${id}",${what}}`);
  };

  pipes.forEach((pipe, index) => {
    pipe.onText = (data) => {
      const text = data.toString();
      const isAck = text.startsWith(ACK);
      if (!isAck && !text.startsWith(ERROR)) return;
      const time = now();
      messages++;
      for (const [, id = ""] of text.matchAll(ID)) {
        const from = pending.get(id);
        if (from === undefined) continue;
        pending.delete(id);
        if (isAck) times.push(time - from);
        else errors++;
        if (job.rate === undefined && time < end) send(index);
      }
    };
  });

  const cpu = process.cpuUsage();
  if (job.rate === undefined) {
    for (const index of pipes.keys()) send(index);
    await pause(job.seconds * 1000);
  } else {
    for (let time = start; time < end; time = now()) {
      const due = ((time - start) / 1000) * job.rate;
      while (sent < due) send(sent % pipes.length);
      await pause(TICK_MS);
    }
  }
  const seconds = (now() - start) / 1000;
  const inTime = times.length;
  const { user, system } = process.cpuUsage(cpu);
  for (let waited = 0; pending.size > 0 && waited < GRACE_MS; waited += TICK_MS) await pause(TICK_MS);
  for (const pipe of pipes) pipe.onText = undefined;
  if (errors > sent / 100) throw new Error(`${errors} of ${sent} were refused`);
  return {
    rate: inTime / seconds,
    acked: times.length,
    errors,
    lost: pending.size,
    messages,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    clientCpu: (user + system) / 1e6 / seconds,
  };
}

/** What is sent as the so-many-eth message, without its id. Two of three votes are for a question. */
function write({ page, reactions, activity, questions }: Extract<LoadJob, { kind: "react" }>, at: number) {
  const reaction = reactions[at % reactions.length];
  if (questions) {
    return `"type":"vote","question":"${questions[at % questions.length]}","vote":${at % 3 < 2}`;
  }
  if (activity === undefined) return `"type":"react","page":"${page}","reaction":"${reaction}"`;
  return `"type":"answer","activity":"${activity}","round":1,"value":["${reaction}"]`;
}

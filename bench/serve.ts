import { execFileSync } from "node:child_process";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { Served } from "../tests/served.ts";
import { Folder } from "./folder.ts";
import type { HttpRequest } from "./http-connection.ts";
import { LoadClient } from "./load-client.ts";
import type { LoadResult } from "./load-job.ts";
import { describeMachine } from "./machine.ts";
import { readUsage } from "./workerd.ts";

/*
 * What `npm run serve` holds on this machine, with the load client on the same cores: `npm run bench:serve`. The figures
 * stand in docs/self-hosting.md.
 */

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "1000" },
    seconds: { type: "string", default: "10" },
  },
});
const number = z.coerce.number().int().positive().max(20_000);
const people = number.parse(values.people);
const seconds = number.parse(values.seconds);

/** MiB that a process has in memory. */
const memoryOf = async (pid: number) => (await readUsage(pid)).residentKib / 1024;

/** The workerd that a process has started. */
function findRuntime(pid: number): number {
  const children = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(pid)], { encoding: "utf8" });
  return Number(/^ *(\d+) .*workerd serve/m.exec(children)?.[1]);
}

const folder = await Folder.create();
const served = await Served.start({ data: join(folder.path, "data") });
const client = new LoadClient();
try {
  const runtime = findRuntime(served.pid);
  const memory = async () => ({ door: await memoryOf(served.pid), workerd: await memoryOf(runtime) });
  /** CPU microseconds that each of both burns for one of what a job counts: on a busy machine these waver little. */
  const withCpu = async (run: () => Promise<LoadResult>): Promise<LoadResult> => {
    const before = await Promise.all([readUsage(served.pid), readUsage(runtime)]);
    const result = await run();
    const after = await Promise.all([readUsage(served.pid), readUsage(runtime)]);
    const count = (result.rate ?? Number.NaN) * seconds;
    const [door = Number.NaN, workerd = Number.NaN] = after.map(
      ({ cpuSeconds }, at) => ((cpuSeconds - (before[at]?.cpuSeconds ?? Number.NaN)) * 1e6) / count,
    );
    return { ...result, door, workerd };
  };
  const empty = await memory();
  const token = await served.sign();
  const { sessionUid, hostUid } = await served.host(token, { expectedAudience: people });
  const path = `/api/v1/session/${sessionUid}`;
  const users: { uid: string; token: string }[] = [];
  const joinedAt = Date.now();
  while (users.length < people) {
    const next = Math.min(20, people - users.length);
    users.push(...(await Promise.all(Array.from({ length: next }, () => served.join(sessionUid)))));
  }
  const joins = (people / (Date.now() - joinedAt)) * 1000;

  const { port } = served;
  const paths = users.map(({ uid }) => `/ws/v1/session/${sessionUid}/user/${uid}/pipe`);
  await client.run({ kind: "open", port, paths, protocol: "plain" });
  const open = await memory();
  const reactions = ["👍", "👏"];
  const pipes = await withCpu(() => client.run({ kind: "react", seconds, page: "1", reactions }));
  const state = (marker: string): HttpRequest => ({
    method: "POST",
    path: `${path}/state`,
    headers: { "x-session-token": token, "x-session-uid": hostUid },
    body: JSON.stringify({ page: "1.2", state: marker }),
  });
  const turns: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const marker = `slide-${turn}-of-this-run`;
    turns.push((await client.broadcast(port, state(marker), marker)).last ?? Number.NaN);
  }
  const after = await memory();
  const requests = users.map(({ uid, token }) => ({
    method: "POST",
    path: `${path}/user/${uid}/react`,
    headers: { "x-session-token": token, "x-session-uid": uid },
    body: JSON.stringify({ page: "2", reaction: "👍" }),
  }));
  const http = await withCpu(() => client.http(port, requests, 32, seconds));

  const machine = describeMachine();
  const figure = (value: number | undefined) => Math.round(value ?? Number.NaN).toLocaleString("en");
  const load = loadavg()[0]?.toFixed(0);
  console.log(`${machine.date}: ${machine.cores} cores (${machine.cpu}), ${machine.memoryGib} GiB, ${machine.system}; load ${load} at the end

| ${people.toLocaleString("en")} people, one session | |
| --- | ---: |
| joins a second, looked up and logged in | ${figure(joins)} |
| reactions kept and acknowledged over pipes, a second | ${figure(pipes.rate)} |
| … p99 of one, everybody tapping again at once | ${figure(pipes.p99)} ms |
| … CPU of each: door, workerd | ${figure(pipes.door)}, ${figure(pipes.workerd)} µs |
| … over HTTP, 32 connections | ${figure(http.rate)} |
| … CPU of each: door, workerd | ${figure(http.door)}, ${figure(http.workerd)} µs |
| a slide change until everybody has it, middle of five | ${figure(turns.sort((a, b) => a - b)[2])} ms |
| memory, nobody there: door, workerd | ${figure(empty.door)}, ${figure(empty.workerd)} MiB |
| … everybody there | ${figure(open.door)}, ${figure(open.workerd)} MiB |
| … after the reactions | ${figure(after.door)}, ${figure(after.workerd)} MiB |`);
  if (pipes.lost || pipes.errors) console.log(`\nlost: ${pipes.lost}, refused: ${pipes.errors}`);
} finally {
  await client.close();
  await served.close();
  await folder.close();
}

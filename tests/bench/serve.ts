import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { Served } from "../served.ts";
import { Folder } from "./folder.ts";
import type { HttpRequest } from "./http-connection.ts";
import { LoadClient } from "./load-client.ts";
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
  const empty = await memory();
  const token = await served.sign();
  const { sessionUid } = await served.host(token, { expectedAudience: people });
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
  const { rate, p99, lost, errors } = await client.run({
    ...{ kind: "react", seconds, page: "1", reactions: ["👍", "👏"] },
  });
  const state = (marker: string): HttpRequest => ({
    ...{ method: "POST", path: `${path}/state` },
    headers: { "x-session-token": token },
    body: JSON.stringify({ page: "1.2", state: marker }),
  });
  const turns: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const marker = `slide-${turn}-of-this-run`;
    turns.push((await client.broadcast(port, state(marker), marker)).last ?? Number.NaN);
  }
  const after = await memory();
  const requests = users.map(({ uid, token }) => ({
    ...{ method: "POST", path: `${path}/user/${uid}/react` },
    headers: { "x-session-token": token, "x-session-uid": uid },
    body: JSON.stringify({ page: "2", reaction: "👍" }),
  }));
  const http = await client.http(port, requests, 32, seconds);

  const machine = describeMachine();
  const figure = (value: number | undefined) => Math.round(value ?? Number.NaN).toLocaleString("en");
  console.log(`${machine.date}: ${machine.cores} cores (${machine.cpu}), ${machine.memoryGib} GiB, ${machine.system}

| ${people.toLocaleString("en")} people, one session | |
| --- | ---: |
| joins a second, looked up and logged in | ${figure(joins)} |
| reactions kept and acknowledged over pipes, a second | ${figure(rate)} |
| … p99 of one, everybody tapping again at once | ${figure(p99)} ms |
| … over HTTP, 32 connections | ${figure(http.rate)} |
| a slide change until everybody has it, middle of five | ${figure(turns.sort((a, b) => a - b)[2])} ms |
| memory, nobody there: door, workerd | ${figure(empty.door)}, ${figure(empty.workerd)} MiB |
| … everybody there | ${figure(open.door)}, ${figure(open.workerd)} MiB |
| … after the reactions | ${figure(after.door)}, ${figure(after.workerd)} MiB |`);
  if (lost || errors) console.log(`\nlost: ${lost}, refused: ${errors}`);
} finally {
  await client.close();
  await served.close();
  await folder.close();
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareDevSecrets, signDevToken } from "../scripts/dev-secrets.ts";
import { writeStoreConfigs } from "../scripts/store-configs.ts";
import { readReady, wranglerBin, wranglerEnvironment } from "../scripts/wrangler.ts";
import { ExportRow } from "../shared/results.ts";
import { LoginAnswer, NewSessionAnswer, SessionAnswer, SessionTotals } from "../shared/session.ts";
import { read } from "./deployment.ts";

let storage: string;
let configs: string[];

beforeAll(async () => {
  await prepareDevSecrets();
  configs = await writeStoreConfigs();
  storage = await mkdtemp(join(tmpdir(), "revint-crash-"));
});
afterAll(() => rm(storage, { recursive: true, force: true }));

/** How long a start may take: many times what it does. */
const START_MS = 90_000;

/**
 * All five Workers in a process group of their own, on storage that outlives them.
 * At a new port each time, which is taken and used in one step: no other socket of this machine gets it in between.
 */
async function startProcess() {
  const all = ["wrangler.api.toml", ...configs].flatMap((config) => ["-c", config]);
  const args = ["dev", ...all, "--ip", "127.0.0.1", "--port", "0", "--persist-to", storage];
  const child = spawn(
    process.execPath,
    ["--no-warnings", wranglerBin, ...args, "--inspector-port", "0", "--show-interactive-dev-session=false"],
    { detached: true, stdio: ["ignore", "pipe", "pipe", "ipc"], env: wranglerEnvironment() },
  );
  const exit = once(child, "exit");
  /** As a power cut would: wrangler, workerd and all, at once. */
  const kill = async () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    await exit;
  };
  let said = "";
  for (const output of [child.stdout, child.stderr]) output?.on("data", (chunk) => (said += chunk));
  const ready = new Promise<{ ip: string; port: number }>((resolve, reject) => {
    child.on("message", (message) => {
      const address = readReady(message);
      if (address) resolve(address);
    });
    child.once("close", () => reject(new Error(`wrangler ended, or had to, before it was ready:\n${said}`)));
  });
  const tooLong = setTimeout(kill, START_MS);
  try {
    const { ip, port } = await ready;
    return { url: `http://${ip}:${port}`, kill };
  } finally {
    clearTimeout(tooLong);
  }
}

test("kill -9 in the middle of a burst: what was acknowledged is kept, once, and the totals agree", async () => {
  let running = startProcess();
  /** Asks the Workers, wherever they are now, or will be when they are back. */
  const ask = async (path: string, options?: RequestInit) => fetch((await running).url + path, options);
  /** Asks again until there is an answer that is final: it worked, or it never will. */
  const persist = async (path: string, options?: RequestInit): Promise<Response> => {
    for (;;) {
      const { url } = await running;
      const response = await fetch(url + path, options).catch(() => undefined);
      if (response && ![429, 500, 502, 503].includes(response.status)) return response;
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
    }
  };
  try {
    const token = (await signDevToken({ name: `crash ${Date.now()}`, date: "2026-11-20" })) ?? "";
    const { url } = await running;
    const created = await persist("/api/v1/session/new", {
      method: "POST",
      headers: { "content-type": "application/json", "x-session-token": token },
      body: JSON.stringify({ apiUrl: url, webUiUrl: url }),
    });
    const { sessionUid, hostUid } = await read(NewSessionAnswer, created);
    const session = `/api/v1/session/${sessionUid}`;
    const info = await read(SessionAnswer, await ask(session));
    const people = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const login = { method: "POST", headers: { "x-session-token": info.token } };
        return read(LoginAnswer, await ask(`${session}/login`, login));
      }),
    );

    const acked: string[] = [];
    const react = async ({ uid }: LoginAnswer, i: number) => {
      for (let n = 0; n < 15; n++) {
        const id = `${i}-${n}`;
        const headers = { "x-session-token": info.token, "x-session-uid": uid, "idempotency-key": id };
        const answer = await persist(`${session}/user/${uid}/react/1/x`, { method: "POST", headers });
        expect(answer.status).toBe(200);
        acked.push(id);
      }
    };
    const burst = Promise.all(people.map(react));
    // What fails in it is awaited below.
    burst.catch(() => {});
    for (const after of [100, 350]) {
      await expect.poll(() => acked.length, { interval: 5, timeout: 60_000 }).toBeGreaterThan(after);
      const before = acked.length;
      await (await running).kill();
      running = startProcess();
      await running;
      expect(before).toBeLessThan(600);
    }
    await burst;
    expect(acked).toHaveLength(600);

    const asHost = { headers: { "x-session-token": token, "x-session-uid": hostUid } };
    const totals = await read(SessionTotals, await persist(`${session}/reactions`, asHost));
    expect(totals).toEqual({ pages: { "1": { x: 600 } }, total: 600, participants: 40 });
    const text = await (await ask(`${session}/reactions/export`, asHost)).text();
    const rows = text
      .trimEnd()
      .split("\n")
      .map((line) => ExportRow.parse(JSON.parse(line)));
    expect(rows).toHaveLength(600);
    const perPerson = Map.groupBy(rows, ({ participant }) => participant);
    expect([...perPerson.values()].map((some) => some.length)).toEqual(people.map(() => 15));
  } finally {
    await running.then((workers) => workers.kill()).catch(() => {});
  }
}, 300_000);

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareDevSecrets, signDevToken } from "../scripts/dev-secrets.ts";
import { writeStoreConfigs } from "../scripts/store-configs.ts";
import { wranglerBin, wranglerEnvironment } from "../scripts/wrangler.ts";
import { ExportRow } from "../shared/results.ts";
import { LoginAnswer, NewSessionAnswer, SessionAnswer, SessionTotals } from "../shared/session.ts";
import { read } from "./deployment.ts";

let storage: string;
let configs: string[];
let port: number;
let url: string;

beforeAll(async () => {
  await prepareDevSecrets();
  configs = await writeStoreConfigs();
  storage = await mkdtemp(join(tmpdir(), "revint-crash-"));
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  port = typeof address === "object" && address ? address.port : 0;
  probe.close();
  url = `http://127.0.0.1:${port}`;
});
afterAll(() => rm(storage, { recursive: true, force: true }));

/** All five Workers in a process group of their own, on storage that outlives them. */
async function startProcess() {
  const all = ["wrangler.api.toml", ...configs].flatMap((config) => ["-c", config]);
  const args = ["dev", ...all, "--ip", "127.0.0.1", "--port", `${port}`, "--persist-to", storage];
  const child = spawn(
    process.execPath,
    ["--no-warnings", wranglerBin, ...args, "--inspector-port", "0", "--show-interactive-dev-session=false"],
    { detached: true, stdio: ["ignore", "ignore", "ignore", "ipc"], env: wranglerEnvironment() },
  );
  await new Promise<void>((resolve, reject) => {
    child.on("message", (message) => String(message).includes("DEV_SERVER_READY") && resolve());
    child.once("exit", () => reject(new Error("wrangler ended before it was ready")));
  });
  return {
    /** As a power cut would: wrangler, workerd and all, at once. */
    kill: async () => {
      const exit = once(child, "exit");
      process.kill(-(child.pid ?? 0), "SIGKILL");
      await exit;
    },
  };
}

/** Asks again until there is an answer of this kind: 200, or any that is final. */
async function persist(request: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const response = await request().catch(() => undefined);
    if (response && ![429, 500, 502, 503].includes(response.status)) return response;
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
  }
}

test("kill -9 in the middle of a burst: what was acknowledged is kept, once, and the totals agree", async () => {
  let workers = await startProcess();
  try {
    const token = (await signDevToken({ name: `crash ${Date.now()}`, date: "2026-11-20" })) ?? "";
    const json = { "content-type": "application/json" };
    const created = await persist(() =>
      fetch(`${url}/api/v1/session/new`, {
        method: "POST",
        headers: { ...json, "x-session-token": token },
        body: JSON.stringify({ apiUrl: url, webUiUrl: url }),
      }),
    );
    const { sessionUid, hostUid } = await read(NewSessionAnswer, created);
    const session = `${url}/api/v1/session/${sessionUid}`;
    const info = await read(SessionAnswer, await fetch(session));
    const people = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const login = { method: "POST", headers: { "x-session-token": info.token } };
        return read(LoginAnswer, await fetch(`${session}/login`, login));
      }),
    );

    const acked: string[] = [];
    const burst = people.map(async ({ uid }, i) => {
      for (let n = 0; n < 15; n++) {
        const id = `${i}-${n}`;
        const headers = { "x-session-token": info.token, "x-session-uid": uid, "idempotency-key": id };
        const react = () => fetch(`${session}/user/${uid}/react/1/x`, { method: "POST", headers });
        expect((await persist(react)).status).toBe(200);
        acked.push(id);
      }
    });
    for (const after of [100, 350]) {
      await expect.poll(() => acked.length, { interval: 5, timeout: 30_000 }).toBeGreaterThan(after);
      const before = acked.length;
      await workers.kill();
      expect(before).toBeLessThan(600);
      workers = await startProcess();
    }
    await Promise.all(burst);
    expect(acked).toHaveLength(600);

    const asHost = { headers: { "x-session-token": token, "x-session-uid": hostUid } };
    const totals = await read(SessionTotals, await persist(() => fetch(`${session}/reactions`, asHost)));
    expect(totals).toEqual({ pages: { "1": { x: 600 } }, total: 600, participants: 40 });
    const text = await (await fetch(`${session}/reactions/export`, asHost)).text();
    const rows = text
      .trimEnd()
      .split("\n")
      .map((line) => ExportRow.parse(JSON.parse(line)));
    expect(rows).toHaveLength(600);
    const perPerson = Map.groupBy(rows, ({ participant }) => participant);
    expect([...perPerson.values()].map((some) => some.length)).toEqual(people.map(() => 15));
  } finally {
    await workers.kill().catch(() => {});
  }
}, 120_000);

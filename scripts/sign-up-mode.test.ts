import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { readSignUpMode } from "./sign-up-mode.ts";

const script = resolve("scripts/host.ts");
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A deployment, as far as anybody asks. @returns its address */
async function answering(answer: (path: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer(({ url = "" }, response) => answer(url, response)).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`;
}

/** `npm run host`, in a folder where nothing is. */
async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const cwd = await mkdtemp(join(tmpdir(), "revint-host-"));
  const ran = await new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    const child = execFile(process.execPath, [script, ...args], { cwd }, (_error, stdout, stderr) =>
      done({ code: child.exitCode ?? 1, stdout, stderr }),
    );
  });
  await rm(cwd, { recursive: true });
  return ran;
}

test("a deployment says itself who may make an account there", async () => {
  for (const signUp of ["open", "invited", "closed"] as const) {
    const url = await answering((path, response) =>
      response.end(JSON.stringify(path === "/api/v1/host/sign-up" ? { signUp } : {})),
    );
    expect(await readSignUpMode(url)).toBe(signUp);
  }
});

test("one that says nothing, something else, or leads elsewhere has not said it", async () => {
  const broken = await answering((_, response) => response.writeHead(503).end("{}"));
  const other = await answering((_, response) => response.end("<!doctype html>"));
  const elsewhere = await answering((_, response) => response.writeHead(302, { location: other }).end());
  for (const url of [broken, other, elsewhere]) expect(await readSignUpMode(url)).toBeUndefined();
  const gone = await answering(() => {});
  servers.pop()?.close();
  expect(await readSignUpMode(gone)).toBeUndefined();
});

test("nobody is invited where new accounts are closed: it is said, with what to do, and no link is made", async () => {
  const url = await answering((_, response) => response.end('{"signUp":"closed"}'));
  const { code, stdout, stderr } = await run("invite", "bea@example.org", "--url", url);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("Nothing was done: new accounts are closed");
  expect(stderr).toMatch(/SIGN_UP.*wrangler\.api\.toml.*npm run deploy/s);
});

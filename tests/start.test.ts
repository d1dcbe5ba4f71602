import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MINIFIED } from "../scripts/minify-again.ts";
import { readVariables } from "../scripts/secrets.ts";
import { readWorker } from "../scripts/workers.ts";
import { AccountAnswer, LinkAnswer } from "../shared/protocol/host/account.schema.ts";
import { RecapStatus } from "../shared/protocol/recap.schema.ts";
import { NewSessionAnswer } from "../shared/protocol/session.schema.ts";
import { read, readProblem } from "./deployment.ts";
import { answer, ModelServer } from "./model-server.ts";

/** What a checkout has that was not checked out. */
const MADE = [
  "node_modules",
  ".git",
  ".wrangler",
  ".keys",
  ".dev.vars",
  ".deploy.vars",
  ".artifacts",
  "dist",
];

/** A checkout of its own, without keys and secrets: what is made there is nobody's. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "revint-start-"));
  const isSource = (path: string) => !MADE.includes(basename(path));
  await cp(".", folder, { recursive: true, filter: isSource });
  await symlink(resolve("node_modules"), join(folder, "node_modules"), "junction");
  // Named after what it was made of: to minify it all once more takes a minute, and would show nothing.
  if (existsSync(MINIFIED)) await cp(MINIFIED, join(folder, MINIFIED), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** One of the scripts, to its end. */
async function run(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [`scripts/${script}`, ...args], {
    cwd: folder,
  });
  return stdout.trim();
}

/** A port that is free right now, and 80 where we may have it: it is the only one that addresses don't name. */
async function findPort(preferred: number): Promise<number> {
  const server = createServer();
  try {
    server.listen(preferred, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  } catch {
    return findPort(0);
  } finally {
    server.close();
  }
}

/** `npm start`, and what it has said so far. */
class Start {
  readonly port: number;
  readonly exit: Promise<unknown[]>;
  readonly #child: ChildProcess;
  said = "";

  constructor(port: number, vars: Readonly<Record<string, string>> = {}) {
    this.port = port;
    const { HOST: _, ...env } = process.env;
    this.#child = spawn(process.execPath, ["scripts/dev.ts"], {
      cwd: folder,
      env: { ...env, ...vars, PORT: `${port}` },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.exit = once(this.#child, "close");
    for (const output of [this.#child.stdout, this.#child.stderr]) {
      output?.on("data", (chunk) => {
        this.said += chunk;
      });
    }
  }

  /** Resolves to whether it has said so, before it ended. */
  async says(text: string): Promise<boolean> {
    await new Promise<void>((done) => {
      const look = () => this.said.includes(text) && done();
      for (const output of [this.#child.stdout, this.#child.stderr]) output?.on("data", look);
      void this.exit.then(() => done());
      look();
    });
    return this.said.includes(text);
  }

  /** The exit code. */
  async stop(signal: "SIGTERM" | "SIGINT" = "SIGTERM"): Promise<unknown> {
    this.#child.kill(signal);
    const [code] = await this.exit;
    return code;
  }
}

/**
 * At a port that nobody takes away in between.
 * @param isThere resolves to whether it has come as far as the test wants, or to `false` when it has ended before
 */
async function start(
  isThere: (started: Start) => Promise<boolean>,
  vars?: Readonly<Record<string, string>>,
): Promise<Start> {
  for (let preferred = 80; ; preferred = 0) {
    const started = new Start(await findPort(preferred), vars);
    if (await isThere(started)) return started;
    if (!/is taken/.test(started.said)) throw new Error(`npm start ended:\n${started.said}`);
  }
}

describe("npm start", () => {
  let model: ModelServer;
  let server: Start;
  let url: string;
  const begin = async () => {
    const vars = { LLM_URL: model.url, LLM_MODEL: "test" };
    server = await start((started) => started.says("Ctrl-C ends it"), vars);
    url = new URL(`http://127.0.0.1:${server.port}`).origin;
  };
  beforeAll(async () => {
    model = await ModelServer.start();
    await begin();
  });
  afterAll(async () => {
    await server?.stop();
    await model?.close();
  });

  const host = (token: string) =>
    fetch(`${url}/api/v1/session/new`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-session-token": token },
      body: JSON.stringify({ apiUrl: url, webUiUrl: `${url}/join` }),
    });

  test("is reached where it says, at port 80 too, and draws no code that no phone can open", async () => {
    expect(server.said).toContain(`revint runs at ${url}\n`);
    expect((await fetch(`${url}/demo`)).status).toBe(200);
    expect(server.said).not.toContain("█");
    expect(server.said).toContain("HOST=0.0.0.0 npm start");
  });

  const getLink = (text: string) => /\/host#link=([\w-]{43})$/m.exec(text)?.[1] ?? "";
  const ask = (path: string, body: Record<string, string>) =>
    fetch(`${url}/api/v1/host/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  test("has made the tables, and lets whoever started it into an account, once", async () => {
    expect(server.said).toContain(new URL(`http://localhost:${server.port}/host#link=`).href);
    const link = getLink(server.said);
    const { account } = await read(AccountAnswer, await ask("recover", { link, password: "correct horse" }));
    expect(account).toMatchObject({ role: "admin", hasPassword: true });
    expect((await readProblem(await ask("links", { link }))).code).toBe("link_not_valid");
  });

  test("has the accounts that npm run host makes meanwhile", async () => {
    const link = getLink(await run("host.ts", "invite", "o'brien@example.org"));
    const answer = await read(LinkAnswer, await ask("links", { link }));
    expect(answer).toMatchObject({ kind: "invitation", email: "o'brien@example.org" });
    expect(await run("host.ts", "remove", "o'brien@example.org")).toContain("the invitation is taken back");
    expect((await readProblem(await ask("links", { link }))).code).toBe("link_not_valid");
  });

  test("gives each Worker its own secrets: what signs the tokens of talks is not the api's", async () => {
    const [own, stores] = await Promise.all(
      [".dev.vars", ".wrangler/dev/.dev.vars"].map((file) => readVariables(join(folder, file))),
    );
    expect(Object.keys(stores ?? {})).toEqual(readWorker("host-store").secrets);
    expect(own).toMatchObject(stores ?? {});
    expect(readWorker("api").secrets).not.toContain("ISSUER_KEY");
  });

  test("accepts what npm run token signs, also after npm run keys has made another key", async () => {
    const before = await run("token.ts", "My talk");
    await read(NewSessionAnswer, await host(before));

    await run("keys.ts", "--out", "elsewhere");
    const foreign = await run("token.ts", "My talk", "--key", "elsewhere/private.pem");
    expect((await readProblem(await host(foreign))).detail).toContain("PUBLIC_KEY");

    await run("keys.ts");
    const after = await run("token.ts", "My talk");
    expect(after).not.toBe(before);
    await expect.poll(async () => (await host(after)).ok, { timeout: 60_000 }).toBe(true);
    expect((await host(before)).ok).toBe(true);
  });

  test("goes on with a recap that waited for its model when it was ended, though nobody asks", async () => {
    const name = `A talk with a recap ${crypto.randomUUID()}`;
    const token = await run("token.ts", name);
    const { sessionUid, hostUid } = await read(NewSessionAnswer, await host(token));
    const headers = {
      "content-type": "application/json",
      "x-session-token": token,
      "x-session-uid": hostUid,
    };
    const send = (method: string, path: string, body?: object) =>
      fetch(`${url}/api/v1/session/${sessionUid}/${path}`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      });
    const getStatus = async () => (await read(RecapStatus, await send("GET", "recap"))).status;
    expect((await send("POST", "state", { page: "1.0", state: "s" })).status).toBe(200);
    expect((await send("POST", "end")).status).toBe(200);
    await model.scriptFor(name, answer(503));
    await read(RecapStatus, await send("POST", "recap"));
    await model.until(() => model.asked(name)[0]?.state === "whole");
    await expect.poll(getStatus).toBe("queued");
    expect(await server.stop("SIGINT")).toBe(0);
    expect(model.asked(name)).toHaveLength(1);
    await begin();
    await model.until(() => model.asked(name)[1]?.state === "whole");
    await expect.poll(getStatus).toBe("done");
  });
});

test("npm start that is ended before it was ready just ends", async () => {
  const built = join(folder, "dist");
  await rm(built, { recursive: true, force: true });
  // wrangler has just begun: it builds our pages first.
  const hasBegun = async (started: Start) => {
    let hasEnded = false;
    void started.exit.then(() => {
      hasEnded = true;
    });
    await expect.poll(() => hasEnded || existsSync(built), { interval: 10, timeout: 60_000 }).toBe(true);
    return !hasEnded;
  };
  const early = await start(hasBegun);
  expect(await early.stop()).toBe(0);
  expect(early.said).not.toMatch(/warning|error/i);
});

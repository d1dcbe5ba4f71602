import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import { checkAddress, checkPort, getAddress, lanUrl, localUrl } from "./address.ts";
import { isOnlyHere } from "./links.ts";
import { welcome } from "./welcome.ts";
import { readReady } from "./wrangler.ts";

/** An account without rights, on every Unix; only root may become it. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const firstFreePort = Number(
  await readFile("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8").catch(() => "0"),
);

const folder = await mkdtemp(join(tmpdir(), "revint-start-"));
afterAll(() => rm(folder, { recursive: true }));

/** `npm start` at a port that is not to be had: it ends by itself. */
async function start(PORT: string, HOST?: string) {
  const { HOST: _, ...env } = process.env;
  const child = spawn(process.execPath, [resolve("scripts/dev.ts")], {
    cwd: folder,
    env: { ...env, PORT, ...(HOST !== undefined && { HOST }) },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  return { stderr: stderr.trim(), code };
}

describe("a port that can't be had ends npm start with the reason", () => {
  test("when somebody else listens there", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { stderr, code } = await start(`${port}`);
    other.close();
    expect(stderr).toMatch(new RegExp(`^Port ${port} is taken: .* PORT=\\d+ npm start$`));
    expect(code).toBe(1);
  });

  test("when it is not for everybody", { skip: !(firstFreePort > 80) }, async () => {
    if (isRoot) process.seteuid?.(NOBODY);
    try {
      const check = checkAddress({ host: "127.0.0.1", port: 80 });
      await expect(check).rejects.toThrow("Port 80 needs more rights than you have. Choose a higher one");
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  test.each(["0", "65536", "http", "80.5"])("when %s is none", async (port) => {
    const { stderr, code } = await start(port);
    expect(stderr).toBe(
      `PORT takes a number from 1 to 65535, not "${port}". For example: PORT=8788 npm start`,
    );
    expect(code).toBe(1);
  });

  test("when browsers open no page there", async () => {
    await expect(checkPort({ host: "127.0.0.1", port: 6000 })).rejects.toThrow("Browsers open no page");
    await expect(checkPort({ host: "127.0.0.1", port: 80 })).resolves.toBeUndefined();
  });

  test("when the address is not of this computer", async () => {
    await expect(checkAddress({ host: "192.0.2.1", port: 8787 })).rejects.toThrow("HOST=192.0.2.1");
  });
});

test("port 80 is one like any other: wrangler, which says none there, is understood", () => {
  const ready = (port: number | null) => JSON.stringify({ event: "DEV_SERVER_READY", ip: "127.0.0.1", port });
  expect(readReady(ready(null))).toMatchObject({ port: 80 });
  expect(readReady(ready(8787))).toMatchObject({ port: 8787 });
  expect(localUrl(getAddress({ PORT: "80" }))).toBe("http://127.0.0.1");
});

describe("what npm start says of phones", () => {
  const payload = { name: "demo", date: "2026-11-26" };
  const say = (host: string, joinUrl: string) =>
    welcome({ host, port: 8787 }, ".wrangler/state", { payload, token: "a.b", joinUrl });

  test("no code that none can open, but how to let them in", () => {
    const text = say("127.0.0.1", "http://127.0.0.1:8787/join?session=x");
    expect(text).not.toContain("█");
    expect(text).not.toContain("phone: http");
    expect(text).toContain("HOST=0.0.0.0 npm start");
  });

  test("the code, where they can open it", () => {
    const text = say("192.168.1.5", "http://192.168.1.5:8787/join?session=x");
    expect(text).toContain("█");
    expect(text).toContain("Join from a phone: http://192.168.1.5:8787/join?session=x");
    expect(lanUrl({ host: "192.168.1.5", port: 8787 })).toBeUndefined();
  });

  test.each(["http://localhost:1", "http://127.0.0.1", "http://127.1.2.3:80", "http://[::1]:8787"])(
    "%s is this computer alone",
    (url) => {
      expect(isOnlyHere(url)).toBe(true);
      expect(isOnlyHere(url.replace(/\/\/[^/]*?(?=(:\d+)?$)/, "//revint.example.org"))).toBe(false);
    },
  );
});

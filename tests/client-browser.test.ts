import { once } from "node:events";
import { createServer, type Server } from "node:http";
import chromium from "@sparticuz/chromium";
import { build } from "esbuild";
import { type Browser, type BrowserContext, type Page, chromium as playwright } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { hostSession, joinSession, UserSession } from "../web/client/index.ts";
import { type Deployment, shareDeployment } from "./deployment.ts";
import { FlakyNetwork } from "./flaky-network.ts";

/*
 * The client in a real browser, from another origin than the API's, over plain http. The page has
 * one session; what happens to it is what the tests look at.
 */

declare global {
  var revint: { joinSession: typeof joinSession; hostSession: typeof hostSession };
  var user: UserSession;
  var kept: string[];
}

let service: Deployment;
let browser: Browser;
let site: Server;
let siteUrl: string;
let network: FlakyNetwork;
let context: BrowserContext;
let page: Page;
let sessionUid: string;
let setState: (page: string, state: string) => Promise<Response>;
let faults: string[];

beforeAll(async () => {
  const [bundle] = (
    await build({
      entryPoints: ["web/client/index.ts"],
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      write: false,
    })
  ).outputFiles;
  site = createServer(({ url }, response) => {
    const isScript = url === "/client.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript
        ? bundle?.text
        : `<!doctype html><script type="module">import * as revint from "./client.js"; globalThis.revint = revint;</script>`,
    );
  }).listen(0, "127.0.0.1");
  await once(site, "listening");
  const address = site.address();
  siteUrl = typeof address === "object" ? `http://127.0.0.1:${address?.port}/` : "";
  [service, browser] = await Promise.all([shareDeployment(), launch()]);
});

beforeEach(async () => {
  network = await FlakyNetwork.before(service.url);
  context = await browser.newContext();
  page = await context.newPage();
  faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    // The browser itself tells of every request that fails; nobody can keep it from that.
    if (!/^(Failed to load resource|WebSocket connection to)/.test(message.text()))
      faults.push(message.text());
  });
  const token = await service.sign();
  const host = await service.host(token);
  sessionUid = host.sessionUid;
  setState = (page, state) =>
    service.request("POST", `/api/v1/session/${sessionUid}/state`, {
      token,
      uid: host.hostUid,
      json: { page, state },
    });
  await page.goto(siteUrl);
});

afterEach(async () => {
  await context.close();
  await network.close();
  expect(faults).toEqual([]);
});

afterAll(async () => {
  await browser.close();
  site.close();
});

async function launch(): Promise<Browser> {
  // Not the arguments that the package proposes: they turn off what keeps origins apart, and with it CORS.
  return playwright.launch({ args: ["--no-sandbox"], executablePath: await chromium.executablePath() });
}

/** The page joins; also after a reload. */
async function join(): Promise<void> {
  await page.waitForFunction(() => globalThis.revint !== undefined);
  await page.evaluate(
    ([uid, apiUrl]) => {
      globalThis.kept = [];
      globalThis.user = globalThis.revint.joinSession(uid, { apiUrl });
      globalThis.user.on("kept", ({ id }) => globalThis.kept.push(id));
      return globalThis.user.ready;
    },
    [sessionUid, network.url] as const,
  );
}

const react = (times: number): Promise<string[]> =>
  page.evaluate((count) => Array.from({ length: count }, () => globalThis.user.react("👍").id), times);

const keptAll = (count: number) => page.waitForFunction((all) => globalThis.kept.length === all, count);

const reached = (how: string) =>
  page.waitForFunction((connection) => globalThis.user.connection === connection, how);

const total = (count: number) => page.waitForFunction((all) => globalThis.user.totals.total === all, count);

test("joins, follows, reacts and hears the totals", async () => {
  await setState("3", "x");
  await join();
  expect(await page.evaluate(() => globalThis.user.state)).toEqual({ page: "3", state: "x", version: 1 });
  expect(await page.evaluate(() => globalThis.user.connection)).toBe("live");
  await react(3);
  await keptAll(3);
  await total(3);
  await setState("4", "");
  await page.waitForFunction(() => globalThis.user.state?.page === "4");
  expect(await context.cookies()).toEqual([]);
});

test("a network that is cut and restored loses nothing and counts nothing twice", async () => {
  await join();
  const sent = await react(2);
  await keptAll(2);
  network.loseAnswers();
  sent.push(...(await react(2)));
  network.cut();
  await context.setOffline(true);
  await reached("connecting");
  sent.push(...(await react(4)));
  await setState("7", "meanwhile");
  network.restore();
  await context.setOffline(false);
  await keptAll(8);
  await page.waitForFunction(() => globalThis.user.state?.page === "7");
  await total(8);
  expect((await page.evaluate(() => globalThis.kept)).toSorted()).toEqual(sent.toSorted());
});

test("a network without sockets is got around", async () => {
  network.refuseSockets();
  await join();
  expect(await page.evaluate(() => globalThis.user.connection)).toBe("fallback");
  await react(2);
  await keptAll(2);
  await setState("5", "");
  await page.waitForFunction(() => globalThis.user.state?.page === "5");
  await total(2);
  network.restore();
  // The phone comes out of the pocket: no need to wait for the next try.
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await reached("live");
});

test("a phone that was frozen over a dead socket is live again once it is shown, and its taps count once", async () => {
  await join();
  await react(1);
  await keptAll(1);
  const pipes = () => network.requests.filter((line) => line.startsWith("GET /ws/")).length;
  const before = pipes();
  // The network forgets the connection, and nobody tells the socket.
  network.swallow();
  const sent = await react(3);
  await setState("8", "meanwhile");
  // What a browser tells a page that it wakes; this one has nothing to freeze a page with.
  await page.evaluate(() => {
    document.dispatchEvent(new Event("resume"));
    document.dispatchEvent(new Event("visibilitychange"));
    window.dispatchEvent(new Event("pageshow"));
  });
  // By itself it would take a ping's half a minute and more.
  await page.waitForFunction(() => globalThis.user.state?.page === "8", undefined, { timeout: 15_000 });
  await keptAll(4);
  await total(4);
  expect((await page.evaluate(() => globalThis.kept)).slice(1).toSorted()).toEqual(sent.toSorted());
  expect(await page.evaluate(() => globalThis.user.connection)).toBe("live");
  expect(pipes()).toBe(before + 1);
});

test("a phone that is looked at again keeps a socket that is alive", async () => {
  await join();
  const before = network.requests.length;
  await page.evaluate(async () => {
    for (let look = 0; look < 3; look++) document.dispatchEvent(new Event("visibilitychange"));
    // Longer than a dead one would be given.
    await new Promise((resolve) => setTimeout(resolve, 2500));
  });
  await setState("8", "");
  await page.waitForFunction(() => globalThis.user.state?.page === "8");
  expect(await page.evaluate(() => globalThis.user.connection)).toBe("live");
  expect(network.requests).toHaveLength(before);
});

test("a network without sockets that holds events back is got around by asking", async () => {
  network.refuseSockets();
  network.bufferEvents();
  await join();
  expect(await page.evaluate(() => globalThis.user.connection)).toBe("fallback");
  await setState("5", "");
  await page.waitForFunction(() => globalThis.user.state?.page === "5");
  await react(2);
  await keptAll(2);
  // Looked at, it asks for the counts too.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await total(2);
});

test("a reload stays the same participant and sends what was not confirmed", async () => {
  await join();
  network.cut();
  await reached("connecting");
  const sent = await react(3);
  // The page itself comes another way; back on the network before it is gone, the old one would send all this.
  await page.reload();
  network.restore();
  await join();
  await keptAll(3);
  expect((await page.evaluate(() => globalThis.kept)).toSorted()).toEqual(sent.toSorted());
  await total(3);
  const uids = network.requests.flatMap((line) => /\/user\/([^/]+)\/pipe/.exec(line)?.[1] ?? []);
  expect(uids.length).toBeGreaterThan(1);
  expect(new Set(uids).size).toBe(1);
  expect(await page.evaluate(() => localStorage.length)).toBe(1);
});

test("a page that may not store anything works all the same", async () => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await page.reload();
  await join();
  await react(1);
  await keptAll(1);
});

test("a host's page opens a session and steers it", async () => {
  const token = await service.sign();
  const versions = await page.evaluate(
    async ([hostToken, apiUrl]) => {
      const deck = globalThis.revint.hostSession(hostToken, { apiUrl, webUiUrl: `${apiUrl}/join` });
      await deck.ready;
      const all = await Promise.all([1, 2, 3].map((page) => deck.setState(`${page}`, "")));
      deck.close();
      return all;
    },
    [token, network.url] as const,
  );
  expect(versions).toEqual([1, 2, 2]);
  expect(network.requests.join("\n")).not.toContain(token);
});

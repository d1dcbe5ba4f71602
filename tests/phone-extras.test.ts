import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import {
  findBarriers,
  LAN,
  PHONE,
  PHONE_ON_ITS_SIDE,
  photograph,
  type Scene,
  SMALL_PHONE,
  setScene,
  Visit,
} from "./browser.ts";
import { TalkHost } from "./talk-host.ts";

/* What a phone does besides: it waits for the talk, keeps its screen on, hands the link on, and can be installed. */

let scene: Scene;
setScene((next) => {
  scene = next;
});

const told = (page: Page) => page.locator(".told:not(:empty)").textContent();
const isWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

describe("before the talk begins", () => {
  const startsAt = Date.UTC(2031, 4, 7, 18, 30);

  test("a phone shows its name and its start, has it for a calendar, and goes on by itself", async () => {
    const { revint, visit } = scene;
    const host = await TalkHost.signUp(revint);
    const name = "On rooms, halls; and what they echo";
    const { token } = await host.create({ name, startsAt });
    const { sessionUid, hostUid: uid, joinUrl } = await revint.host(token);
    const path = `/join?session=${sessionUid}`;
    const page = await visit.open(path, { ...SMALL_PHONE, timezoneId: "America/New_York" });
    await page.getByText("Planned for").waitFor();
    expect(await page.locator("h1").textContent()).toBe("Not started yet");
    const main = await page.locator("main").textContent();
    expect(main).toContain(name);
    // On the clock of whoever looks.
    expect(main).toMatch(/Wednesday,? 7 May 2031.* 14:30/);
    expect(main).toMatch(/In [\d,]+ days\./);
    expect(main).toContain("need do nothing");
    expect(await page.locator("time").getAttribute("datetime")).toBe("2031-05-07T18:30:00.000Z");
    expect([await findBarriers(page), await isWide(page)]).toEqual([[], false]);
    await photograph(page, "phone-start-320");

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Add to calendar" }).tap(),
    ]);
    expect(download.suggestedFilename()).toBe("talk.ics");
    const file = await readFile(await download.path(), "utf8");
    const lines = file.replaceAll("\r\n ", "").split("\r\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "DTSTART:20310507T183000Z",
        "DTEND:20310507T193000Z",
        "SUMMARY:On rooms\\, halls\\; and what they echo",
        `URL:${joinUrl}`,
        `UID:${sessionUid}@${new URL(revint.url).host}`,
      ]),
    );
    expect(await told(page)).toContain("talk.ics");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize(PHONE.viewport);
    expect(await findBarriers(page)).toEqual([]);
    await photograph(page, "phone-start-dark");
    await page.setViewportSize(PHONE_ON_ITS_SIDE.viewport);
    await photograph(page, "phone-start-side");

    const state = { page: "0.0", state: JSON.stringify({ title: "The first slide" }) };
    await revint.request("POST", `/api/v1/session/${sessionUid}/state`, { token, uid, json: state });
    await page.getByRole("heading", { name: "The first slide" }).waitFor();
    expect(await page.getByText("Planned for").count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });
});

/** Keeps what the page has been given by the browser, so that a test can look at it, and take it back as the browser does. */
const watchLocks = (page: Page) =>
  page.addInitScript(() => {
    const locks: WakeLockSentinel[] = [];
    Object.assign(globalThis, { locks });
    const { request } = WakeLock.prototype;
    WakeLock.prototype.request = async function (this: WakeLock, ...type) {
      const lock = await request.apply(this, type);
      locks.push(lock);
      return lock;
    };
  });
const listLocks = (page: Page) =>
  page.evaluate(() => {
    const { locks } = globalThis as unknown as { locks: WakeLockSentinel[] };
    return locks.map(({ released }) => (released ? "released" : "held"));
  });

describe("keeping the screen on", () => {
  test("is a switch that holds on this device, over a reload and after the page was hidden", async () => {
    const { revint, visit } = scene;
    const { sessionUid, token, hostUid: uid } = await revint.host();
    const page = await visit.open("/404", PHONE);
    // A browser without a screen refuses it to everybody else.
    await page.context().grantPermissions(["screen-wake-lock"]);
    await watchLocks(page);
    await page.goto(`${revint.url}/join?session=${sessionUid}`);
    const more = page.getByRole("button", { name: "More" });
    await more.focus();
    await page.keyboard.press("Enter");
    const awake = page.getByRole("switch", { name: "Keep the screen on" });
    await awake.waitFor();
    expect([await awake.getAttribute("aria-checked"), await listLocks(page)]).toEqual(["false", []]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await expect.poll(() => listLocks(page)).toEqual(["held"]);
    expect(await awake.getAttribute("aria-checked")).toBe("true");
    expect(await findBarriers(page)).toEqual([]);
    await photograph(page, "phone-more-light");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize(SMALL_PHONE.viewport);
    expect([await findBarriers(page), await isWide(page)]).toEqual([[], false]);
    await photograph(page, "phone-more-320-dark");
    await page.keyboard.press("Escape");
    await awake.waitFor({ state: "hidden" });
    expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);

    // Nobody opens anything.
    await page.reload();
    await expect.poll(() => listLocks(page)).toEqual(["held"]);
    // Taken back by the browser: it is never said to be on then. Seen again, the page asks again.
    await page.evaluate(() => {
      const { locks } = globalThis as unknown as { locks: WakeLockSentinel[] };
      return locks[0]?.release();
    });
    await more.tap();
    expect(await awake.getAttribute("aria-checked")).toBe("false");
    expect(await told(page)).toContain("Not on");
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await expect.poll(() => listLocks(page)).toEqual(["released", "held"]);
    await expect.poll(() => awake.getAttribute("aria-checked")).toBe("true");

    // With nothing left to look at, the screen may go dark.
    await revint.request("POST", `/api/v1/session/${sessionUid}/end`, { token, uid });
    await page.getByRole("heading", { name: "It's over" }).waitFor();
    await expect.poll(() => listLocks(page)).toEqual(["released", "released"]);
    expect(visit.complaints.filter((one) => !one.includes("404"))).toEqual([]);
  });

  test("is not said to be on where the phone refuses it", async () => {
    const { revint, visit } = scene;
    const { sessionUid } = await revint.host();
    const page = await visit.open(`/join?session=${sessionUid}`, PHONE);
    await page.getByRole("button", { name: "More" }).tap();
    const awake = page.getByRole("switch", { name: "Keep the screen on" });
    await awake.tap();
    await expect.poll(() => told(page)).toContain("your phone refuses it");
    expect(await awake.getAttribute("aria-checked")).toBe("false");
    await photograph(page, "phone-more-refused");
  });
});

describe("the link", () => {
  test("is shared as the phone does it, without anything that lets in more", async () => {
    const { revint, visit } = scene;
    const { sessionUid, joinCode } = await revint.host();
    const page = await visit.open("/404", PHONE);
    // No browser without a screen has it.
    await page.addInitScript(() => {
      const share = async (data: ShareData) => void Object.assign(globalThis, { shared: data });
      Object.defineProperty(navigator, "share", { value: share });
    });
    await page.goto(`${revint.url}/join?session=${sessionUid}`);
    await page.getByRole("button", { name: "More" }).tap();
    await page.getByRole("button", { name: "Share the link" }).tap();
    await expect.poll(() => told(page)).toBe("Shared.");
    const shared = await page.evaluate(() => (globalThis as unknown as { shared: ShareData }).shared);
    expect(Object.keys(shared).sort()).toEqual(["title", "url"]);
    expect(shared.url).toBe(`${revint.url}/${joinCode}`);
  });

  test("is copied where a page has nothing but that, as over a LAN, and no switch is offered", async () => {
    const { revint, browser } = scene;
    const { sessionUid, joinCode } = await revint.host();
    const lan = revint.url.replace("127.0.0.1", LAN);
    const visit = new Visit(browser, lan);
    const page = await visit.open(`/join?session=${sessionUid}`, PHONE);
    await page.getByRole("button", { name: "More" }).tap();
    await page.getByRole("button", { name: "Copy the link" }).tap();
    await expect.poll(() => told(page)).toBe("Copied.");
    expect(await page.getByLabel("Link to join").inputValue()).toBe(`${lan}/${joinCode}`);
    expect(await page.getByRole("switch").count()).toBe(0);
    await visit.end();
  });
});

const Manifest = z.object({
  start_url: z.string(),
  scope: z.string(),
  display: z.string(),
  icons: z.array(
    z.object({ src: z.string(), sizes: z.string(), type: z.string(), purpose: z.string().optional() }),
  ),
});

test("the page can be installed: its manifest and every icon are there, and let in by its policy", async () => {
  const { revint, visit } = scene;
  const page = await visit.open("/join", PHONE);
  const device = await page.context().newCDPSession(page);
  const { url, errors, data } = await device.send("Page.getAppManifest");
  expect([url, errors]).toEqual([`${revint.url}/assets/join.webmanifest`, []]);
  expect((await fetch(url)).headers.get("content-type")).toContain("application/manifest+json");
  const manifest = Manifest.parse(JSON.parse(data ?? ""));
  expect(manifest).toMatchObject({ start_url: "/join", scope: "/join", display: "standalone" });
  const { installabilityErrors } = await device.send("Page.getInstallabilityErrors");
  expect(installabilityErrors).toEqual([]);
  const apple = await page.locator('link[rel="apple-touch-icon"]').getAttribute("href");
  const pictures = [...manifest.icons, { src: apple ?? "", sizes: "180x180", type: "image/png" }];
  const drawn = await page.evaluate(
    (sources) =>
      Promise.all(
        sources.map(async (src) => {
          const image = Object.assign(new Image(), { src });
          await image.decode();
          return `${image.naturalWidth}x${image.naturalHeight}`;
        }),
      ),
    pictures.map(({ src }) => src),
  );
  for (const [index, { src, sizes, type }] of pictures.entries()) {
    expect((await fetch(new URL(src, url))).headers.get("content-type")).toContain(type);
    if (sizes !== "any") expect(drawn[index]).toBe(sizes);
  }
  expect(manifest.icons.map(({ purpose = "any" }) => purpose)).toContain("maskable");
  expect(visit.complaints).toEqual([]);
});

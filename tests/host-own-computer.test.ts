import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { findBarriers, LAN, PROJECTOR, photograph, type Scene, setScene, Visit } from "./browser.ts";
import { TalkHost } from "./talk-host.ts";

let { revint, browser } = {} as Scene;
setScene((scene) => ({ revint, browser } = scene), {});

const SENTENCE = /Phones can't open this address.*HOST=0\.0\.0\.0 npm start/;

/** A console and a stage, as they are opened at this address. */
async function openBoth(host: TalkHost, visit: Visit, at: string): Promise<Page[]> {
  const console = await visit.open("/404", { viewport: { width: 1280, height: 800 } });
  const [name = "", value = ""] = host.cookie.split("=");
  await console.context().addCookies([{ name, value, url: at }]);
  await console.goto(`${at}/host`);
  await console.getByRole("heading", { name: "Upcoming" }).waitFor();
  const opened = console.context().waitForEvent("page");
  await console.getByRole("link", { name: "Stage of Here" }).click();
  const stage = visit.watch(await opened);
  await stage.setViewportSize(PROJECTOR.viewport);
  await stage.getByRole("button", { name: "Start without a deck" }).click();
  await stage.locator(".board .join .qr").waitFor();
  return [console, stage];
}

test("where phones can't open a talk's address, console and stage say so, and what to do", async () => {
  const host = await TalkHost.signUp(revint);
  await host.create({ name: "Here" });
  const visit = new Visit(browser, revint.url);
  for (const [index, page] of (await openBoth(host, visit, revint.url)).entries()) {
    await page.getByText(SENTENCE).waitFor();
    await photograph(page, `host-own-computer-${index}`);
    expect(await findBarriers(page)).toEqual([]);
  }
  await visit.end();
});

test("where they can, nobody is told anything", async () => {
  const host = await TalkHost.signUp(revint);
  await host.create({ name: "Here" });
  const at = `http://${LAN}:${new URL(revint.url).port}`;
  const visit = new Visit(browser, at);
  for (const page of await openBoth(host, visit, at)) expect(await page.getByText(SENTENCE).count()).toBe(0);
  await visit.end();
});

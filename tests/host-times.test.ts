import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { findBarriers, photograph, type Scene, setScene } from "./browser.ts";
import { TalkHost } from "./talk-host.ts";

let { revint, visit } = {} as Scene;
setScene((scene) => ({ revint, visit } = scene), {});

/** Their console, in a browser whose clock stands there. */
async function openConsole(host: TalkHost, timezoneId: string): Promise<Page> {
  const page = await visit.open("/404", { timezoneId, viewport: { width: 1280, height: 800 } });
  visit.complaints.length = 0;
  const [name = "", value = ""] = host.cookie.split("=");
  await page.context().addCookies([{ name, value, url: revint.url }]);
  await page.goto(`${revint.url}/host`);
  await page.getByRole("heading", { name: "Upcoming" }).waitFor();
  return page;
}

const row = (page: Page, name: string) => page.locator(".row").filter({ hasText: name });
const names = (page: Page) => page.locator(".upcoming h3").allTextContents();
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });

async function openChange(page: Page, talk: string): Promise<void> {
  if ((await row(page, talk).locator("details[open]").count()) === 0) {
    await row(page, talk).locator("summary").click();
  }
  await row(page, talk).getByRole("button", { name: "Change…" }).click();
}

async function change(page: Page, talk: string, starts: string): Promise<void> {
  await openChange(page, talk);
  await page.getByLabel("Starts at").fill(starts);
  await photograph(page, "host-talk-time");
  expect(await findBarriers(page)).toEqual([]);
  await button(page, "Save").click();
  await page.getByText("The talk is changed.").waitFor();
}

test("a talk starts at an instant, which every browser shows on its own clock, and the next one stands first", async () => {
  const host = await TalkHost.signUp(revint);
  const { talk } = await host.create({ name: "Rivers", date: "2031-05-06" });
  await host.create({ name: "Lakes", date: "Day 2" });
  await host.create({ name: "Seas", startsAt: Date.UTC(2031, 4, 7, 10, 30, 15) });
  const page = await openConsole(host, "America/New_York");
  // What has a time comes first, and otherwise the latest.
  expect(await names(page)).toEqual(["Seas", "Lakes", "Rivers"]);
  expect(await row(page, "Seas").textContent()).toContain("Wed, 7 May 2031, 06:30 GMT-4");
  expect(await row(page, "Lakes").textContent()).toContain("Day 2");
  await change(page, "Rivers", "2031-05-06T21:00");
  await expect.poll(() => names(page)).toEqual(["Rivers", "Seas", "Lakes"]);
  const kept = await host.open(talk);
  expect([kept.talk.startsAt, kept.talk.date]).toEqual([Date.UTC(2031, 4, 7, 1), "2031-05-06"]);
  // Its day, which nobody has called anything else, goes along.
  await change(page, "Rivers", "2031-05-08T21:00");
  expect((await host.open(talk)).talk.date).toBe("2031-05-08");
  await expect.poll(() => names(page)).toEqual(["Seas", "Rivers", "Lakes"]);

  const elsewhere = await openConsole(host, "Asia/Tokyo");
  await row(elsewhere, "Rivers").getByText("2031-05-08 · Fri, 9 May 2031, 10:00 GMT+9").waitFor();
  await change(elsewhere, "Rivers", "");
  await expect.poll(() => names(elsewhere)).toEqual(["Seas", "Rivers", "Lakes"]);
  const open = await host.open(talk);
  expect([open.talk.startsAt, open.talk.date]).toEqual([null, "2031-05-08"]);
  await row(elsewhere, "Rivers").getByText("2031-05-08", { exact: true }).waitFor();
  expect(visit.complaints).toEqual([]);
});

test("what is changed beside it leaves the time as it is, to the second", async () => {
  const host = await TalkHost.signUp(revint);
  const startsAt = Date.UTC(2031, 4, 7, 10, 30, 15);
  const { talk } = await host.create({ name: "Seas", startsAt });
  const page = await openConsole(host, "Europe/Berlin");
  await openChange(page, "Seas");
  await page.getByLabel("Name", { exact: true }).fill("Oceans");
  await button(page, "Save").click();
  await page.getByText("The talk is changed.").waitFor();
  const kept = await host.open(talk);
  expect([kept.talk.name, kept.talk.startsAt]).toEqual(["Oceans", startsAt]);
  expect(visit.complaints).toEqual([]);
});

import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { findBarriers, launchBrowser, photograph, Visit } from "./browser.ts";
import { type Deployment, startDeployment } from "./deployment.ts";
import { ModelServer } from "./model-server.ts";
import { LAPTOP, recapOf, startToldTalk } from "./told-talk.ts";

let model: ModelServer;
let revint: Deployment;
let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  model = await ModelServer.start();
  const recap = { LLM_URL: model.url, LLM_MODEL: "test" };
  [revint, browser] = await Promise.all([startDeployment({ recap }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await revint?.close();
  await model?.close();
});
beforeEach(() => {
  visit = new Visit(browser, revint.url);
});
afterEach(() => visit.end());

/** Most of the page is out of sight. */
const LOW = { viewport: { width: 1280, height: 420 } } as const;
const TITLES = Array.from({ length: 12 }, (_, index) => `What slide ${index + 1} was about`);

test("the template's recap is there at once, sentences come as they are written, and the page changes over where it is read", async () => {
  const { end, open, status } = await startToldTalk({ revint, visit }, TITLES);
  await end();
  await model.script({ does: "write", waitsAfter: 60 });
  const page = await open("recap", LOW);
  await page.getByRole("button", { name: "Make the recap" }).click();
  const main = await recapOf(page);
  await main.getByText("What slide 1 was about").first().waitFor();
  await page.getByText(/^Here is a first version. A better one is being written/).waitFor();
  const written = page.locator(".written li");
  await written.filter({ hasText: "The model says that 6 joined" }).waitFor();
  expect(await main.getByText("The model says that 6 joined").count()).toBe(0);
  await photograph(page, "recap-writing-laptop");
  expect(await findBarriers(page)).toEqual([]);

  await page.evaluate("globalThis.isSamePage = true");
  const slide = main.getByText("What slide 3 was about").last();
  await slide.evaluate((element) => element.scrollIntoView({ block: "start" }));
  const top = async () => (await slide.boundingBox())?.y ?? Number.NaN;
  const before = await top();
  await model.release();
  await main.getByText("The model says that 6 joined").waitFor();
  await expect.poll(() => written.count()).toBe(0);
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(3);
  expect(await page.evaluate("globalThis.isSamePage")).toBe(true);
  await page.getByText(/^Written by a language model/).waitFor();
  expect(await status()).toMatchObject({ status: "done", by: "model" });
  expect(visit.complaints).toEqual([]);
});

test("whoever leaves while it is written stops nothing, and finds it when they are back", async () => {
  const { end, open, make, status } = await startToldTalk({ revint, visit });
  await end();
  await model.script({ does: "write", waitsAfter: 20 });
  await make();
  const page = await open("recap", LAPTOP);
  await page.locator(".bar progress").waitFor();
  await page.goto("about:blank");
  await model.release();
  await expect.poll(async () => (await status()).status).toBe("done");
  const again = await open("recap", LAPTOP);
  await (await recapOf(again)).getByText("The model says that 6 joined").waitFor();
});

test("a co-host hears what is written as it is written, and asks nobody meanwhile", async () => {
  const { end, make, invite, path, sessionUid } = await startToldTalk({ revint, visit });
  const { token, uid } = await invite("presenter");
  await end();
  await model.script({ does: "write", waitsAfter: 60 });
  await make();
  const page = await visit.open(`/recap?session=${sessionUid}#token=${token}&uid=${uid}`, LAPTOP);
  await page.locator(".written li").filter({ hasText: "The model says that 6 joined" }).waitFor();
  await model.release();
  await (await recapOf(page)).getByText("The model says that 6 joined").waitFor();
  await page.getByText(/^Written by a language model/).waitFor();
  expect(visit.requests.filter((address) => address.endsWith(`${path}/recap`))).toHaveLength(1);
  expect(visit.complaints).toEqual([]);
});

test("where the model refuses, the template's stays, and the host is told", async () => {
  const { end, open } = await startToldTalk({ revint, visit });
  await end();
  await model.script({ does: "send", status: 401, headers: { "content-type": "application/json" } });
  const page = await open("recap", LAPTOP);
  await page.getByRole("button", { name: "Make the recap" }).click();
  const main = await recapOf(page);
  await page.getByText("What you see was put together without it.").waitFor();
  await main.getByText("The room answers back").first().waitFor();
  await photograph(page, "recap-failed-laptop");
  await page.getByRole("button", { name: "Try the model again…" }).click();
  await page.getByRole("button", { name: "Make anew" }).click();
  await main.getByText("The model says that 6 joined").waitFor();
});

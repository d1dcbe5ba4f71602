import type { Browser } from "playwright-core";
import { expect, test } from "vitest";
import { findBarriers, PROJECTOR, photograph, SMALL_PHONE, setScene, type Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";

let revint: Deployment;
let browser: Browser;
let visit: Visit;
setScene((scene) => ({ revint, browser, visit } = scene));

const ASKED = "/docs#getSessionBySessionUid";

test("a developer reads the API on any screen, in light and in dark", async () => {
  expect(browser.isConnected()).toBe(true);
  const screens = [
    ["phone", { ...SMALL_PHONE, colorScheme: "dark" }],
    ["projector", { ...PROJECTOR, colorScheme: "light" }],
  ] as const;
  for (const [name, options] of screens) {
    const page = await visit.open(ASKED, options);
    // The request that the address names is open, with what it takes and answers.
    const operation = page.locator("#getSessionBySessionUid");
    await operation.getByText("What it answers").waitFor();
    await photograph(page, `docs-${name}`);
    expect(await findBarriers(page)).toEqual([]);
    const width = options.viewport.width;
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    expect(await operation.getByRole("link", { name: "SessionAnswer" }).getAttribute("href")).toBe(
      "#SessionAnswer",
    );
    await page.evaluate("scrollTo(0, 0)");
    await photograph(page, `docs-top-${name}`);
    await page.getByRole("searchbox", { name: "Find a request" }).fill("overlay login");
    await page.getByText("1 request", { exact: true }).waitFor();
    expect(await page.locator(".operation").count()).toBe(1);
  }
  expect(visit.complaints).toEqual([]);
});

test("a request is tried out with a host token, which stays in the page's memory alone", async () => {
  const token = await revint.sign();
  const { sessionUid } = await revint.host(token);
  const page = await visit.open("/docs#getSession", SMALL_PHONE);
  const operation = page.locator("#getSession");
  await operation.getByRole("button", { name: "Send this GET" }).click();
  await operation.getByText(/Answer: 401/).waitFor();
  await page.getByLabel("Token", { exact: true }).fill(token);
  await operation.getByRole("button", { name: "Send this GET" }).click();
  await operation.getByText(/Answer: 200/).waitFor();
  await operation.getByText(`"sessionUid": "${sessionUid}"`).waitFor();
  await photograph(page, "docs-tried");
  expect(await findBarriers(page)).toEqual([]);
  const kept = await page.evaluate(
    "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])",
  );
  expect(kept).not.toContain(token);
  expect(visit.requests.filter((address) => address.includes(token))).toEqual([]);
  await page.reload();
  await expect.poll(() => page.getByLabel("Token", { exact: true }).inputValue()).toBe("");
  // The 401 is what was asked for.
  expect(visit.complaints.filter((complaint) => !complaint.includes("status of 401"))).toEqual([]);
});

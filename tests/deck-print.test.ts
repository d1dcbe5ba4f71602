import type { Browser, BrowserContext, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasSetState, PHONE, setScene, type Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";
import { type RevealVersion, serveDecks } from "./served-decks.ts";

let revint: Deployment;
let visit: Visit;
let browser: Browser;
setScene((scene) => {
  ({ revint, visit, browser } = scene);
});
const decks = serveDecks(() => revint.url);

const SLIDES = `<section><h2>a</h2></section><section data-visibility="hidden"><h2>never shown</h2></section>
  <section><h2>b</h2><div data-revint-totals></div></section>
  <section><section><h2>c</h2></section><section><h2>d</h2><div data-revint-totals="1.0"></div></section></section>`;

/** A deck that leads, two thumbs up on its second slide, and who gave them. */
async function holdTalk(version: RevealVersion = "reveal6") {
  decks.put("/deck", { version, slides: SLIDES });
  const token = await revint.sign();
  const deck = await visit.open(`${decks.url}/deck#token=${token}`);
  await hasSetState(deck);
  await deck.evaluate("Reveal.slide(1)");
  const { sessionUid, hostUid, joinUrl } = await deck.evaluate<
    Record<"sessionUid" | "hostUid" | "joinUrl", string>
  >("Reveal.getPlugin('revint').session.info");
  const phone = await visit.open(joinUrl, PHONE);
  await phone.getByRole("heading", { name: "b" }).waitFor();
  for (let tap = 0; tap < 2; tap++) await phone.getByRole("button", { name: /^Thumbs up, / }).tap();
  await deck
    .locator('[data-revint-totals] .bar[aria-label="Thumbs up: 2 reactions"]')
    .first()
    .waitFor({ state: "attached" });
  const post = (what: string, json?: object) =>
    revint.request("POST", `/api/v1/session/${sessionUid}/${what}`, { token, uid: hostUid, json });
  const end = () => post("end");
  const publish = () => post("rules", { publicResults: true });
  return { deck, sessionUid, end, publish };
}

const bars = (deck: Page) => deck.locator('[data-revint-totals] .bar[aria-label="Thumbs up: 2 reactions"]');

async function openIn(context: BrowserContext, address: string): Promise<Page> {
  const page = visit.watch(await context.newPage());
  await page.goto(`${decks.url}${address}`);
  return page;
}

describe.each<RevealVersion>(["reveal6", "reveal5"])("with %s, a printed deck", (version) => {
  test("has the last counts of the session that its tab has led, and asks nobody for them", async () => {
    const { deck, end, sessionUid } = await holdTalk(version);
    const asked: string[] = [];
    deck.on("request", (request) => /\/(api|ws)\//.test(request.url()) && asked.push(request.url()));
    await deck.goto(`${decks.url}/deck?print-pdf`);
    await expect.poll(() => bars(deck).count()).toBe(2);
    await deck.goto(`${decks.url}/deck`);
    await expect.poll(() => deck.evaluate("Reveal.getPlugin('revint').joinUrl")).toMatch(/\/\d{6}$/);
    await end();
    await deck.getByText("This session has ended").first().waitFor();
    asked.length = 0;
    await deck.goto(`${decks.url}/deck?session=${sessionUid}&print-pdf`);
    await expect.poll(() => bars(deck).count()).toBe(2);
    expect(asked).toEqual([]);
  });

  test("has those of the session in its address, in a browser that knows nothing of it", async () => {
    const { sessionUid } = await holdTalk(version);
    const context = await browser.newContext();
    const page = await openIn(context, `/deck?session=${sessionUid}&print-pdf`);
    await expect.poll(() => bars(page).count()).toBe(2);
    expect(await page.evaluate("Reveal.getPlugin('revint').role")).toBe("none");
    // Printed pages are laid out around what is drawn: nothing hangs out of its page.
    await page.locator(".pdf-page").first().waitFor();
    const hanging = await page.evaluate(`[...document.querySelectorAll(".pdf-page")].filter((paper) =>
      [...paper.querySelectorAll("[data-revint-totals]")].some((slot) =>
        slot.getBoundingClientRect().bottom > paper.getBoundingClientRect().bottom)).length`);
    expect(hanging).toBe(0);
  });
});

test("a browser that has taken part prints the counts of a session that has ended, too", async () => {
  const { sessionUid, end } = await holdTalk();
  const context = await browser.newContext();
  const page = await openIn(context, `/deck?session=${sessionUid}`);
  await expect.poll(() => page.evaluate("Reveal.getPlugin('revint').session?.totals.total")).toBe(2);
  await end();
  await page.close();
  // Another tab: what the first one has kept is gone with it.
  const print = await openIn(context, `/deck?session=${sessionUid}&print-pdf`);
  await expect.poll(() => bars(print).count()).toBe(2);
});

test("where everyone may see the results, a new browser prints the counts of a session that has ended", async () => {
  const { sessionUid, end, publish } = await holdTalk();
  await publish();
  await end();
  const page = await openIn(await browser.newContext(), `/deck?session=${sessionUid}&print-pdf`);
  await expect.poll(() => bars(page).count()).toBe(2);
});

test("a printed deck waits for no service, and what its author wrote stays where no counts are known", async () => {
  decks.put("/deck", {
    slides: '<section><h2>a</h2><div data-revint-totals><p class="own">How was it?</p></div></section>',
  });
  const context = await browser.newContext();
  for (const address of ["/deck?print-pdf", "/deck?session=nobody-knows-this-one&print-pdf"]) {
    const page = await openIn(context, address);
    await page.locator(".pdf-page").waitFor();
    await page.locator(".own").waitFor();
  }
});

test("the demo deck prints a page for each slide, as large as the slide and its margin, under our own policy", async () => {
  const deck = await visit.open("/demo?print-pdf");
  await deck.locator(".pdf-page").first().waitFor();
  await deck.waitForFunction("Reveal.isReady()");
  const pdf = (await deck.pdf({ preferCSSPageSize: true })).toString("latin1");
  const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
  expect(sizes).toHaveLength(await deck.locator(".pdf-page").count());
  // In points: 1280 by 720 pixels and 4 % around them.
  for (const [, width, height] of sizes) {
    expect(Number(width)).toBeCloseTo(1331 * 0.75, -1);
    expect(Number(height)).toBeCloseTo(748 * 0.75, -1);
  }
});

import { afterEach, expect, test } from "vitest";
import { PROJECTOR, photograph, type Scene, setScene, TALL_PHONE, Visit } from "./browser.ts";
import { FlakyNetwork } from "./flaky-network.ts";
import { uploadDeck } from "./host-deck.ts";
import { makePdf, writePage } from "./made-pdf.ts";
import { TalkHost } from "./talk-host.ts";

let { revint, browser, visit } = {} as Scene;
setScene((scene) => ({ revint, browser, visit } = scene));
const networks: FlakyNetwork[] = [];
const visits: Visit[] = [];
afterEach(async () => {
  await Promise.all(visits.splice(0).map((one) => one.end()));
  await Promise.all(networks.splice(0).map((network) => network.close()));
});

/** As many pages, each of about so many bytes. */
const writePages = (count: number, bytes = 0): string[] =>
  Array.from(
    { length: count },
    (_, index) => `${writePage(`Slide ${index + 1}`)}\n${`%${"x".repeat(98)}\n`.repeat(bytes / 100)}`,
  );

const upload = async (title: string, pdf: Buffer, pages: number): Promise<string> =>
  uploadDeck(await TalkHost.signUp(revint), { title, kind: "pdf", pages }, new Uint8Array(pdf));

test("a page that can't be drawn says so, and the others are drawn and printed", async () => {
  // The second page is no page.
  const pdf = makePdf({ pages: writePages(4) })
    .toString("latin1")
    .replace("5 0 R", "9 9 R");
  const deck = await upload("Half broken", Buffer.from(pdf, "latin1"), 4);
  const page = await visit.open(`/deck/${deck}`, PROJECTOR);
  await page.locator("section.present canvas[data-drawn]").waitFor();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("heading", { name: "Page 2 can't be drawn" }).waitFor();
  expect(await page.locator("section.present").textContent()).toContain("export the PDF once more");
  await photograph(page, "deck-pdf-broken-page");
  await page.keyboard.press("ArrowRight");
  await page.locator("section.present canvas[data-drawn]").waitFor();
  await page.keyboard.press("ArrowLeft");
  await page.locator("section.present").getByText("Page 2 can't be drawn").waitFor();
  expect(visit.complaints).toEqual([]);

  const print = await visit.open(`/deck/${deck}?print-pdf`);
  await expect.poll(() => print.locator(".pdf-page").count()).toBe(4);
  expect(await print.locator(".pdf-page img").count()).toBe(3);
  await print.getByText("Page 2 can't be drawn").waitFor();
  await photograph(print, "deck-pdf-broken-print");
});

test("a PDF that begins with such a page says that, too", async () => {
  const pdf = makePdf({ pages: writePages(2) })
    .toString("latin1")
    .replace("4 0 R", "9 9 R");
  const page = await visit.open(`/deck/${await upload("Begins broken", Buffer.from(pdf, "latin1"), 2)}`);
  await page.getByRole("heading", { name: "Page 1 can't be drawn" }).waitFor();
  expect(visit.complaints).toEqual([]);
});

/** A deck of 20 pages over a network that keeps its middle back, until it is let through. */
async function openHeld(deck: string) {
  const network = await FlakyNetwork.before(revint.url);
  networks.push(network);
  network.holdAnswers(`${deck}/file`, 200_000);
  const far = new Visit(browser, network.url);
  visits.push(far);
  const page = await far.open("/join", TALL_PHONE);
  await page.route("**/file", (route) => {
    const from = Number(/bytes=(\d+)-/.exec(route.request().headers().range ?? "")?.[1] ?? 0);
    return from > 600_000 && from < 1_600_000 ? route.abort("internetdisconnected") : route.continue();
  });
  await page.goto(`${network.url}/deck/${deck}`);
  const letThrough = async () => {
    await page.unrouteAll();
    network.restore();
    network.breakOff();
    await page.evaluate("dispatchEvent(new Event('online'))");
  };
  return { page, letThrough };
}

test("a page that the network keeps back says so, holds no other one up, and appears when it is back", async () => {
  const deck = await upload("Long way", makePdf({ pages: writePages(20, 100_000) }), 20);
  const { page, letThrough } = await openHeld(deck);
  const present = page.locator("section.present");
  await present.locator("canvas[data-drawn]").waitFor();
  await page.evaluate("Reveal.slide(9)");
  await present.getByText("Waiting for the network.").waitFor();
  // However often it tries in vain, it goes on saying so.
  for (let failed = 0; failed < 3; failed++) await page.waitForEvent("requestfailed");
  await present.getByText("Waiting for the network.").waitFor();
  await photograph(page, "deck-pdf-waiting-390");
  await page.evaluate("Reveal.slide(19)");
  await present.locator("canvas[data-drawn]").waitFor();
  await page.evaluate("Reveal.slide(9)");
  await present.getByText("Waiting for the network.").waitFor();
  // What has come already does not come again.
  const resumed = page.waitForRequest((request) => /^bytes=[1-9]\d*-$/.test(request.headers().range ?? ""));
  await letThrough();
  await present.locator("canvas[data-drawn]").waitFor();
  await resumed;
});

test("what is deleted while it is shown says so, and asks no more", async () => {
  const host = await TalkHost.signUp(revint);
  const pdf = new Uint8Array(makePdf({ pages: writePages(20, 100_000) }));
  const deck = await uploadDeck(host, { title: "Short-lived", kind: "pdf", pages: 20 }, pdf);
  const { page, letThrough } = await openHeld(deck);
  const present = page.locator("section.present");
  await present.locator("canvas[data-drawn]").waitFor();
  await page.evaluate("Reveal.slide(9)");
  await present.getByText("Waiting for the network.").waitFor();
  expect((await host.request("DELETE", `decks/${deck}`)).status).toBe(204);
  await letThrough();
  await present.getByText("it was deleted meanwhile").waitFor();
});

test("of 300 pages, only those around the current one are in memory, however fast they are turned", async () => {
  const deck = await upload("Long", makePdf({ pages: writePages(300, 3_000) }), 300);
  const page = await visit.open(`/deck/${deck}`, PROJECTOR);
  const isDrawn = () => page.locator("section.present canvas[data-drawn]").waitFor();
  await isDrawn();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  /** Bytes of scripts' objects, of pictures of pages, and how many nodes there are. */
  const measure = async () => {
    await cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await cdp.send("Performance.getMetrics");
    const { nodes } = await cdp.send("Memory.getDOMCounters");
    const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0;
    const pictures = await page.evaluate(() =>
      [...document.querySelectorAll("canvas")].reduce(
        (sum, { width, height }) => sum + 4 * width * height,
        0,
      ),
    );
    return { heap, pictures, nodes };
  };
  const turn = async (times: number) => {
    for (let time = 0; time < times; time++) await page.keyboard.press("ArrowRight");
    await isDrawn();
  };
  await turn(30);
  const early = await measure();
  await turn(269);
  await expect.poll(() => page.locator("section.present").getAttribute("aria-label")).toBe("Slide 300");
  const late = await measure();
  // Four of them, as sharp as this screen, and a line more.
  const MOST_PICTURES = 1.05 * 4 * 4 * 1920 * 1080;
  expect(early.pictures).toBeLessThanOrEqual(MOST_PICTURES);
  expect(late.pictures).toBeLessThanOrEqual(MOST_PICTURES);
  expect(late.heap - early.heap).toBeLessThan(16 * 2 ** 20);
  expect(late.nodes - early.nodes).toBeLessThan(2000);
  await photograph(page, "deck-pdf-300");
  // And the overview, where they are small.
  await page.keyboard.press("o");
  await expect.poll(() => page.locator("canvas[data-drawn]").count()).toBeGreaterThan(8);
  expect((await measure()).pictures).toBeLessThanOrEqual(MOST_PICTURES);
  expect(visit.complaints).toEqual([]);
});

import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { drawing, setAskingScene } from "./asking-deck.ts";
import { hasSetState, type Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";
import type { ServedDecks } from "./served-decks.ts";

let revint: Deployment;
let visit: Visit;
let browser: Browser;
let decks: ServedDecks;
setAskingScene((scene) => {
  ({ revint, visit, browser, decks } = scene);
});

describe("the plugin's other file, for slides that ask something,", () => {
  const QUESTION =
    "<section><h2>Good?</h2><ul data-revint-choice='good'><li>Yes</li><li>No</li></ul></section>";

  test("is loaded by decks that ask something, once they lead or follow, and by no others", async () => {
    decks.put("/silent", { slides: "<section><h2>One</h2></section>" });
    decks.put("/asking", { slides: QUESTION });
    const loads = () => visit.requests.filter((url) => url.endsWith("/plugin/revint-activities.js")).length;
    const silent = await visit.open(`${decks.url}/silent#token=${await revint.sign()}`);
    await hasSetState(silent);
    const idle = await visit.open(`${decks.url}/asking`);
    await idle.locator(".reveal.ready").waitFor();
    expect(loads()).toBe(0);
    const asking = await visit.open(`${decks.url}/asking#token=${await revint.sign()}`);
    await drawing(asking).waitFor();
    expect(loads()).toBe(1);
  });

  /** A page of its author's own, with copies of our files beside it as they are named. */
  async function write(page: string, files: readonly string[]) {
    const folder = await mkdtemp(join(tmpdir(), "revint-deck-"));
    for (const file of files) await copyFile(`dist/site/plugin/${file}`, join(folder, file));
    await copyFile("node_modules/reveal.js/dist/reveal.js", join(folder, "reveal.js"));
    await writeFile(join(folder, "deck.html"), page);
    return {
      address: pathToFileURL(join(folder, "deck.html")).href,
      end: () => rm(folder, { recursive: true }),
    };
  }
  const page = (head = "", nonce = "") => `<!doctype html><meta charset="utf-8">${head}<title>a deck</title>
    <link rel="icon" href="data:,"><div class="reveal"><div class="slides">${QUESTION}</div></div>
    <script ${nonce} src="reveal.js"></script><script ${nonce} src="revint.js"></script>
    <script ${nonce}>Reveal.initialize({ plugins: [Revint], revint: { apiUrl: "${revint.url}" } });</script>`;

  test.each([
    ["beside the first, in a deck that is a file", ["revint.js", "revint-activities.js"], ""],
    ["at the deployment, where only the first was copied", ["revint.js"], ""],
    [
      "where a policy knows scripts by a nonce",
      ["revint.js", "revint-activities.js"],
      "script-src 'nonce-abc'; connect-src *",
    ],
  ])("is found %s", async (_, files, policy) => {
    const head = policy && `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
    const { address, end } = await write(page(head, policy && "nonce=abc"), files);
    const deck = visit.watch(await (await browser.newContext()).newPage());
    await deck.goto(`${address}#token=${await revint.sign()}`);
    await drawing(deck).waitFor();
    await end();
  });

  test("that can't be loaded is missed in plain words, and the deck leads all the same", async () => {
    decks.put("/asking", { slides: QUESTION });
    const deck = visit.watch(await (await browser.newContext()).newPage());
    await deck.route("**/revint-activities.js", (route) => route.abort());
    await deck.goto(`${decks.url}/asking#token=${await revint.sign()}`);
    await hasSetState(deck);
    await deck.locator("[part=mark]").getByText("can't be asked").first().waitFor();
    expect(await deck.locator("ul[data-revint-choice]").isVisible()).toBe(true);
  });

  /** A deck that has the plugin by a script of its own. */
  async function openWith(script: string, prepare?: (deck: Page) => Promise<unknown>): Promise<Page> {
    const deck = visit.watch(await (await browser.newContext()).newPage());
    const body = `<!doctype html><meta charset="utf-8"><title>a deck</title><link rel="icon" href="data:,">
      <div class="reveal"><div class="slides">${QUESTION}</div></div><script src="/demo/reveal.js"></script>${script}`;
    await deck.route("**/own", (route) => route.fulfill({ body, contentType: "text/html" }));
    await prepare?.(deck);
    await deck.goto(`${revint.url}/own#token=${await revint.sign()}`);
    return deck;
  }
  const START = "Reveal.initialize({ plugins: [Revint] });";
  const SCRIPT = `<script src="/plugin/revint.js"></script><script>${START}</script>`;
  const MODULE = `<script type="module">import Revint from "/plugin/revint.mjs"; ${START}</script>`;
  const asked = () =>
    visit.requests.filter((url) => url.includes("activities")).map((url) => url.replace(revint.url, ""));

  test("comes with the module, too", async () => {
    await drawing(await openWith(MODULE)).waitFor();
    expect(asked()).toContain("/plugin/activities.js");
  });

  test.each([
    ["the script", SCRIPT, "/plugin/revint-activities.js"],
    ["the module", MODULE, "/plugin/activities.js"],
  ])("is asked for again beside %s, where the network was gone for a moment", async (_, script, path) => {
    let isGone = true;
    const deck = await openWith(script, (page) =>
      page.route(`**${path}*`, (route) => (isGone ? route.abort() : route.continue())),
    );
    await deck.locator("[part=mark]").getByText("can't be asked").first().waitFor({ state: "attached" });
    isGone = false;
    await drawing(deck).waitFor();
    await expect.poll(() => deck.locator("[part=mark]").getByText("can't be asked").count()).toBe(0);
    const addresses = asked().filter((address) => address.startsWith(path));
    // Never the same one again: a browser remembers that a module was not there.
    expect(addresses).toEqual([path, ...addresses.slice(1).map((_, index) => `${path}?retry=${index + 1}`)]);
    expect(addresses.length).toBeGreaterThan(1);
  });
});

test("speaker view and print have a file of their own, which no deck loads that is only led", async () => {
  decks.put("/deck", { slides: "<section><h2>One</h2><div data-revint-qr></div></section>" });
  const deck = await visit.open(`${decks.url}/deck#token=${await revint.sign()}`);
  await hasSetState(deck);
  const loads = () => visit.requests.filter((url) => url.includes("/plugin/revint-copy.js"));
  expect(loads()).toEqual([]);
  const popup = deck.waitForEvent("popup");
  await deck.keyboard.press("s");
  const view = visit.watch(await popup);
  const frame = await (await view.waitForSelector("#current-slide iframe")).contentFrame();
  await frame?.locator(".speaker").getByText("Connected").waitFor();
  expect(new Set(loads()).size).toBe(1);
  await view.close();
  // Without it, a deck is printed all the same.
  await deck.route("**/revint-copy.js*", (route) => route.abort());
  await deck.goto(`${decks.url}/deck?print-pdf`);
  await deck.locator(".pdf-page").waitFor();
  expect(await deck.locator("[data-revint-qr] svg").count()).toBe(0);
  expect(visit.complaints.filter((complaint) => complaint.startsWith("uncaught"))).toEqual([]);
});

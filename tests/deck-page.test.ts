import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasSetState, PHONE, PROJECTOR, photograph, setScene, TALL_PHONE, type Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";
import { makePdf, writePage } from "./made-pdf.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => {
  ({ revint, visit } = scene);
});

const DESKTOP = { viewport: { width: 1280, height: 800 } } as const;

let hosts = 0;
/** The decks of somebody who has just made an account. */
async function openDecks(options: BrowserContextOptions = DESKTOP): Promise<Page> {
  const page = await visit.open("/404", options);
  const account = { email: `deck-${++hosts}@example.org`, name: "Ada", password: "correct horse" };
  await ask(page, "sign-up", account);
  await page.goto(`${revint.url}/host?view=decks`);
  await page.getByRole("heading", { name: "Bring a deck" }).waitFor();
  return page;
}

/** What the service answers to a page of ours. */
const ask = (page: Page, path: string, json: object): Promise<Record<string, never>> =>
  page.evaluate(
    async ([path, body]) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`/api/v1/host/${path}`, { method: "POST", headers, body });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    },
    [path, JSON.stringify(json)] as const,
  );

interface Picked {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const field = (page: Page) => page.locator("input[type=file]");
const pick = (page: Page, ...files: readonly Picked[]) => field(page).setInputFiles([...files]);
const pdfFile = (name: string, buffer: Buffer): Picked => ({ name, mimeType: "application/pdf", buffer });
const textFile = (name: string, text: string): Picked => ({
  name,
  mimeType: "text/markdown",
  buffer: Buffer.from(text),
});

/** The id of the deck that a page lists under this title. */
async function findDeck(page: Page, title: string): Promise<string> {
  const link = page.getByRole("link", { name: `Look at ${title}` });
  await link.waitFor();
  return new URL((await link.getAttribute("href")) ?? "", revint.url).pathname.split("/").at(-1) ?? "";
}

const isReady = (page: Page) => page.locator(".reveal.ready").waitFor();

/** A picture of one page of the deck is there. */
const isDrawn = (page: Page) => page.locator("section.present .sheet canvas").waitFor();

/** What Chromium prints of the demo: a PDF of many pages with fonts of its own, written by a program of its own. */
async function printDemo(): Promise<Buffer> {
  const demo = await visit.open("/demo?print-pdf");
  await demo.locator(".pdf-page").first().waitFor();
  const pdf = await demo.pdf({ preferCSSPageSize: true, printBackground: true });
  await demo.close();
  // reveal.js writes an inline style for print, which the demo's policy refuses: the demo has its own.
  visit.complaints.length = 0;
  return pdf;
}

test("a PDF is brought along, presented, followed by a phone that shows the page's heading, and printed", async () => {
  const pdf = await printDemo();
  const console = await openDecks();
  await pick(console, pdfFile("The room.pdf", pdf));
  const id = await findDeck(console, "The room answers back · revint demo");
  await photograph(console, "host-decks");
  const talk = await ask(console, "talks", { name: "Rooms", deck: id });
  const { links } = talk as unknown as { links: { deck: string } };
  const deck = await visit.open(links.deck, PROJECTOR);
  await isReady(deck);
  await isDrawn(deck);
  expect(deck.url()).not.toContain("token");
  await hasSetState(deck);
  await photograph(deck, "deck-pdf-1920");
  const joinUrl = await deck.evaluate<string>("Reveal.getPlugin('revint').joinUrl");
  const phone = await visit.open(joinUrl, TALL_PHONE);
  await phone.getByRole("heading", { name: "The room answers back" }).waitFor();
  await deck.keyboard.press("ArrowRight");
  await phone.getByRole("heading", { name: "Your phone follows" }).waitFor();
  await phone.getByRole("button", { name: /^Thumbs up, / }).tap();
  await deck.getByText("1", { exact: true }).first().waitFor();
  // The deck itself above the phone's buttons, on the page where the speaker is.
  await phone.getByRole("link", { name: "See the slides" }).click();
  const framed = phone.frameLocator("iframe");
  await framed.locator("section.present .sheet canvas").waitFor();
  expect(await framed.locator("section.present").getAttribute("aria-label")).toBe("Your phone follows");
  await photograph(phone, "deck-pdf-phone-390");
  // Its text can be found and is read aloud.
  expect(await deck.locator("section.present .text").textContent()).toContain("Your phone follows");
  const print = await visit.open(`/deck/${id}?print-pdf`);
  await print.locator(".pdf-page img").first().waitFor();
  const pages = await print.locator(".pdf-page").count();
  expect(pages).toBeGreaterThan(5);
  expect(await print.locator(".pdf-page img").count()).toBe(pages);
  expect(visit.complaints.filter(isNotOfPrint)).toEqual([]);
});

/** reveal.js tries to write the size of the paper into an inline style; the page says it in another way. */
const isNotOfPrint = (complaint: string) => !/style-src/.test(complaint);

test("a Markdown deck with a poll is written in the console, and the room answers", async () => {
  const console = await openDecks();
  await console.getByText("No file? Write one here").click();
  await console.getByRole("button", { name: "Make this deck" }).click();
  const id = await findDeck(console, "My talk");
  const deck = await visit.open(`/deck/${id}#token=${await revint.sign()}`, PROJECTOR);
  await isReady(deck);
  await hasSetState(deck);
  await photograph(deck, "deck-markdown-1920");
  await deck.evaluate("Reveal.slide(2)");
  const phone = await visit.open(await deck.evaluate("Reveal.getPlugin('revint').joinUrl"), PHONE);
  await phone.getByRole("button", { name: "I don't know yet" }).tap();
  await deck
    .locator(".slides section.present")
    .getByText(/(person has|people have) answered/)
    .waitFor();
  await deck.keyboard.press("1");
  await deck.keyboard.press("2");
  await deck.getByText("100 %").first().waitFor();
  await photograph(deck, "deck-markdown-poll-1920");
  expect(visit.complaints).toEqual([]);
});

describe("what was brought along runs nothing:", () => {
  test("Markdown with HTML, handlers, javascript: and an SVG for a picture", async () => {
    const console = await openDecks();
    const evil = `# Evil <script>globalThis.hacked = 1</script>

<img src=x onerror="globalThis.hacked = 1"> <svg onload="globalThis.hacked = 1"></svg>

[a link](javascript:globalThis.hacked=1) [data](data:text/html,<script>alert(1)</script>) ![far](https://elsewhere.example/x.png)
<iframe src="javascript:parent.hacked=1"></iframe>
`;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.hacked=1"/>');
    await pick(console, textFile("evil.md", evil), { name: "x.png", mimeType: "image/png", buffer: svg });
    await console.getByText("“x.png” is no picture that can be shown").waitFor();
    await pick(console, textFile("evil.md", evil));
    await console.getByRole("link", { name: /^Look at Evil/ }).waitFor();
    const href = await console.getByRole("link", { name: /^Look at Evil/ }).getAttribute("href");
    const deck = await visit.open(href ?? "");
    await isReady(deck);
    for (const link of await deck.locator("section.present a").all())
      await link.click({ noWaitAfter: true, trial: true });
    expect(await deck.evaluate("globalThis.hacked ?? null")).toBeNull();
    expect(await deck.locator(".slides :is(script, svg, iframe)").count()).toBe(0);
    expect(await deck.locator(".slides a[href^='javascript' i], .slides a[href^='data' i]").count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  test("a PDF with JavaScript when it opens, and links that are scripts", async () => {
    const script = "<< /S /JavaScript /JS (app.alert\\(1\\); globalThis.hacked = 1;) >>";
    const link = (uri: string, y: number) =>
      `<< /Type /Annot /Subtype /Link /Rect [80 ${y} 300 ${y + 30}] /A << /S /URI /URI (${uri}) >> >>`;
    const pdf = makePdf({
      pages: [writePage("Careful", "A PDF with a script"), writePage("Second")],
      catalog: `/OpenAction ${script} /Names << /JavaScript << /Names [(a) ${script}] >> >>`,
      firstPage: `/AA << /O ${script} >> /Annots [${link("javascript:globalThis.hacked=1", 300)}
        ${link("https://example.org/", 100)}]`,
    });
    const console = await openDecks();
    await pick(console, pdfFile("careful.pdf", pdf));
    const deck = await visit.open(`/deck/${await findDeck(console, "careful")}`);
    await isReady(deck);
    await isDrawn(deck);
    expect(await deck.locator("section.present").getAttribute("aria-label")).toBe("Careful");
    const links = deck.locator("section.present .sheet > a");
    expect(await links.count()).toBe(1);
    expect(await links.getAttribute("href")).toBe("https://example.org/");
    expect(await links.getAttribute("rel")).toContain("noopener");
    expect(await deck.evaluate("globalThis.hacked ?? null")).toBeNull();
    expect(visit.complaints).toEqual([]);
  });
});

test("what is no deck is refused before it is sent, in words that say what to do", async () => {
  const console = await openDecks();
  const says = async (words: string, ...files: readonly Picked[]) => {
    await pick(console, ...files);
    await console.getByRole("alert").getByText(words).waitFor();
  };
  const zip = Buffer.from("PK\u0003\u0004");
  await says("Export it as PDF", { name: "talk.pptx", mimeType: "application/zip", buffer: zip });
  await says("neither PDF nor Markdown", {
    name: "notes.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("hello"),
  });
  await says("no PDF that can be read", pdfFile("broken.pdf", Buffer.from("%PDF-1.7\nnothing else")));
  const many = makePdf({ pages: Array.from({ length: 301 }, (_, page) => writePage(`Page ${page}`)) });
  await says("more than 300 pages", pdfFile("long.pdf", many));
  // The service reads Markdown, and says which line is to be changed. What was sent is gone again.
  await says("line 3", textFile("poll.md", "# Poll\n\n```revint-choice\n- one\n"));
  await console.reload();
  await console.getByText("You have brought no deck along yet.").waitFor();
  expect(visit.requests.filter((url) => /decks\/[^/]+\/parts/.test(url))).toHaveLength(1);
});

test("an upload goes on after a lost network by itself, and after a reload with the same file", async () => {
  const console = await openDecks();
  // Larger than one part: what follows the end of a PDF's pages is no page of it.
  const pages = [`${writePage("Large")}\n%${"x".repeat(9 * 2 ** 20)}`, writePage("Second")];
  // On disk: what tells a file from another is also when it was written.
  const folder = await mkdtemp(join(tmpdir(), "revint-"));
  const file = join(folder, "large.pdf");
  await writeFile(file, makePdf({ pages }));
  let refused = 0;
  await console.route("**/parts/2", (route) => {
    refused++;
    return route.abort("connectionfailed");
  });
  await field(console).setInputFiles(file);
  await console.getByText("Waiting for the network. It goes on by itself.").first().waitFor();
  await expect.poll(() => refused).toBeGreaterThan(1);
  await console.reload();
  await console.getByText("not complete yet").waitFor();
  const sent: string[] = [];
  console.on("request", (request) => request.method() === "PUT" && sent.push(request.url()));
  await field(console).setInputFiles(file);
  await expect.poll(() => refused).toBeGreaterThan(3);
  await console.unroute("**/parts/2");
  await findDeck(console, "large");
  expect(sent.every((url) => url.endsWith("/parts/2"))).toBe(true);
  expect(await console.getByRole("button", { name: /^Delete/ }).count()).toBe(1);
  await rm(folder, { recursive: true });
});

test("a cancelled upload leaves nothing behind", async () => {
  const console = await openDecks();
  await console.route("**/parts/*", (route) => route.abort("connectionfailed"));
  await pick(console, pdfFile("gone.pdf", makePdf({ pages: [writePage("Gone")] })));
  await console.getByText("Waiting for the network").first().waitFor();
  await console.getByRole("button", { name: "Cancel" }).click();
  await console.getByText("The upload was cancelled").waitFor();
  await console.reload();
  await console.getByText("You have brought no deck along yet.").waitFor();
});

test("a deck that is not there says so, and on a phone, in the dark, too", async () => {
  const page = await visit.open("/deck/AAAAAAAAAAAAAAAAAAAAAA", { ...TALL_PHONE, colorScheme: "dark" });
  await page.getByRole("heading", { name: "There is no such deck" }).waitFor();
  await photograph(page, "deck-missing-390-dark");
});

import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LIMITS } from "../shared/protocol/limits.ts";
import { findBarriers, lookAt, photograph, setScene, TALL_PHONE, Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";

let revint: Deployment;
let browser: Browser;
setScene((scene) => ({ revint, browser } = scene), {});

let visit: Visit;
beforeEach(() => {
  visit = new Visit(browser, revint.url);
});
afterEach(async () => {
  // Whoever is not signed in is told so, and refusals and lost networks too: browsers write it down.
  const expected = /status of (400|401)|ERR_INTERNET_DISCONNECTED/;
  expect(visit.complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
  await visit.end();
});

const DESKTOP = { viewport: { width: 1280, height: 800 } } as const;
const SIZES = { desktop: DESKTOP, phone: TALL_PHONE } as const;

/** A real PDF, as Chromium prints one, and variations of it. */
const files: { folder: string; pdf: Buffer } = { folder: "", pdf: Buffer.alloc(0) };
beforeAll(async () => {
  files.folder = await mkdtemp(join(tmpdir(), "revint-upload-"));
});
beforeEach(async () => {
  if (files.pdf.length === 0) files.pdf = await print(4, "Waves and tides");
});
afterAll(() => rm(files.folder, { recursive: true, force: true }));

async function print(pages: number, title: string): Promise<Buffer> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const slide = (_: unknown, index: number) => `<h1 style="break-after: page">Slide ${index + 1}</h1>`;
  await page.setContent(`<title>${title}</title>${Array.from({ length: pages }, slide).join("")}`);
  const pdf = await page.pdf({ width: "400px", height: "225px" });
  await context.close();
  return pdf;
}

/** The same PDF with so many bytes more before its end, which points to the same table as before. */
function enlarge(pdf: Buffer, bytes: number): Buffer {
  const [, table = ""] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.toString("latin1")) ?? [];
  const line = `%${"x".repeat(98)}\n`;
  const padding = line.repeat(Math.ceil(bytes / line.length));
  return Buffer.concat([pdf, Buffer.from(`\n${padding}startxref\n${table}\n%%EOF\n`)]);
}

/** Such a file on disk: what is handed to a browser goes through its debugging protocol, which takes its time for megabytes. */
async function keepLarge(bytes: number): Promise<string> {
  const large = join(files.folder, "large.pdf");
  await writeFile(large, enlarge(files.pdf, bytes));
  return large;
}

/** The same PDF, for whose content a password is asked that nobody knows. */
function protect(pdf: Buffer): Buffer {
  const secret = `<${"5a".repeat(32)}>`;
  const entry = `/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O ${secret} /U ${secret} >>`;
  return Buffer.from(
    pdf.toString("latin1").replace(/trailer\s*<</, (begin) => `${begin}${entry}`),
    "latin1",
  );
}

/** A picture of one pixel. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const row = (page: Page, title: string) => page.locator(".row").filter({ hasText: title });
const told = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });

let hosts = 0;
/** The decks of somebody new. */
async function openDecks(options: BrowserContextOptions = DESKTOP): Promise<Page> {
  const page = await visit.open("/host?view=decks", options);
  await button(page, "New here? Make an account").click();
  if (await button(page, "Use a password instead").count()) {
    await button(page, "Use a password instead").click();
  }
  await page.getByLabel("Your name", { exact: true }).fill(`Ada ${++hosts}`);
  await page.getByLabel("Email", { exact: true }).fill(`upload-${hosts}@example.org`);
  await page.getByLabel("New password", { exact: true }).fill(`correct horse ${hosts}`);
  await button(page, "Make the account").click();
  await page.getByText("You have brought no deck along yet.").waitFor();
  return page;
}

type Picked = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
const asFile = (name: string, content: Buffer | string): Picked => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content),
});

const pick = (page: Page, ...picked: readonly Picked[]) =>
  page.locator("input[type=file]").setInputFiles([...picked]);
const pickLarge = async (page: Page, bytes: number) =>
  page.locator("input[type=file]").setInputFiles(await keepLarge(bytes));

/** Says what was wrong with it, for those who see it and those who have it read to them. */
const refusal = async (page: Page, text: string): Promise<void> => {
  await page.getByRole("alert").filter({ hasText: text }).waitFor();
  await button(page, "Choose files…").waitFor();
};

describe("a PDF", () => {
  test("gets its title and its pages from itself, another title if wanted, and is presented", async () => {
    const page = await openDecks();
    await pick(page, asFile("print.pdf", files.pdf));
    await told(page, "This is fine: PDF, 4 slides").waitFor();
    expect(await page.getByLabel("Title", { exact: true }).inputValue()).toBe("Waves and tides");
    await photograph(page, "host-upload-chosen");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel("Title", { exact: true }).fill("Waves");
    await page.keyboard.press("Enter");
    await told(page, "“Waves” is ready.").waitFor();
    expect(await row(page, "Waves").textContent()).toContain("PDF · 4 slides");
    const deck = await page.getByRole("link", { name: "Look at Waves" }).getAttribute("href");
    expect(deck).toMatch(/^\/deck\/[\w-]{22}$/);
    // Whoever has just made it goes on by pressing Enter.
    await expect.poll(() => page.evaluate("document.activeElement?.ariaLabel")).toBe("New talk with Waves");
    await photograph(page, "host-upload-ready");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Talks", exact: true }).waitFor();
    const present = page.getByRole("link", { name: "Present Waves" });
    await present.waitFor();
    expect(await present.getAttribute("href")).toContain("what=deck");
  });

  test("that is on its way when its host signs out is stopped, and nothing to whoever comes in next", async () => {
    const page = await openDecks();
    // The second part is held up, and on its way for as long as nobody stops it.
    const isHeld = new Promise<void>((resolve) => {
      void page.route("**/parts/2", () => resolve(), { times: 1 });
    });
    await pickLarge(page, 1.5 * LIMITS.deckPartBytes);
    await button(page, "Upload").click();
    await isHeld;
    await page.getByRole("link", { name: "Account", exact: true }).click();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const stopped = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/parts/2"));
    await button(page, "Sign out here").click();
    await stopped;
    await button(page, "New here? Make an account").click();
    const name = page.getByLabel("Your name", { exact: true });
    await name.fill("Bea");
    // What the page makes of it takes no longer.
    await page.waitForTimeout(500);
    expect(await name.inputValue()).toBe("Bea");
    // Neither sent on, nor taken back, nor looked for: another one's cookie may be there by now.
    expect(asked.filter((path) => path.includes("/decks"))).toEqual([]);
  });

  test("dropped beside its place leaves the page where it is", async () => {
    const page = await openDecks();
    // `false`: the page has taken care of it, and the browser does nothing of its own.
    const dropOn = (selector: string, content: string) =>
      page.evaluate(`(() => {
        const dataTransfer = new DataTransfer();
        ${content};
        const options = { bubbles: true, cancelable: true, dataTransfer };
        return ["dragover", "drop"].map((type) =>
          document.querySelector("${selector}").dispatchEvent(new DragEvent(type, options)));
      })()`);
    const file = 'dataTransfer.items.add(new File(["x"], "talk.docx"))';
    expect(await dropOn("header", file)).toEqual([false, false]);
    expect(await dropOn("header", 'dataTransfer.setData("text/plain", "x")')).toEqual([true, true]);
    expect(await page.getByRole("alert").filter({ hasText: "talk.docx" }).count()).toBe(0);
    expect(await dropOn(".bring", file)).toEqual([false, false]);
    await refusal(page, "talk.docx");
  });

  test("of several parts goes on by itself when the network is back, from where it was", async () => {
    const page = await openDecks();
    let puts: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "PUT") puts.push(request.url().replace(/^.*parts\//, ""));
    });
    // The network goes away while the second part is on its way.
    await page.route(
      "**/parts/2",
      async (route) => {
        await page.context().setOffline(true);
        await route.abort("internetdisconnected");
      },
      { times: 1 },
    );
    await pickLarge(page, 2.5 * LIMITS.deckPartBytes);
    await button(page, "Upload").click();
    await told(page, "Waiting for the network.").waitFor();
    const bar = page.getByRole("progressbar");
    expect(Number(await bar.getAttribute("value"))).toBeGreaterThan(30);
    await photograph(page, "host-upload-waiting");
    expect(await findBarriers(page)).toEqual([]);
    puts = [];
    await page.context().setOffline(false);
    // A part of which nothing has moved for a minute is sent once more.
    await told(page, "“Waves and tides” is ready.").waitFor({ timeout: 120_000 });
    expect(new Set(puts)).toEqual(new Set(["2", "3"]));
    expect(await row(page, "Waves and tides").textContent()).toContain("4 slides");
  });

  test("goes on after a reload when the same file is picked again, by its button or without", async () => {
    const page = await openDecks();
    const large = await keepLarge(2.5 * LIMITS.deckPartBytes);
    const interrupt = async (part: number) => {
      const isThere = page.waitForRequest(`**/parts/${part}`);
      await page.route(`**/parts/${part}`, () => {}, { times: 1 });
      return isThere;
    };
    let stopped = interrupt(2);
    await page.locator("input[type=file]").setInputFiles(large);
    await button(page, "Upload").click();
    await stopped;
    await page.reload();
    await row(page, "Waves and tides").getByText("not complete yet").waitFor();
    const puts: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "PUT") puts.push(request.url().replace(/^.*parts\//, ""));
    });
    await photograph(page, "host-upload-unfinished");
    stopped = interrupt(3);
    await page.locator("input[type=file]").setInputFiles(large);
    await stopped;
    expect(puts).toEqual(["2", "3"]);
    await page.reload();
    await button(page, "Go on with Waves and tides").click();
    await page.getByText("Choose the file of “Waves and tides” once more").waitFor();
    // Another file is not taken for it.
    await pick(page, asFile("print.pdf", files.pdf));
    await refusal(page, "This is not the file of “Waves and tides”.");
    await button(page, "Go on with Waves and tides").click();
    await expect.poll(() => page.evaluate("document.activeElement?.textContent")).toBe("Choose files…");
    const chooser = page.waitForEvent("filechooser");
    await button(page, "Choose files…").press("Enter");
    await (await chooser).setFiles(large);
    await told(page, "“Waves and tides” is ready.").waitFor();
    expect(puts).toEqual(["2", "3", "3"]);
    expect(await row(page, "Waves and tides").count()).toBe(1);
  });

  test("is called off in the middle, and nothing of it is left", async () => {
    const page = await openDecks();
    const isThere = page.waitForRequest("**/parts/2");
    await page.route("**/parts/2", () => {}, { times: 1 });
    await pickLarge(page, 2 * LIMITS.deckPartBytes);
    await button(page, "Upload").click();
    await isThere;
    await photograph(page, "host-upload-sending");
    // In the meantime somebody may look at something else.
    await page.getByRole("link", { name: "Talks", exact: true }).click();
    await page.getByRole("link", { name: "Decks", exact: true }).click();
    await row(page, "Waves and tides").getByText("on its way").waitFor();
    await button(page, "Cancel").click();
    await told(page, "The upload was cancelled. Nothing of it is kept.").waitFor();
    await page.getByText("You have brought no deck along yet.").waitFor();
  });
});

describe("Markdown", () => {
  test("brings its pictures along when they are chosen together, or dropped", async () => {
    const page = await openDecks();
    const names = ["Waves.md", "A Wave.png"] as const;
    const drop = await page.evaluateHandle(
      ({ names: [text, picture], png }) => {
        const transfer = new DataTransfer();
        const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File(["# Waves\n\n![](pictures/a%20wave.png)\n\n---\n\n# Tides\n"], text));
        transfer.items.add(new File([bytes], picture));
        return transfer;
      },
      { names, png: PNG.toString("base64") },
    );
    await page.dispatchEvent(".bring", "dragover", { dataTransfer: drop });
    await photograph(page, "host-upload-over");
    await page.dispatchEvent(".bring", "drop", { dataTransfer: drop });
    await told(page, "This is fine: Markdown, 1 picture").waitFor();
    await button(page, "Upload").click();
    await told(page, "“Waves” is ready.").waitFor();
    const id = (await page.getByRole("link", { name: "Look at Waves" }).getAttribute("href"))?.slice(6);
    const { html } = (await (await revint.request("GET", `/api/v1/decks/${id}`)).json()) as { html: string };
    expect(html).toContain(`/api/v1/decks/${id}/files/A%20Wave.png`);
  });

  test("that is not valid is told with its line, and the mended file makes the deck", async () => {
    const page = await openDecks();
    await pick(page, asFile("talk.md", "# Talk\n\n```revint-poll one\n- A\n- B\n```\n"));
    await button(page, "Upload").click();
    await refusal(page, "This can't be shown yet: line 3: revint-poll is no activity");
    await photograph(page, "host-upload-not-valid");
    await pick(page, asFile("talk.md", "# Talk\n\n```revint-choice one\n- A\n- B\n```\n"));
    await button(page, "Upload").click();
    await told(page, "“Talk” is ready.").waitFor();
    expect(await row(page, "Talk").count()).toBe(1);
  });

  test("is written right there: the draft survives a reload, and its example makes a deck", async () => {
    const page = await openDecks();
    await button(page, "Write slides").click();
    const field = page.getByLabel("Slides, in Markdown");
    expect(await field.inputValue()).toContain("```revint-choice opinion");
    await field.fill(`${await field.inputValue()}\n---\n\n# One more\n`);
    await page.reload();
    await expect.poll(() => field.inputValue()).toContain("# One more");
    await photograph(page, "host-upload-write");
    expect(await findBarriers(page)).toEqual([]);
    await button(page, "Make the deck").click();
    await told(page, "“My talk” is ready.").waitFor();
    expect(await row(page, "My talk").textContent()).toContain("Markdown · 4 slides");
    await button(page, "Write slides").click();
    expect(await field.inputValue()).not.toContain("# One more");
  });
});

test("what is no deck is refused at once, in words that say what to do, and nothing is sent", async () => {
  const page = await openDecks();
  const sparse = join(files.folder, "huge.pdf");
  await writeFile(sparse, "%PDF-1.7\n");
  await truncate(sparse, LIMITS.deckBytes + 1);
  const text = asFile("talk.md", "# Hi");
  const refused: readonly (readonly [picked: readonly Picked[] | string, words: string])[] = [
    [[asFile("talk.pptx", "PK")], "Export it as PDF"],
    [[asFile("talk.key", "PK")], "Export it as PDF"],
    [[asFile("talk.docx", "PK")], "is neither PDF nor Markdown"],
    [[asFile("talk.pdf", "<h1>Hi</h1>")], "is called a PDF and is none"],
    [[asFile("talk.pdf", "%PDF-1.7 and nothing else")], "is damaged"],
    [[asFile("talk.pdf", protect(files.pdf))], "is protected"],
    [[asFile("long.pdf", await print(LIMITS.deckPages + 1, "Long"))], "has more than 300 pages"],
    [sparse, "is larger than 100 MB"],
    [[asFile("talk.pdf", files.pdf), text], "One deck at a time"],
    [[asFile("one.png", PNG)], "These are pictures only"],
    [[text, asFile("one.svg", "<svg/>")], "is no picture that can be shown"],
    [[text, asFile("one (2).png", PNG)], "can't be called that"],
    [[asFile("empty.md", "")], "is empty"],
  ];
  for (const [picked, words] of refused) {
    await page.locator("input[type=file]").setInputFiles(typeof picked === "string" ? picked : [...picked]);
    await refusal(page, words);
  }
  await photograph(page, "host-upload-refused");
  expect(await findBarriers(page)).toEqual([]);
  expect(visit.requests.filter((url) => /\/decks\/./.test(url))).toEqual([]);
});

test("fits every screen without a barrier", async () => {
  for (const [size, options] of Object.entries(SIZES)) {
    const page = await openDecks(options);
    const look = async (name: string) => {
      expect(await lookAt(page, `host-upload-${name}-${size}`)).toEqual([]);
      const width = await page.evaluate("document.documentElement.scrollWidth");
      expect({ name, size, width }).toEqual({ name, size, width: options.viewport.width });
    };
    await look("empty");
    await button(page, "Write slides").click();
    await look("write");
    await button(page, "Not now").click();
    const isThere = page.waitForRequest("**/parts/2");
    await page.route("**/parts/2", () => {}, { times: 1 });
    await pickLarge(page, LIMITS.deckPartBytes);
    await look("chosen");
    await button(page, "Upload").click();
    await isThere;
    await look("sending");
    await page.reload();
    await row(page, "Waves and tides").waitFor();
    await look("unfinished");
  }
});

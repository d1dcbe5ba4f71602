import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { PROJECTOR, photograph, type Scene, setScene, TALL_PHONE } from "./browser.ts";
import { TalkHost } from "./talk-host.ts";

let { revint, browser, visit } = {} as Scene;
setScene((scene) => ({ revint, browser, visit } = scene));

/*
 * A PDF as other programs make them, of which nothing here decides how: Chromium's own printing, which embeds parts of fonts,
 * compresses, tags what is a heading, and writes an outline. Pages of two sizes, in scripts that are not Latin.
 */
const DOCUMENT = `<!doctype html><html lang="el"><meta charset="utf-8"><title>Θάλασσα</title><style>
  @page { size: 13.33in 7.5in; margin: 0.6in }
  @page tall { size: A4 portrait }
  body { font: 20pt "DejaVu Sans", "Open Sans", sans-serif; margin: 0 }
  section { break-after: page } section:last-child { break-after: auto } .tall { page: tall }
  h1 { font-size: 44pt } td { border: 1px solid #888; padding: 0.3em 1em }
</style>
<section><h1>Κύματα και θάλασσα</h1><p>Μια εισαγωγή, από την αρχή.</p>
  <svg width="600" height="120"><defs><linearGradient id="g"><stop stop-color="#06c"/><stop offset="1" stop-color="#6c0"/>
  </linearGradient></defs><path d="M0 60 Q150 -60 300 60 T600 60 V120 H0Z" fill="url(#g)"/></svg></section>
<section class="tall"><h1>Что мы измерили</h1><table><tr><td>Волна</td><td>12,5 м</td></tr><tr><td>Ветер</td><td>31 м/с</td></tr></table>
  <p>Подробности: <a href="https://example.org/волны">example.org</a>.</p></section>
<section><h1>Ευχαριστώ · Спасибо</h1></section>`;

async function printDocument(): Promise<Buffer> {
  const page = await browser.newPage();
  await page.setContent(DOCUMENT);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  await page.close();
  return pdf;
}

const present = (page: Page) => page.locator("section.present");

test("a PDF that another program has made, in Greek and Russian, is brought along, presented, followed and read", async () => {
  const buffer = await printDocument();
  const host = await TalkHost.signUp(revint);
  const console = await visit.open("/404", { viewport: { width: 1280, height: 800 } });
  visit.complaints.length = 0;
  const [name = "", value = ""] = host.cookie.split("=");
  await console.context().addCookies([{ name, value, url: revint.url }]);
  await console.goto(`${revint.url}/host?view=decks`);
  await console.getByText("You have brought no deck along yet.").waitFor();
  const chooser = console.waitForEvent("filechooser");
  await console.getByRole("button", { name: "Choose files…" }).click();
  await (await chooser).setFiles({ name: "Θάλασσα.pdf", mimeType: "application/pdf", buffer });
  await console.getByText(/This is fine: .*3 slides/).waitFor();
  await console.getByRole("button", { name: "Upload" }).click();
  await console.getByText("“Θάλασσα” is ready.").waitFor();
  await console.getByRole("button", { name: "New talk with Θάλασσα" }).click();
  await console.getByRole("heading", { name: "Θάλασσα" }).waitFor();
  // The heading may be the deck's, and the talk still on its way.
  await expect.poll(async () => (await host.list()).talks.length).toBe(1);

  const { talks } = await host.list();
  const { links } = await host.open({ id: talks[0]?.id ?? "" });
  const speaker = await visit.open(links.deck ?? "", PROJECTOR);
  await present(speaker).locator("canvas[data-drawn]").waitFor();
  // What is drawn as single glyphs of a part of a font is text again: to be found, read aloud and copied.
  const text = await present(speaker).locator(".text > span").allTextContents();
  expect(text.join(" ")).toContain("Κύματα και θάλασσα");
  expect(text.join(" ")).toContain("Μια εισαγωγή, από την αρχή.");
  await photograph(speaker, "deck-foreign-1920");
  const phone = await visit.open(links.join, TALL_PHONE);
  await phone.getByRole("heading", { name: "Κύματα και θάλασσα" }).waitFor();

  await speaker.keyboard.press("ArrowRight");
  await phone.getByRole("heading", { name: "Что мы измерили" }).waitFor();
  await present(speaker).locator("canvas[data-drawn]").waitFor();
  const tall = await present(speaker)
    .locator("canvas")
    .evaluate(({ width, height }: HTMLCanvasElement) => width < height);
  expect(tall).toBe(true);
  const link = present(speaker).locator("a");
  expect(await link.getAttribute("href")).toBe(new URL("https://example.org/волны").href);
  expect(await link.getAttribute("target")).toBe("_blank");
  await photograph(speaker, "deck-foreign-tall-1920");

  await speaker.keyboard.press("ArrowRight");
  await phone.getByRole("heading", { name: "Ευχαριστώ · Спасибо" }).waitFor();
  await photograph(phone, "deck-foreign-390");
  expect(visit.complaints).toEqual([]);
});

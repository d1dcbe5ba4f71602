import { mkdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { launchBrowser, PHONE, Visit } from "../tests/browser.ts";
import { startDeployment } from "../tests/deployment.ts";
import { runCommand } from "./command.ts";

const usage = `
Usage: node scripts/picture.ts

Takes docs/picture.png, the deck and a phone side by side, from the real thing.
The computer needs a font with coloured emoji.
`;

const DECK = { width: 1120, height: 630 } as const;
const GAP = 40;
const TAPS = "👍👍👍👍👍👍👍👍👏👏👏👏👏❤️❤️❤️❤️🤯🤯🤯😂😂❓";

/** Two pictures, in frames, on one background. No page of ours: it is only made to be photographed. */
const frame = (deck: string, phone: string) => `<!doctype html>
<style>
  body { margin: 0; padding: ${GAP}px; width: max-content; display: flex; gap: ${GAP}px; align-items: center;
    background: linear-gradient(120deg, #dbe4ff, #f3f0ff); }
  img { display: block; box-shadow: 0 12px 40px #1a1f3d40; }
  .deck { width: ${DECK.width}px; border-radius: 12px; }
  .phone { height: ${DECK.height}px; border-radius: 36px; border: 10px solid #16181d; }
</style>
<img class="deck" src="data:image/png;base64,${deck}"><img class="phone" src="data:image/png;base64,${phone}">`;

await runCommand(usage, async (args) => {
  parseArgs({ args, options: {} });
  const revint = await startDeployment();
  const browser = await launchBrowser();
  try {
    const visit = new Visit(browser, revint.url);
    const token = await revint.sign({ name: "The room answers back" });
    const sharp = { deviceScaleFactor: 2, reducedMotion: "no-preference" } as const;
    const deck = await visit.open(`/demo#/2&token=${token}`, { viewport: DECK, ...sharp });
    const code = deck.locator("[data-revint-qr] svg");
    await code.waitFor({ state: "attached" });
    const label = (await code.getAttribute("aria-label")) ?? "";
    const join = label.slice(label.indexOf("/join"));
    const others = await Promise.all(Array.from({ length: 11 }, () => visit.open(join, PHONE)));
    const phone = await visit.open(join, { ...PHONE, ...sharp });
    const taps = [...new Intl.Segmenter().segment(TAPS)];
    for (const [turn, { segment }] of taps.entries()) {
      const hand = turn === taps.length - 3 ? phone : others[turn % others.length];
      await hand?.getByRole("button").filter({ hasText: segment }).tap();
    }
    // Some of them are still in the air.
    await deck.waitForTimeout(1200);
    await phone.getByRole("button").filter({ hasText: "👏" }).tap();
    await deck.waitForTimeout(900);
    const [left, right] = await Promise.all([deck.screenshot(), phone.screenshot()]);
    const page = await browser.newPage({ viewport: { width: 1600, height: 720 }, deviceScaleFactor: 1 });
    await page.setContent(frame(left.toString("base64"), right.toString("base64")));
    await mkdir("docs", { recursive: true });
    await page.locator("body").screenshot({ path: "docs/picture.png" });
  } finally {
    await browser.close();
    await revint.close();
  }
});

import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { launchBrowser } from "../tests/browser.ts";
import { runCommand } from "./command.ts";

const usage = `
Usage: node scripts/recap-picture.ts

Draws web/recap/recap.png, which whoever shows a link to a recap shows beside it, from web/recap/recap.svg.
`;

/** What messengers and networks show. */
const SIZE = { width: 1200, height: 630 } as const;

await runCommand(usage, async (args) => {
  parseArgs({ args, options: {} });
  const svg = await readFile("web/recap/recap.svg", "utf8");
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 1 });
    await page.setContent(`<!doctype html><body style="margin: 0">${svg}</body>`);
    await page.screenshot({ path: "web/recap/recap.png" });
  } finally {
    await browser.close();
  }
});

import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { launchBrowser } from "../tests/browser.ts";
import { runCommand } from "./command.ts";

const usage = `
Usage: node scripts/icon-pictures.ts

Draws the pictures from web/ui/icon.svg that a phone shows for the installed page: web/audience/icons/*.png.
`;

/** `isFull`: it fills its square, of which phones cut off what they like. All of the sign stands in the circle that stays. */
const PICTURES = [
  { name: "192", size: 192, isFull: false },
  { name: "512", size: 512, isFull: false },
  { name: "maskable", size: 512, isFull: true },
  // iPhones round the corners themselves, and show black where there is nothing.
  { name: "apple", size: 180, isFull: true },
] as const;

await runCommand(usage, async (args) => {
  parseArgs({ args, options: {} });
  const svg = await readFile("web/ui/icon.svg", "utf8");
  const ground = /<rect[^>]* fill="(#\w+)"/.exec(svg)?.[1] ?? "";
  const browser = await launchBrowser();
  try {
    for (const { name, size, isFull } of PICTURES) {
      const page = await browser.newPage({ viewport: { width: size, height: size }, deviceScaleFactor: 1 });
      const style = isFull ? `background: ${ground}` : "";
      await page.setContent(`<!doctype html><body style="margin: 0; ${style}">${svg}</body>`);
      await page.screenshot({ path: `web/audience/icons/${name}.png`, omitBackground: !isFull });
      await page.close();
    }
  } finally {
    await browser.close();
  }
});

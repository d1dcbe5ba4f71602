import jsQR from "jsqr";
import type { Browser, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findBarriers, photograph, SMALL_PHONE, setScene, type Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";

let revint: Deployment;
let browser: Browser;
let visit: Visit;
setScene((scene) => ({ revint, browser, visit } = scene));

/** Starts a session, which has a code. */
async function start() {
  const { sessionUid, joinCode, joinUrl, token } = await revint.host();
  if (joinCode === null) throw new Error("no join code");
  return { sessionUid, joinCode, joinUrl, token };
}
const field = (page: Page) => page.getByLabel("Join code");
const isIn = (page: Page) => page.getByRole("heading", { name: "Not started yet" }).waitFor();

describe("the page for a code, 320 pixels wide", () => {
  test.each(["light", "dark"] as const)(
    "takes a code, and what is wrong is said (%s)",
    async (colorScheme) => {
      const { sessionUid, joinCode } = await start();
      const page = await visit.open("/join", { ...SMALL_PHONE, colorScheme });
      await field(page).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      expect(await field(page).getAttribute("inputmode")).toBe("numeric");
      expect(await field(page).getAttribute("autocomplete")).toBe("off");
      await photograph(page, `join-page-320-${colorScheme}`);

      await field(page).fill("48");
      await field(page).press("Enter");
      await expect.poll(() => page.getByRole("alert").textContent()).toContain("6 or 8 digits");
      // Corrected without a search for the field.
      expect(await field(page).evaluate((input) => input === document.activeElement)).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      expect(await findBarriers(page)).toEqual([]);

      await page.keyboard.type(`${joinCode.slice(0, 3)} ${joinCode.slice(3)}`);
      await page.keyboard.press("Enter");
      await isIn(page);
      // What is worth sharing: it leads there for good.
      expect(page.url()).toBe(`${revint.url}/join?session=${sessionUid}`);
      expect(visit.complaints).toEqual([]);
    },
  );

  test.each(["the link", "the short address"])("takes %s, pasted", async (what) => {
    const { joinCode, joinUrl } = await start();
    const page = await visit.open("/join", SMALL_PHONE);
    await field(page).fill(what === "the link" ? ` ${joinUrl}\n` : `${revint.url}/${joinCode}`);
    await page.getByRole("button", { name: "Join" }).click();
    await isIn(page);
  });

  test.each(["light", "dark"] as const)("comes where a code leads nowhere (%s)", async (colorScheme) => {
    const { joinCode } = await start();
    const wrong = joinCode === "999999" ? "999998" : "999999";
    const page = await visit.open(`/${wrong}`, { ...SMALL_PHONE, colorScheme });
    await page.getByRole("heading", { name: "No talk has this code" }).waitFor();
    expect(await page.title()).toContain("No talk has this code");
    expect(await field(page).inputValue()).toBe(wrong);
    expect(await findBarriers(page)).toEqual([]);
    await photograph(page, `wrong-code-320-${colorScheme}`);

    const [asked] = await Promise.all([
      page.waitForResponse((answer) => answer.url().endsWith("/api/v1/join/123456")),
      (async () => {
        await field(page).fill("123 456");
        await page.getByRole("button", { name: "Join" }).click();
      })(),
    ]);
    if (asked.status() === 404) {
      await expect.poll(() => page.getByRole("alert").textContent()).toContain("A digit may be wrong");
    }
    await field(page).fill(joinCode);
    await page.getByRole("button", { name: "Join" }).click();
    await isIn(page);
  });

  test("is short of one step from the landing page, also without a script", async () => {
    const { sessionUid, joinCode } = await start();
    for (const javaScriptEnabled of [true, false]) {
      const page = await visit.open("/", { ...SMALL_PHONE, javaScriptEnabled });
      if (javaScriptEnabled) expect(await findBarriers(page)).toEqual([]);
      await field(page).fill(`${joinCode.slice(0, 3)} ${joinCode.slice(3)}`);
      await page.getByRole("button", { name: "Join a session" }).click();
      await page.waitForURL(`${revint.url}/join?session=${sessionUid}`);
      if (javaScriptEnabled) await isIn(page);
    }
  });
});

/** What a scanner reads in a picture that is made smaller, as it is for a phone far away. */
async function scan(picture: Buffer, scale: number): Promise<string | undefined> {
  const page = await browser.newPage();
  try {
    const source = `data:image/png;base64,${picture.toString("base64")}`;
    const { pixels, width, height } = await page.evaluate(
      async ({ source, scale }) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
        const canvas = Object.assign(document.createElement("canvas"), { width, height });
        const context = canvas.getContext("2d");
        if (!context) throw new Error("no canvas");
        context.imageSmoothingQuality = "high";
        context.drawImage(image, 0, 0, width, height);
        return { pixels: [...context.getImageData(0, 0, width, height).data], width, height };
      },
      { source, scale },
    );
    return jsQR(Uint8ClampedArray.from(pixels), width, height)?.data;
  } finally {
    await page.close();
  }
}

describe("a scanner reads the short address from a screen of 1280 by 720", () => {
  test.each(["light", "dark"] as const)("%s", async (colorScheme) => {
    const { joinCode, token } = await start();
    const short = `${revint.url}/${joinCode}`;
    // In capitals its code has fewer and larger squares; it leads to the same place.
    const scanned = short.toUpperCase();
    expect(new URL(scanned).href).toBe(short);
    const viewport = { width: 1280, height: 720 };
    const page = await visit.open(`/demo#token=${token}`, { viewport, colorScheme });
    await page.locator(".card .qr").waitFor();
    expect(await page.locator(".card .url").textContent()).toBe(short.replace("http://", ""));
    await photograph(page, `deck-code-${colorScheme}`);
    // The slide's, from four times as far away as would do for the whole screen.
    expect(await scan(await page.screenshot(), 1 / 4)).toBe(scanned);
    // A bar is too low for a code that is read from there: its digits are.
    const digits = page.locator(".card .code");
    const size = await digits.evaluate((code) => Number.parseFloat(getComputedStyle(code).fontSize));
    expect(size / viewport.height).toBeGreaterThan(0.04);
    // The overlay's own, in its bar, from the front rows.
    expect(await scan(await page.locator(".card .join").screenshot(), 1)).toBe(scanned);
    await page.keyboard.press("w");
    await page.locator(".welcome .qr").waitFor();
    await photograph(page, `deck-welcome-${colorScheme}`);
    expect(await scan(await page.screenshot(), 1 / 4)).toBe(scanned);

    const stage = await visit.open(`/stage#token=${token}`, { viewport, colorScheme });
    await stage.locator(".board .qr").waitFor();
    await photograph(stage, `stage-code-${colorScheme}`);
    expect(await scan(await stage.screenshot(), 1 / 4)).toBe(scanned);
    expect(visit.complaints).toEqual([]);
  });
});

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { hasSetState, type Scene, setScene } from "./browser.ts";
import { printPdf } from "./host-deck.ts";

let { browser, visit } = {} as Scene;
setScene((scene) => ({ browser, visit } = scene), {});

/** Who has the focus, as a screen reader says it; `undefined`: nobody. */
const findFocus = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const labelled = document.getElementById(element.getAttribute("aria-labelledby") ?? "");
    const label = "labels" in element ? (element as HTMLInputElement).labels?.[0]?.firstChild : undefined;
    const said = element.ariaLabel ?? (labelled ?? label ?? element).textContent ?? "";
    return said.trim().replaceAll(/\s+/g, " ");
  });

/** Nobody having the focus is a fault: the next key would lead nowhere. */
async function readFocus(page: Page): Promise<string> {
  const name = await findFocus(page);
  expect(name, "the focus is lost").toBeDefined();
  expect(name, "what has the focus has no name").not.toBe("");
  return name ?? "";
}

/** Goes on with Tab until something of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let steps = 0; steps < 60; steps++) {
    // From the last element on, it leaves the page for a moment.
    const focus = await findFocus(page);
    if (focus === name) return;
    passed.push(focus ?? "");
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab leads to “${name}”, but to ${passed.join(", ")}`);
}

const focusOn = (page: Page, name: string) =>
  expect
    .poll(() => page.evaluate("document.activeElement?.ariaLabel ?? document.activeElement?.textContent"))
    .toBe(name);

/** Goes there, and presses it. */
async function press(page: Page, name: string, key = "Enter"): Promise<void> {
  await tabTo(page, name);
  // One thing at a time: it may still be reading.
  await expect.poll(() => page.evaluate("document.activeElement.ariaDisabled")).not.toBe("true");
  await page.keyboard.press(key);
}

test("with keys alone a host signs up, brings a deck, makes a talk and presents it", async () => {
  const pdf = await printPdf(browser, ["<h1>One</h1>", "<h1>Two</h1>"]);
  const page = await visit.open("/host", { viewport: { width: 1280, height: 800 } });
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await press(page, "New here? Make an account");
  await focusOn(page, "Make an account");
  for (const [field, text] of [
    ["Your name", "Ada"],
    ["Email", "keys@example.org"],
    ["New password", "correct horse battery staple"],
  ] as const) {
    await tabTo(page, field);
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Your first talk" }).waitFor();
  await expect.poll(() => readFocus(page)).toBe("Name of a new talk");

  // A deck, chosen in the system's own dialog.
  await press(page, "Decks");
  await page.getByText("You have brought no deck along yet.").waitFor();
  await readFocus(page);
  const chooser = page.waitForEvent("filechooser");
  await press(page, "Choose files…");
  await (await chooser).setFiles({ name: "Keys.pdf", mimeType: "application/pdf", buffer: Buffer.from(pdf) });
  await page.getByText("This is fine:").waitFor();
  await expect.poll(() => readFocus(page)).toBe("Title");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Keys");
  await page.keyboard.press("Enter");
  await page.getByText("“Keys” is ready.").waitFor();
  await focusOn(page, "New talk with Keys");

  // Its name, in a dialog that gives the focus back.
  await press(page, "Rename Keys");
  await expect.poll(() => readFocus(page)).toBe("Title");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Keyboards");
  await page.keyboard.press("Enter");
  await page.getByText("The deck has a new title.").waitFor();
  await focusOn(page, "Rename Keyboards");
  await page.keyboard.press("Enter");
  await expect.poll(() => readFocus(page)).toBe("Title");
  await page.keyboard.press("Escape");
  await focusOn(page, "Rename Keyboards");

  await press(page, "New talk with Keyboards");
  await focusOn(page, "Present Keyboards");
  const opened = page.context().waitForEvent("page");
  await page.keyboard.press("Enter");
  const deck = visit.watch(await opened);
  await deck.locator("section.present canvas[data-drawn]").waitFor();
  await hasSetState(deck);
  await deck.keyboard.press("ArrowRight");
  await expect.poll(() => deck.evaluate("Reveal.getIndices().h")).toBe(1);
  expect(visit.complaints.filter((complaint) => !/status of 401/.test(complaint))).toEqual([]);
});

test("with keys alone a talk is changed, and talk and deck are deleted", async () => {
  const page = await visit.open("/host?view=decks", { viewport: { width: 1280, height: 800 } });
  await press(page, "New here? Make an account");
  await focusOn(page, "Make an account");
  for (const text of ["Bea", "more-keys@example.org", "correct horse battery staple"]) {
    await page.keyboard.press("Tab");
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Enter");
  await page.getByText("You have brought no deck along yet.").waitFor();
  await press(page, "Write slides");
  await tabTo(page, "Make the deck");
  await page.keyboard.press("Enter");
  await page.getByText("“My talk” is ready.").waitFor();
  await focusOn(page, "New talk with My talk");
  await page.keyboard.press("Enter");
  await focusOn(page, "Present My talk");

  await press(page, "More about My talk");
  await press(page, "Change…");
  await expect.poll(() => readFocus(page)).toBe("Name");
  await page.keyboard.press("End");
  await page.keyboard.type(", changed");
  await page.keyboard.press("Enter");
  await page.getByText("The talk is changed.").waitFor();
  await focusOn(page, "Change…");
  await press(page, "Delete…");
  await page.getByRole("dialog").waitFor();
  await press(page, "Delete for good");
  await page.getByText("“My talk, changed” is deleted.").waitFor();
  await readFocus(page);

  await press(page, "Decks");
  await page.getByRole("heading", { name: "My talk" }).waitFor();
  await press(page, "Delete My talk");
  await page.getByRole("dialog").getByText("The deck and its pictures go").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await focusOn(page, "Delete My talk");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await press(page, "Delete the deck");
  await page.getByText("“My talk” is deleted.").waitFor();
  await expect.poll(() => readFocus(page)).toBe("Decks");
  expect(visit.complaints.filter((complaint) => !/status of 401/.test(complaint))).toEqual([]);
});

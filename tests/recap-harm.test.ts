import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { RecapDocument, RecapStatus } from "../shared/protocol/recap.schema.ts";
import { photograph, type Scene, SMALL_PHONE, setScene } from "./browser.ts";
import { read } from "./deployment.ts";
import { LAPTOP, recapOf, startToldTalk } from "./told-talk.ts";

/* Whatever hosts and strangers write, a recap is a page of text that fits its screen and its paper. */

let scene = {} as Scene;
setScene((next) => {
  scene = next;
});

const HACK = "globalThis.hacked=true";
const TAGS = `<script>${HACK}</script><img src=x onerror="${HACK}">`;
/** Turned around, and with ends of what was never begun. */
const TURNED = "\u202eabc\u2066 \u2069\u2069 def";
const LONG = "W".repeat(60);
const ANSWER = `${TAGS} ${TURNED} ${"W".repeat(400)}`;

/** What the page is, beside its own texts. */
const MADE = "script, img, iframe, form, style, base, svg[onload], [onerror], [style]";

async function expectHarmless(page: Page): Promise<void> {
  const main = await recapOf(page);
  expect(await page.evaluate("globalThis.hacked ?? null")).toBeNull();
  expect(await main.locator(MADE).count()).toBe(0);
  const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide).toBeLessThanOrEqual(screen ?? 0);
}

test("tags, text that turns around and words without an end stay text, on screen, in print, and for hosts", async () => {
  const { revint, visit } = scene;
  const titles = [TAGS.slice(0, 60), TURNED, LONG];
  const session = await startToldTalk(scene, titles);
  const { path, token, people, asHost } = session;
  const host = (method: string, what: string, json: object) =>
    revint.request(method, `${path}/${what}`, { ...asHost, json });
  const options = [TAGS, TURNED, "W".repeat(100)].map((text, index) => ({ id: `o${index}`, text }));
  await host("PUT", "activities/harm", {
    kind: "choice",
    prompt: `${TAGS} ${TURNED}`,
    options,
    show: "live",
  });
  await host("POST", "activities/harm/status", { status: "open" });
  for (const person of people) {
    const json = { round: 1, value: ["o0"] };
    await revint.request("PUT", `${path}/user/${person.uid}/answers/harm`, { ...person, json });
  }
  const [asker] = people;
  if (!asker) throw new RangeError("nobody is there");
  const text = `${TAGS} ${TURNED} ${LONG}${LONG}`;
  const asked = await revint.request("POST", `${path}/user/${asker.uid}/questions`, {
    ...asker,
    json: { text },
  });
  const { id } = JSON.parse(await asked.text());
  const told = await host("POST", `questions/${id}`, { status: "answered", answer: ANSWER });
  expect(told.status, await told.text()).toBe(200);
  await session.end();
  const { version = "" } = await session.make();
  const { sections } = await session.document();
  const words = [TAGS, TURNED, "W".repeat(400)];
  const edited = await host("PUT", "recap/document", {
    version,
    title: `${TAGS} ${TURNED} ${LONG}`,
    sections: Object.fromEntries(sections.map(({ id }) => [id, words])),
  });
  await read(RecapStatus, edited);
  await session.publish(true);
  expect(
    JSON.stringify(
      await read(RecapDocument, await revint.request("GET", `${path}/recap/document`, { token })),
    ),
  ).toContain(HACK);

  for (const [name, size] of Object.entries({ phone: SMALL_PHONE, laptop: LAPTOP })) {
    const reader = await visit.open(session.url, size);
    await reader.getByRole("button", { name: "Copy the link" }).waitFor();
    await expectHarmless(reader);
    await photograph(reader, `recap-harm-${name}`);
    expect(await reader.locator('meta[property="og:title"]').getAttribute("content")).toContain(HACK);
    // The one that chooses the language, and the page's own in it: files of ours.
    expect(await reader.locator("head script:not([src^='/assets/recap'])").count()).toBe(0);
    expect(await reader.locator("head script").count()).toBe(2);
    await reader.setViewportSize({ width: 794, height: 1123 });
    await reader.emulateMedia({ media: "print" });
    await expectHarmless(reader);
    await photograph(reader, `recap-harm-${name}-print`, { fullPage: true });
  }
  const stage = await session.open("recap");
  await stage.getByRole("button", { name: "Take back" }).waitFor();
  await stage.getByRole("button", { name: "Edit the text" }).click();
  await expectHarmless(stage);
  expect(visit.complaints).toEqual([]);
});

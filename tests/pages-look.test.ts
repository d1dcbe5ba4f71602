import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  findSession,
  hasSetState,
  lookAt,
  PHONE,
  PHONE_ON_ITS_SIDE,
  PROJECTOR,
  photograph,
  SMALL_PHONE,
  shareBrowser,
  Visit,
} from "./browser.ts";
import { type Deployment, shareDeployment } from "./deployment.ts";

let revint: Deployment;
let browser: Browser;
/** A talk with some life in it; every page below shows it. */
let talk: { token: string; session: string };
let room: Visit;

beforeAll(async () => {
  [revint, browser] = await Promise.all([shareDeployment(), shareBrowser()]);
  const token = await revint.sign({ name: "The room answers back" });
  room = new Visit(browser, revint.url);
  const deck = await room.open(`/demo#/2&token=${token}`, PROJECTOR);
  const session = await findSession(deck);
  await hasSetState(deck);
  talk = { token, session };
  for (const taps of ["👍👍👍👍👍👏👏🤯🤯🤯", "👍👍❤️❤️😂👏", "❓👍"]) {
    const phone = await room.open(`/join?session=${session}`, PHONE);
    for (const { segment } of new Intl.Segmenter().segment(taps)) {
      await phone.getByRole("button").filter({ hasText: segment }).tap();
    }
  }
  await deck.locator('.counts li[aria-label="Thumbs up: 8"]').waitFor({ state: "attached" });
});
afterAll(async () => {
  await room?.end();
});

const phones = { phone: PHONE, small: SMALL_PHONE, side: PHONE_ON_ITS_SIDE } as const;

/** Every page there is: its name, its address, and what tells that it is there. */
const pages: readonly (readonly [name: string, address: () => string, ready: string])[] = [
  ["landing", () => "/", "h1"],
  ["join", () => `/join?session=${talk.session}`, ".reaction"],
  ["join-which", () => "/join", "form"],
  ["join-lost", () => "/join?session=nobody-knows-this-one", "form"],
  ["stage", () => `/stage?session=${talk.session}#token=${talk.token}`, ".board svg.qr"],
  ["stage-ask", () => `/stage?session=${talk.session}`, "form"],
];

test.each(pages)("%s has no barrier and fits every screen", async (name, address, ready) => {
  const visit = new Visit(browser, revint.url);
  const sizes = { ...phones, projector: PROJECTOR };
  for (const [size, options] of Object.entries(sizes)) {
    const page = await visit.open(address(), options);
    await page.locator(ready).first().waitFor();
    expect(await lookAt(page, `${name}-${size}`)).toEqual([]);
    const { width } = options.viewport;
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  }
  const foreign = visit.complaints.filter((complaint) => !complaint.includes("status of 404"));
  expect(foreign).toEqual([]);
  await visit.end();
});

test("the deck has no barrier while it leads, follows, and asks", async () => {
  const visit = new Visit(browser, revint.url);
  const deck = await visit.open(`/demo#/2&token=${talk.token}`, PROJECTOR);
  await deck.locator('.counts li[aria-label="Thumbs up: 8"]').waitFor();
  expect(await lookAt(deck, `deck-projector`)).toEqual([]);
  await deck.keyboard.press("i");
  await deck.getByRole("dialog").waitFor();
  expect(await lookAt(deck, `deck-dialog-projector`)).toEqual([]);

  const follower = await visit.open(`/demo?session=${talk.session}`, PROJECTOR);
  await expect.poll(() => follower.evaluate("globalThis.Reveal?.getIndices().h")).toBe(2);
  await follower.keyboard.press("ArrowLeft");
  await follower.getByRole("button", { name: "Back to the speaker" }).waitFor();
  expect(await lookAt(follower, `deck-follows-projector`)).toEqual([]);
  await follower.keyboard.press("i");
  await follower.getByLabel("Host token").waitFor();
  expect(await lookAt(follower, `deck-asks-projector`)).toEqual([]);
  expect(visit.complaints).toEqual([]);
  await visit.end();
});

test("beside a narrow deck the overlay stands in the gutter, below a wide one in a bar, and covers no slide", async () => {
  const visit = new Visit(browser, revint.url);
  for (const [width, height] of [
    [1920, 1080],
    [2400, 1000],
    [1366, 768],
  ] as const) {
    const deck = await visit.open(`/demo#/2&token=${talk.token}`, { viewport: { width, height } });
    const card = deck.locator(".card");
    await card.waitFor();
    await deck.waitForTimeout(300);
    const [overlay, slides] = await Promise.all([card.boundingBox(), deck.locator(".slides").boundingBox()]);
    if (!overlay || !slides) throw new Error("nothing to measure");
    const isBeside = overlay.x >= slides.x + slides.width;
    const isBelow = overlay.y >= slides.y + slides.height;
    expect({ width, isClear: isBeside || isBelow }).toEqual({ width, isClear: true });
    await photograph(deck, `deck-${width}`);
  }
  await visit.end();
});

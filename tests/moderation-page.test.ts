import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import {
  findBarriers,
  intercept,
  lookAt,
  nextChange,
  openControls,
  PHONE,
  PROJECTOR,
  photograph,
  setScene,
  TALL_PHONE,
  type Visit,
} from "./browser.ts";
import { type Deployment, read } from "./deployment.ts";
import { openTalk } from "./open-talk.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => ({ revint, visit } = scene));

const start = () => openTalk({ revint, visit });

/** 26 minutes as the service would tell them; for the first one, the deck has not said where it is. */
function inventCourse(from: number) {
  const minute = 60_000;
  const bucket = 2;
  const stays = [
    { page: "0", from, until: from + minute },
    { page: "0.0", from: from + minute, until: from + 9 * minute },
    { page: "1.0", from: from + 9 * minute, until: from + 17 * minute },
    { page: "1.1", from: from + 17 * minute, until: from + 26 * minute },
  ];
  const pages = stays.map(({ page, ...stay }) => {
    const buckets: { at: number; count: number }[] = [];
    for (let at = stay.from; at < stay.until; at += bucket * 1000) {
      buckets.push({ at, count: at === stays[2]?.from ? 108 : 1 + ((at - from) % 7) });
    }
    return { page, title: null, dwell: [stay], total: 0, buckets };
  });
  return {
    ...{ from, until: from + 26 * minute, bucket, endedAt: null },
    ...{ total: 0, pages, people: [], moments: [] },
  };
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const faces = (phone: Page) => phone.locator(".reaction .face").allTextContents();

describe("the stage", () => {
  test("pauses reactions: phones say so and their buttons rest, until they are resumed", async () => {
    const { stage, phone } = await start();
    await button(stage, "Pause reactions").click();
    await phone.getByText("Reactions are paused.", { exact: true }).first().waitFor();
    expect(await button(phone, /^Thumbs up/).isDisabled()).toBe(true);
    expect(await phone.getByRole("status").textContent()).toBe("Reactions are paused.");
    await photograph(phone, "moderation-paused-phone");
    expect(await findBarriers(phone)).toEqual([]);
    await button(stage, "Resume reactions").click();
    await expect.poll(() => button(phone, /^Thumbs up/).isDisabled()).toBe(false);
    await button(phone, /^Thumbs up/).tap();
    await stage.getByRole("listitem", { name: "Thumbs up: 1 reaction" }).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("singles out who floods the room: a click blocks them, takes their reactions out, and can be undone", async () => {
    const { stage, phone } = await start();
    // Who is lively is forgotten after ten seconds, and pictures take their time: the clock stands still.
    await stage.clock.setFixedTime(Date.now());
    for (let tap = 0; tap < 12; tap++) await button(phone, /^Laughing/).tap();
    const lively = stage.getByRole("list", { name: "Who reacts most right now" }).getByRole("button");
    await lively.first().waitFor();
    await stage.getByRole("listitem", { name: "Laughing: 12 reactions" }).waitFor();
    await photograph(stage, "moderation-stage");
    expect(await findBarriers(stage)).toEqual([]);
    await lively.first().click();
    const dialog = stage.getByRole("dialog", { name: "Block this person?" });
    await dialog.waitFor();
    await photograph(stage, "moderation-block");
    expect(await findBarriers(stage)).toEqual([]);
    const uncount = dialog.getByLabel("Also take away the reactions they have already sent");
    expect(await uncount.isChecked()).toBe(false);
    await uncount.check();
    await button(stage, "Block").click();
    await stage.getByText("One person is blocked.").waitFor();
    await stage.getByRole("listitem", { name: "Laughing: 0 reactions" }).waitFor();

    await button(phone, /^Laughing/).tap();
    await phone.getByText("The host does not take your reactions at the moment.").waitFor();
    await photograph(phone, "moderation-blocked-phone");
    await button(stage, "Let them in again").click();
    await stage.getByRole("listitem", { name: "Laughing: 12 reactions" }).waitFor();
    await button(phone, /^Laughing/).tap();
    await stage.getByRole("listitem", { name: "Laughing: 13 reactions" }).waitFor();
    await expect.poll(() => phone.getByText("The host does not take").count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  test("shows when someone else drives, and takes over", async () => {
    const { stage, post, asHost } = await start();
    const invited = await read(CoHostAnswer, await post("hosts", { role: "presenter" }));
    const presenter = { token: invited.token, uid: invited.hostUid };
    expect(await button(stage, /take over/).count()).toBe(0);
    await post("driver", {}, presenter);
    await button(stage, /take over/).click();
    await expect.poll(() => button(stage, /take over/).count()).toBe(0);
    const state = { page: "1.0", state: "{}" };
    expect((await post("state", state, presenter)).status).toBe(409);
    expect((await post("state", state, asHost)).status).toBe(200);
  });

  test("draws when it was: the start, whole minutes, and now", async () => {
    const { sessionUid, token, path } = await start();
    const page = await visit.open("/", PROJECTOR);
    const from = Date.now() - 26 * 60_000;
    await page.route(`**${path}/timeline*`, (route) => route.fulfill({ json: inventCourse(from) }));
    await page.goto(`${revint.url}/stage?session=${sessionUid}#token=${token}`);
    const ticks = page.locator(".axis .tick");
    await expect.poll(() => ticks.count()).toBeGreaterThan(3);
    const [first, ...others] = await ticks.allTextContents();
    expect(first).toMatch(/^since \d\d:\d\d$/);
    expect(others).toEqual(["5 min", "10 min", "15 min", "20 min", "now"]);
    expect(await page.locator(".legend").textContent()).toBe("up to 8.8 a second");
    expect(await page.locator(".label").allTextContents()).toEqual(["Slide 1", "2", "2.2"]);
    await photograph(page, "stage-chart");
    expect(await findBarriers(page)).toEqual([]);
    await page.setViewportSize(TALL_PHONE.viewport);
    await page.locator(".timeline").scrollIntoViewIfNeeded();
    await photograph(page, "stage-chart-narrow");
  });

  test("opens the results as the host, and no token in an address", async () => {
    const { stage, token, post } = await start();
    expect(await stage.content()).not.toContain(token);
    const [results] = await Promise.all([
      stage.context().waitForEvent("page"),
      stage.getByRole("link", { name: "Results" }).click(),
    ]);
    await results.locator(".results .host").waitFor();
    expect(results.url()).not.toContain(token);
    await post("end", {});
    await stage.getByText("The session has ended.").waitFor();
    await stage.getByRole("link", { name: "Results" }).click();
    await stage.locator(".results .host").waitFor();
  });
});

describe("co-hosts", () => {
  /** Opens the panel, in a window of its own size. */
  async function openPanel(stage: Page) {
    await button(stage, "Co-hosts").click();
    const panel = stage.getByRole("dialog", { name: "Co-hosts" });
    await panel.getByText("Nobody yet.").waitFor();
    return panel;
  }

  test("are invited with a link that is shown once, listed, and removed", async () => {
    const { stage, sessionUid, path, token } = await start();
    const panel = await openPanel(stage);
    await panel.getByText("You drive the deck.").waitFor();
    await panel.getByLabel("Moderator").check();
    await button(stage, "Make an invitation link").click();
    const field = panel.getByLabel("Link to the stage");
    const link = new URL(await field.inputValue());
    const [, coHost, uid] = /^#token=(moderator:[\w:-]+)&uid=([\w-]{43})$/.exec(link.hash) ?? [];
    expect(`${link.origin}${link.pathname}${link.search}`).toBe(`${revint.url}/stage?session=${sessionUid}`);
    await panel.getByText("This link is a secret").waitFor();
    await panel.getByText("Moderator 1", { exact: true }).waitFor();
    expect(await panel.getByLabel("Address of the deck").count()).toBe(0);

    await stage.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await panel.getByRole("button", { name: "Copy" }).click();
    await panel.getByText("Copied.", { exact: true }).waitFor();
    expect(await stage.evaluate("navigator.clipboard.readText()")).toBe(link.href);

    const asModerator = { token: coHost ?? "", uid: uid ?? "" };
    const rules = () => revint.request("GET", `${path}/rules`, asModerator);
    expect((await rules()).status).toBe(200);
    // The link opens the stage, without what only the host may do.
    const moderators = await visit.open(link.href.slice(link.origin.length), PHONE);
    await openControls(moderators);
    await button(moderators, "Pause reactions").waitFor();
    expect(await button(moderators, "Co-hosts").count()).toBe(0);
    expect(moderators.url()).not.toContain("token");
    // Or it would ask in vain once they are removed.
    await moderators.context().close();
    // Closed, and the link is gone for good; who was invited is not.
    await stage.keyboard.press("Escape");
    await expect.poll(() => panel.count()).toBe(0);
    expect(await stage.content()).not.toContain(coHost);
    expect(await stage.content()).not.toContain(token);
    await button(stage, "Co-hosts").click();
    await panel.getByText("Moderator 1", { exact: true }).waitFor();
    expect(await field.count()).toBe(0);

    // A double click is a press and no answer, and what is pressed next takes it back.
    await panel.getByRole("button", { name: "Remove Moderator 1" }).dblclick();
    await panel.getByRole("button", { name: "Really remove Moderator 1?" }).waitFor();
    await panel.getByRole("heading", { name: "Invited" }).click();
    await panel.getByRole("button", { name: "Remove Moderator 1", exact: true }).click();
    expect((await rules()).status).toBe(200);
    await panel.getByRole("button", { name: "Really remove Moderator 1?" }).click();
    await panel.getByText("Nobody yet.").waitFor();
    await expect.poll(() => stage.evaluate("document.activeElement.textContent")).toBe("Invited");
    expect((await rules()).status).toBe(403);
    expect(visit.requests.filter((url) => url.includes("token") || url.includes(token))).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test("drive as presenters, which the panel shows and takes back", async () => {
    const { stage, path, sessionUid } = await start();
    const panel = await openPanel(stage);
    await button(stage, "Make an invitation link").click();
    const address = panel.getByLabel("Address of the deck");
    for (const wrong of ["talks.example.org/deck.html", "javascript:alert(1)"]) {
      await address.fill(wrong);
      await stage.keyboard.press("Enter");
      await panel.getByText("Please paste the whole address of the deck").waitFor();
    }
    await address.fill(`${revint.url}/demo?v=2#/1`);
    await button(stage, "Make the link to the deck").click();
    const link = await panel.getByLabel("Link to the deck").inputValue();
    const [, token = "", uid = ""] = /#\/1&token=([^&]+)&uid=(.+)$/.exec(link) ?? [];
    const presenter = { token, uid };
    const deck = await visit.open(link, PROJECTOR);
    const takenAlong = nextChange(deck, "/state");
    await deck.getByRole("button", { name: "Take over" }).click();
    await takenAlong;
    const place = `${revint.url}/demo?v=2&session=${sessionUid}#`;
    await expect.poll(() => deck.url().startsWith(place) && !deck.url().includes("token")).toBe(true);
    await panel.getByText("Presenter 1 drives the deck.").waitFor();
    await panel.getByText("drives now").waitFor();
    await panel.getByRole("button", { name: "Take over" }).click();
    await panel.getByText("You drive the deck.").waitFor();
    const json = { page: "1.0", state: "{}" };
    expect((await revint.request("POST", `${path}/state`, { ...presenter, json })).status).toBe(409);
    expect(visit.complaints).toEqual([]);
  });

  test("are invited with the keyboard alone, and each step is where the focus is", async () => {
    const { stage } = await start();
    const panel = await openPanel(stage);
    await panel.getByLabel("Presenter").focus();
    await stage.keyboard.press("ArrowDown");
    await stage.keyboard.press("Tab");
    await stage.keyboard.press("Enter");
    await panel.getByRole("heading", { name: "The new moderator's link" }).waitFor();
    const focused = () => stage.evaluate("document.activeElement.textContent");
    await expect.poll(focused).toBe("The new moderator's link");
    await stage.keyboard.press("Escape");
    await expect.poll(focused).toBe("Co-hosts");
  });

  test("are invited and removed even when the list can't be read afterwards", async () => {
    const { stage, path } = await start();
    const panel = await openPanel(stage);
    const lose = () =>
      intercept(stage, `**${path}/hosts`, (route) =>
        route.request().method() === "GET" ? route.abort() : route.continue(),
      );
    const unread = panel
      .getByRole("alert")
      .filter({ hasText: "Who is invited can't be read at the moment." });
    await lose();
    await button(stage, "Make an invitation link").click();
    await panel.getByLabel("Link to the stage").waitFor();
    await unread.waitFor();
    await stage.unrouteAll();
    await button(stage, "Try again").click();
    await panel.getByRole("button", { name: "Remove Presenter 1" }).click();
    await lose();
    await panel.getByRole("button", { name: "Really remove Presenter 1?" }).click();
    await panel.getByText("Presenter 1 is removed").waitFor();
    await unread.waitFor();
    await stage.unrouteAll();
    await button(stage, "Try again").click();
    await panel.getByText("Nobody yet.").waitFor();
  });

  test("are up to fifty, and the panel says so", async () => {
    const { stage, post } = await start();
    await Promise.all(Array.from({ length: 50 }, () => post("hosts", { role: "moderator" })));
    await button(stage, "Co-hosts").click();
    const panel = stage.getByRole("dialog", { name: "Co-hosts" });
    await panel.getByText("Moderator 50", { exact: true }).waitFor();
    await button(stage, "Make an invitation link").click();
    await panel.getByRole("alert").filter({ hasText: "up to 50 co-hosts" }).waitFor();
  });

  test("are not lost when the panel is closed while their invitation is on its way", async () => {
    const { stage, path } = await start();
    const panel = await openPanel(stage);
    const asked = Promise.withResolvers<void>();
    const free = Promise.withResolvers<void>();
    await intercept(stage, `**${path}/hosts`, async (route) => {
      if (route.request().method() === "POST") asked.resolve();
      await free.promise;
      await route.continue();
    });
    await button(stage, "Make an invitation link").click();
    await asked.promise;
    await stage.keyboard.press("Escape");
    await expect.poll(() => panel.count()).toBe(0);
    free.resolve();
    await button(stage, "Co-hosts").click();
    await panel.getByLabel("Link to the stage").waitFor();
    await panel.getByText("Presenter 1", { exact: true }).waitFor();
  });

  test("are not waited for without an end", async () => {
    const { stage, path } = await start();
    const panel = await openPanel(stage);
    const asked = Promise.withResolvers<void>();
    await stage.clock.install();
    await intercept(stage, `**${path}/hosts`, () => asked.resolve());
    await button(stage, "Make an invitation link").click();
    await asked.promise;
    await stage.clock.fastForward(10_000);
    await panel.getByRole("alert").filter({ hasText: "The service did not do this." }).waitFor();
  });

  test("can't be read for a moment: the panel says so and tries again", async () => {
    const { stage, path } = await start();
    await intercept(stage, `**${path}/hosts`, (route) => route.abort(), { times: 1 });
    await button(stage, "Co-hosts").click();
    await stage.getByText("Who is invited can't be read at the moment.").waitFor();
    await button(stage, "Try again").click();
    await stage.getByText("Nobody yet.").waitFor();
  });

  test("have a panel without barriers that fits every screen", async () => {
    const { token, sessionUid } = await start();
    for (const [size, options] of Object.entries({ phone: TALL_PHONE, projector: PROJECTOR })) {
      const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, options);
      await stage.locator(".board").waitFor();
      await photograph(stage, `stage-${size}`);
      await stage.locator(".timeline").scrollIntoViewIfNeeded();
      expect(await lookAt(stage, `stage-chart-${size}`)).toEqual([]);
      await openControls(stage);
      expect(await lookAt(stage, `stage-controls-${size}`)).toEqual([]);
      await button(stage, "Co-hosts").click();
      const panel = stage.getByRole("dialog", { name: "Co-hosts" });
      await panel.getByRole("heading", { name: "Invited" }).waitFor();
      expect(await lookAt(stage, `co-hosts-${size}`)).toEqual([]);
      await button(stage, "Make an invitation link").click();
      await panel.getByLabel("Address of the deck").fill("https://talks.example.org/deck.html");
      await button(stage, "Make the link to the deck").click();
      await panel.getByLabel("Link to the deck").waitFor();
      expect(await lookAt(stage, `co-hosts-link-${size}`)).toEqual([]);
      const width = await stage.evaluate("document.querySelector('dialog').scrollWidth");
      expect(width).toBeLessThanOrEqual(options.viewport.width);
    }
  });
});

test("a title that is read from the right is so on the stage and on phones, and cuts nothing off", async () => {
  const token = await revint.sign({ name: "محاضرة عن القاعات" });
  const { sessionUid, hostUid } = await revint.host(token);
  const titled = { title: "مرحبا بكم، كيف حالكم اليوم؟ (1/3)", subtitle: "أي لغة، وأي اتجاه." };
  const json = { page: "0.0", state: JSON.stringify(titled) };
  await revint.request("POST", `/api/v1/session/${sessionUid}/state`, { token, uid: hostUid, json });
  for (const [size, options] of Object.entries({ phone: TALL_PHONE, projector: PROJECTOR })) {
    const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, options);
    const phone = await visit.open(`/join?session=${sessionUid}`, options);
    for (const page of [stage, phone]) {
      const title = page.getByText(titled.title).locator("visible=true").first();
      await title.waitFor();
      expect(await title.getAttribute("dir")).toBe("auto");
      const width = await page.evaluate("document.documentElement.scrollWidth");
      expect(width).toBeLessThanOrEqual(options.viewport.width);
    }
    // A translation's whole page is; a link reads from the left there too.
    await stage.evaluate("document.documentElement.dir = 'rtl'");
    const direction = "getComputedStyle(document.querySelector('.url bdi')).direction";
    expect(await stage.evaluate(direction)).toBe("ltr");
    await photograph(stage, `rtl-stage-${size}`);
    await photograph(phone, `rtl-join-${size}`);
  }
  expect(visit.complaints).toEqual([]);
});

describe("rules on a phone", () => {
  test("hide what is not taken on this slide, and offer the answers of a vote", async () => {
    const { phone, post } = await start();
    expect(await faces(phone)).toHaveLength(6);
    await post("rules", { reactions: ["👏", "👍"], pages: { "1.0": ["Yes", "No"] } });
    await expect.poll(() => faces(phone)).toEqual(["👍", "👏"]);
    await post("state", { page: "1.0", state: JSON.stringify({ title: "Vote" }) });
    await expect.poll(() => faces(phone)).toEqual(["Yes", "No"]);
    await button(phone, /^Yes/).tap();
    await expect.poll(() => phone.locator(".count").first().textContent()).toBe("1");
    await photograph(phone, "moderation-vote-phone");
    await post("rules", {});
    await expect.poll(() => faces(phone)).toEqual(["👍", "❤️", "😂", "🤯", "👏", "❓"]);
    expect(visit.complaints).toEqual([]);
  });
});

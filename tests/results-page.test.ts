import { readFile } from "node:fs/promises";
import type { Browser, BrowserContextOptions, Download, Page } from "playwright-core";
import { readSheet } from "read-excel-file/node";
import { describe, expect, test } from "vitest";
import type * as z from "zod";
import type { TimelineAnswer } from "../shared/protocol/timeline.schema.ts";
import {
  findBarriers,
  intercept,
  lookAt,
  PHONE,
  PROJECTOR,
  photograph,
  SMALL_PHONE,
  setScene,
  TALL_PHONE,
  Visit,
} from "./browser.ts";
import type { Deployment } from "./deployment.ts";
import { FlakyNetwork } from "./flaky-network.ts";
import { startSession } from "./started-session.ts";

let revint: Deployment;
let browser: Browser;
let visit: Visit;
setScene((scene) => ({ revint, browser, visit } = scene), {
  rooms: { ROOM_CAPACITY: "5", ROOM_FANOUT: "2" },
});

/** A session with 12 people who reacted on two titled slides, and how its results are opened. */
async function talk(name = "On rooms and reactions") {
  const facts = { expectedAudience: 12, reactions: ["👍", "👏"] };
  const session = await startSession(revint, facts, {
    name: `${name} ${Math.random().toString(36).slice(2, 8)}`,
  });
  const { token, sessionUid } = session;
  const setState = (page: string, title: string) => session.setState(page, JSON.stringify({ title }));
  const people = await Promise.all(Array.from({ length: 12 }, session.join));
  const react = (page: string, reaction: string, count: number) =>
    Promise.all(people.slice(0, count).map((person) => session.react(person, page, reaction)));
  await setState("0.0", "The room answers back");
  await react("0.0", "👍", 12);
  await setState("1.0", '=1+1, "quoted" <b>title</b>');
  await react("1.0", "👏", 7);
  await expect.poll(async () => (await session.totals()).total).toBe(19);
  return {
    ...session,
    people,
    setState,
    react,
    open: (options: BrowserContextOptions = PROJECTOR) =>
      visit.open(`/results?session=${sessionUid}#token=${token}`, options),
    openAsUser: (options: BrowserContextOptions = PHONE) =>
      visit.open(`/results?session=${sessionUid}`, options),
  };
}

const figure = (page: Page, name: string) =>
  page.locator(".figures div", { hasText: name }).locator("dd").textContent();

const readSaved = async (file: Download): Promise<string> => readFile(await file.path(), "utf8");

/** The file that a click on this button saves. */
async function save(page: Page, name: string): Promise<Download> {
  const [saved] = await Promise.all([
    page.waitForEvent("download", { timeout: 0 }),
    page.getByRole("button", { name }).click(),
  ]);
  return saved;
}

async function download(page: Page, name: string): Promise<{ name: string; text: string }> {
  const saved = await save(page, name);
  return { name: saved.suggestedFilename(), text: await readSaved(saved) };
}

describe("the host after the talk", () => {
  test("sees figures, slides and a table, and the token is nowhere to be seen", async () => {
    const { token, sessionUid, open } = await talk();
    const page = await open();
    await page.locator(".results").waitFor();
    expect(await figure(page, "Reactions")).toBe("19");
    expect(await figure(page, "People")).toBe("12");
    const slides = page.locator(".slide");
    expect(await slides.count()).toBe(2);
    expect(await slides.nth(0).textContent()).toContain("The room answers back");
    expect(await slides.nth(0).getByRole("listitem", { name: "Thumbs up: 12" }).count()).toBe(1);
    expect(await slides.nth(1).locator("b").count()).toBe(0);
    await page.getByText("All numbers as a table").click();
    const rows = await page.locator("tbody tr").allTextContents();
    expect(rows).toHaveLength(2);
    expect(await page.locator("tfoot td").last().textContent()).toBe("19");
    expect(await page.locator(".column").count()).toBeGreaterThan(0);

    expect(page.url()).toBe(`${revint.url}/results?session=${sessionUid}`);
    expect(await page.content()).not.toContain(token);
    expect(visit.requests.filter((url) => url.includes(token))).toEqual([]);
    await page.reload();
    await page.locator(".results .host").waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("sees them grow while the talk still runs", async () => {
    const { open, people, path } = await talk();
    const page = await open();
    await page.locator(".results").waitFor();
    const [person] = people;
    await revint.request("POST", `${path}/user/${person?.uid}/react`, {
      ...person,
      json: { page: "1.0", reaction: "👏" },
    });
    // It asks every ten seconds.
    await expect.poll(() => figure(page, "Reactions"), { timeout: 60_000 }).toBe("20");
  });

  test("takes every reaction along, as a spreadsheet and as data", async () => {
    const { open } = await talk('A "talk" / with: signs');
    const page = await open();
    await page.locator(".results").waitFor();
    const csv = await download(page, "Spreadsheet (CSV)");
    expect(csv.name).toMatch(/^revint-a-talk-with-signs-.*\.csv$/);
    expect(csv.text.startsWith("\uFEFFtime,page,title,reaction,participant,cursor\r\n")).toBe(true);
    expect(csv.text.trimEnd().split("\r\n")).toHaveLength(20);
    const data = await download(page, "Data (NDJSON)");
    const rows = data.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(19);
    expect(rows.filter((row) => row.page === "1.0")).toHaveLength(7);
    await page.getByText("Saved.").waitFor();
    const workbook = await save(page, "Spreadsheet (Excel)");
    expect(workbook.suggestedFilename()).toMatch(/^revint-a-talk-with-signs-.*\.xlsx$/);
    const [heading, ...cells] = await readSheet(await workbook.path());
    expect(heading).toEqual(["time (UTC)", "page", "title", "reaction", "participant"]);
    // The same rows in the same order, of participants with other numbers; a formula is the text that somebody wrote.
    expect(cells.map(([, page, title, reaction]) => [page, title, reaction])).toEqual(
      rows.map(({ page, title, reaction }) => [page, title, reaction]),
    );
    for (const [time, , , , participant] of cells) {
      expect([time, participant]).toEqual([expect.any(Date), expect.any(Number)]);
    }
    expect(cells.filter(([, , title]) => title === '=1+1, "quoted" <b>title</b>')).toHaveLength(7);
    expect(visit.complaints).toEqual([]);
  });

  test("has a large download written straight into a file, where the browser can", async () => {
    const { token, sessionUid } = await talk();
    const page = await visit.open("/", PROJECTOR);
    // A person would choose a place here; the test's place is the page itself.
    await page.addInitScript(`
      globalThis.written = "";
      globalThis.showSaveFilePicker = async ({ suggestedName }) => ({
        createWritable: async () => new WritableStream({
          write(chunk) { written += new TextDecoder().decode(chunk); },
          close() { written += "closed " + suggestedName; },
        }),
      });`);
    const totals = { pages: {}, total: 1_000_000, participants: 12 };
    await page.route("**/reactions", (route) => route.fulfill({ json: totals }));
    await page.goto(`${revint.url}/results?session=${sessionUid}#token=${token}`);
    await page.getByRole("button", { name: "Data (NDJSON)" }).click();
    await page.getByText("Saved.").waitFor();
    const written = String(await page.evaluate("written"));
    expect(written.split("\n")).toHaveLength(20);
    expect(written).toMatch(/\nclosed revint-.*\.ndjson$/);
    expect(visit.complaints).toEqual([]);
  });

  test("a token of another session is refused kindly, and one that a tab kept for another is not used", async () => {
    const [first, second] = [await talk(), await talk()];
    const page = await visit.open(`/results?session=${second.sessionUid}#token=${first.token}`, PROJECTOR);
    await page.getByText(/^This does not open this session/).waitFor();
    await page.getByLabel("Host token").fill(second.token);
    await page.getByRole("button", { name: "Open" }).click();
    await page.locator(".results .host").waitFor();
    await page.goto(`${revint.url}/results?session=${first.sessionUid}`);
    await page.getByRole("heading", { name: "These results are not open" }).waitFor();
  });
});

describe("a download whose connection breaks off", () => {
  /** A talk's results over a network of our own, and what went wrong on the page. */
  async function openFlaky() {
    const { token, sessionUid } = await talk();
    const network = await FlakyNetwork.before(revint.url);
    const away = new Visit(browser, network.url);
    const page = await away.open(`/results?session=${sessionUid}#token=${token}`, TALL_PHONE);
    await page.locator(".results .host").waitFor();
    const end = async () => {
      await away.end();
      await network.close();
    };
    return { network, page, end };
  }
  const listExports = ({ requests }: FlakyNetwork) => requests.filter((line) => line.includes("/export"));
  /** How many reactions the page says are saved already; none while the connection is broken. */
  const countSaved = async (page: Page) => {
    const [text] = await page.getByRole("button", { name: /^Saving \d+ of/ }).allTextContents();
    return Number(text?.match(/\d+/)?.[0] ?? 0);
  };

  test.each([
    ["Spreadsheet (CSV)", "\r\n", /,([\w.'-]+)$/, 20],
    ["Data (NDJSON)", "\n", /"cursor":"([^"]+)"/, 19],
  ] as const)("goes on where it was: %s has each reaction once", async (button, newline, cursor, lines) => {
    const { network, page, end } = await openFlaky();
    network.holdAnswers("/export", 900);
    const saved = page.waitForEvent("download", { timeout: 0 });
    await page.getByRole("button", { name: button }).click();
    for (const attempt of [1, 2, 3]) {
      await expect.poll(() => listExports(network)).toHaveLength(attempt);
      await expect.poll(() => countSaved(page)).toBeGreaterThan(0);
      if (attempt === 3) network.restore();
      network.breakOff();
    }
    const text = await readSaved(await saved);
    const rows = text.trimEnd().split(newline);
    expect(rows).toHaveLength(lines);
    expect(text.endsWith(newline)).toBe(true);
    expect(new Set(rows.map((row) => cursor.exec(row)?.[1])).size).toBe(lines);
    expect(rows.filter((row) => row.includes("👏"))).toHaveLength(7);
    await page.getByText("Saved.").waitFor();
    // Each time it asked only for what was missing.
    const asked = listExports(network);
    expect(asked).toHaveLength(4);
    expect(asked.filter((line) => line.includes("cursor="))).toHaveLength(3);
    expect(new Set(asked).size).toBe(4);
    await end();
  });

  test("goes on where it was for a workbook, too: it is made here, of the rows that come", async () => {
    const { network, page, end } = await openFlaky();
    network.holdAnswers("/export", 900);
    const saved = page.waitForEvent("download", { timeout: 0 });
    await page.getByRole("button", { name: "Spreadsheet (Excel)" }).click();
    await expect.poll(() => countSaved(page)).toBeGreaterThan(0);
    network.restore();
    network.breakOff();
    const [, ...rows] = await readSheet(await (await saved).path());
    expect(rows).toHaveLength(19);
    expect(new Set(rows.map(([, page, , , participant]) => `${page} ${participant}`)).size).toBe(19);
    const asked = listExports(network);
    expect(asked.filter((line) => line.includes("format=ndjson"))).toHaveLength(2);
    expect(asked.filter((line) => line.includes("cursor="))).toHaveLength(1);
    await end();
  });

  test("says how far it came when trying again does not help, saves nothing, and works later", async () => {
    const { network, page, end } = await openFlaky();
    let saved = 0;
    page.on("download", () => saved++);
    await page.clock.install();
    network.holdAnswers("/export", 900);
    await page.getByRole("button", { name: "Data (NDJSON)" }).click();
    await expect.poll(() => countSaved(page)).toBeGreaterThan(0);
    network.cut();
    await page.getByRole("button", { name: "The connection broke off." }).waitFor();
    await photograph(page, "results-download-broken");
    const givenUp = page.getByText(/^The download broke off after [1-9]\d* of 19 reactions/);
    while ((await givenUp.count()) === 0) await page.clock.fastForward(30_000);
    await photograph(page, "results-download-failed");
    expect(await findBarriers(page)).toEqual([]);
    expect(saved).toBe(0);
    network.restore();
    const { text } = await download(page, "Data (NDJSON)");
    expect(text.trimEnd().split("\n")).toHaveLength(19);
    await end();
  });

  test("waits for a network that is away, however long, and goes on", async () => {
    const { open, path } = await talk();
    const page = await open();
    await page.locator(".results .host").waitFor();
    await page.clock.install();
    const isAway = page.getByRole("button", { name: "The connection broke off." });
    let tries = 0;
    await intercept(page, `**${path}/reactions/export*`, async (route) => {
      if (++tries === 1) await page.context().setOffline(true);
      await (tries < 9 ? route.abort() : route.continue());
    });
    await page.getByRole("button", { name: "Data (NDJSON)" }).click();
    await isAway.waitFor();
    while (tries < 8) await page.clock.fastForward(60_000);
    expect(await isAway.count()).toBe(1);
    const [saved] = await Promise.all([page.waitForEvent("download"), page.context().setOffline(false)]);
    expect((await readSaved(saved)).trimEnd().split("\n")).toHaveLength(19);
    await page.getByText("Saved.").waitFor();
  });

  test("is not tried again when the service refuses it", async () => {
    const { open, path } = await talk();
    const page = await open();
    await page.locator(".results .host").waitFor();
    let asked = 0;
    await intercept(page, `**${path}/reactions/export*`, async (route) => {
      asked++;
      await route.fulfill({
        status: 403,
        contentType: "application/problem+json",
        json: { code: "not_public", detail: "no" },
      });
    });
    await page.getByRole("button", { name: "Data (NDJSON)" }).click();
    await page.getByText("The service does not give this download any more.").waitFor();
    expect(asked).toBe(1);
  });
});

describe("slides", () => {
  test("stand in the order of the deck, stacks by their numbers, and titles in their own direction", async () => {
    const { open, setState, react } = await talk();
    for (const [page, title] of [
      ["9.0", "Ten"],
      ["3.10", "Far down the stack"],
      ["2.0", "مرحبا بكم في القاعة"],
      ["3.2", "Down the stack"],
      ["3.0", "A stack"],
    ] as const) {
      await setState(page, title);
    }
    await react("3.2", "👍", 3);
    const page = await open();
    const numbers = page.locator(".slides .number");
    await expect.poll(() => numbers.allTextContents()).toEqual(["1", "2", "3", "4", "4.3", "4.11", "10"]);
    await page.getByText("All numbers as a table").click();
    expect(await page.locator("tbody .number").allTextContents()).toEqual(await numbers.allTextContents());

    // An Arabic title is read from the right, and stands where all titles stand.
    const places =
      (await page.evaluate(`[...document.querySelectorAll(".slides > .slide > .name")].map((name) => {
      const range = document.createRange();
      range.selectNodeContents(name);
      const { left } = range.getBoundingClientRect();
      return [getComputedStyle(name).direction, Math.round(left - name.getBoundingClientRect().left)];
    })`)) as [string, number][];
    expect(places.map(([direction]) => direction)).toEqual(["ltr", "ltr", "rtl", "ltr", "ltr", "ltr", "ltr"]);
    expect(places.map(([, left]) => left)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    await photograph(page, "results-order-projector");
    await page.locator(".by-slide").scrollIntoViewIfNeeded();
    await photograph(page, "results-order-projector-2");
    expect(await findBarriers(page)).toEqual([]);
    const phone = await open(TALL_PHONE);
    await phone.locator(".by-slide").scrollIntoViewIfNeeded();
    await photograph(phone, "results-order-phone");
    expect(visit.complaints).toEqual([]);
  });
});

describe("everybody else", () => {
  test("is told kindly that results are not open, and sees them as soon as the host opens them", async () => {
    const { open, openAsUser } = await talk();
    const page = await open();
    const phone = await openAsUser();
    await phone.getByRole("heading", { name: "These results are not open" }).waitFor();
    await photograph(phone, "results-not-public-phone");

    const toggle = page.getByRole("switch", { name: "Everyone with the link" });
    expect(await toggle.getAttribute("aria-checked")).toBe("false");
    await toggle.click();
    await expect.poll(() => toggle.getAttribute("aria-checked")).toBe("true");
    await phone.reload();
    await phone.locator(".results").waitFor();
    expect(await figure(phone, "Reactions")).toBe("19");
    expect(await phone.locator(".host").count()).toBe(0);
    const { text } = await download(phone, "Data (NDJSON)");
    expect(text.trimEnd().split("\n")).toHaveLength(19);

    await toggle.click();
    await expect.poll(() => toggle.getAttribute("aria-checked")).toBe("false");
    await phone.reload();
    await phone.getByRole("heading", { name: "These results are not open" }).waitFor();
  });

  test("hears that there is no such session, or that the link names none", async () => {
    const page = await visit.open("/results?session=nobody", PHONE);
    await page.getByRole("heading", { name: "No such session" }).waitFor();
    await page.goto(`${revint.url}/results`);
    await page.getByRole("heading", { name: "Which session?" }).waitFor();
    const { sessionUid } = await talk();
    await page.getByLabel("Session").fill(`${revint.url}/join?session=${sessionUid}`);
    await page.getByRole("button", { name: "Show its results" }).click();
    await page.getByRole("heading", { name: "These results are not open" }).waitFor();
    expect(page.url()).toBe(`${revint.url}/results?session=${sessionUid}`);
  });
});

describe("the end", () => {
  test("is asked about, closes the phones, opens the results where wanted, and keeps them", async () => {
    const { open, openAsUser, sessionUid } = await talk();
    const phone = await visit.open(`/join?session=${sessionUid}`, PHONE);
    await phone.locator(".reactions").waitFor();
    const page = await open();
    await page.getByRole("button", { name: "End the session…" }).click();
    const dialog = page.getByRole("dialog", { name: "End this session?" });
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
    await page.getByRole("button", { name: "End the session…" }).click();
    await dialog.getByLabel("Let everyone see the results").check();
    await photograph(page, "results-end-projector");
    await dialog.getByRole("button", { name: "End the session" }).click();
    await page.getByRole("heading", { name: "The session has ended. Its results stay." }).waitFor();
    const ended = page.getByRole("region", { name: "The session has ended. Its results stay." });
    const focused = () => page.evaluate("document.activeElement.getAttribute('aria-labelledby')");
    await expect.poll(focused).toBe("ended");
    const link = page.getByLabel("Link to these results");
    expect(await link.inputValue()).toBe(`${revint.url}/results?session=${sessionUid}`);
    await photograph(page, "results-ended-projector");
    expect(await findBarriers(page)).toEqual([]);
    await phone.getByRole("heading", { name: "It's over" }).waitFor();
    expect(await page.locator(".when").textContent()).toContain("Ended");
    expect(await page.getByRole("button", { name: "End the session…" }).count()).toBe(0);

    // Who took part still gets in, with the uid that their browser kept.
    await phone.goto(`${revint.url}/results?session=${sessionUid}`);
    await phone.locator(".results").waitFor();
    expect(await figure(phone, "Reactions")).toBe("19");
    await page.reload();
    await page.locator(".results .host").waitFor();
    expect(await figure(page, "Reactions")).toBe("19");
    // Later too: what to hand on, and whether it is open, which can still be changed.
    expect(await link.inputValue()).toBe(`${revint.url}/results?session=${sessionUid}`);
    expect(await ended.count()).toBe(0);
    await page.setViewportSize(TALL_PHONE.viewport);
    await link.scrollIntoViewIfNeeded();
    await photograph(page, "results-ended-later-phone");
    const stranger = await openAsUser();
    await stranger.locator(".results").waitFor();
    expect(visit.complaints.filter((line) => !line.includes("410"))).toEqual([]);
  });
});

describe("deleting", () => {
  test("takes a typed word, tells what is left until nothing is, and leaves nothing", async () => {
    const { open, path } = await talk();
    const page = await open();
    let calls = 0;
    let isSeen = false;
    await page.route(`**${path}`, async (route) => {
      if (route.request().method() !== "DELETE" || (++calls > 2 && isSeen)) return route.continue();
      return route.fulfill({ status: 202, json: { left: ["users", "rooms"] } });
    });
    await page.getByRole("button", { name: "Delete everything…" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete everything?" });
    const confirm = dialog.getByRole("button", { name: "Delete for good" });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel("to confirm").fill("delte");
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel("to confirm").fill("delete");
    await photograph(page, "results-delete-projector");
    await confirm.click();
    await page.getByText("still to go: people who joined, reactions").waitFor();
    isSeen = true;
    await page.getByRole("heading", { name: "Everything is deleted" }).waitFor();
    expect(calls).toBeGreaterThan(2);
    expect((await revint.request("GET", path)).status).toBe(404);
    expect(await page.evaluate("Object.keys(sessionStorage)")).toEqual([]);
    await page.reload();
    await page.getByRole("heading", { name: "No such session" }).waitFor();
  });
});

const MINUTE = 60_000;

/** A talk of 48 minutes as the service would tell it, with so many slides; a made-up one, so that it looks the same each time. */
function inventTalk(slides: number): { timeline: z.infer<typeof TimelineAnswer>; totals: object } {
  const from = Date.UTC(2026, 10, 20, 14, 2);
  const until = from + 48 * MINUTE;
  const bucket = 15;
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const lengths = Array.from({ length: slides }, () => 0.3 + random());
  const sum = lengths.reduce((a, b) => a + b, 0);
  let at = from;
  const titles = [
    "What a room knows",
    "Why phones?",
    "A live question",
    "The one slide that everybody remembers",
    "Counting",
  ];
  const reactions = ["👍", "❤️", "😂", "🤯", "👏", "❓"];
  const totals: Record<string, Record<string, number>> = {};
  const pages = lengths.map((length, index) => {
    const begin = at;
    at += (length / sum) * (until - from);
    const heat = index % 7 === 3 ? 90 : 22;
    const buckets: { at: number; count: number }[] = [];
    for (let t = Math.ceil(begin / 15_000) * 15_000; t < at; t += bucket * 1000) {
      buckets.push({ at: t, count: Math.round(heat * random() * (1 - (t - begin) / (at - begin + 1)) + 2) });
    }
    const total = buckets.reduce((a, b) => a + b.count, 0);
    const page = `${index}.0`;
    const counts: Record<string, number> = {};
    let left = total;
    for (const reaction of reactions) {
      const count = reaction === "❓" ? left : Math.floor(left * random() * 0.7);
      if (count > 0) counts[reaction] = count;
      left -= count;
    }
    totals[page] = counts;
    const title = `${titles[index % titles.length] ?? ""}${index >= titles.length ? `, part ${Math.floor(index / titles.length) + 1}` : ""}`;
    return { page, title, dwell: [{ from: begin, until: at }], total, buckets };
  });
  const total = pages.reduce((a, b) => a + b.total, 0);
  const largest = pages
    .flatMap(({ page, title, buckets }) => buckets.map((b) => ({ ...b, page, title, factor: b.count / 12 })))
    .sort((a, b) => b.count - a.count)
    .slice(0, 5);
  const people = Array.from({ length: 140 }, (_, i) => ({
    at: from + i * 20_000,
    people: Math.round(180 * Math.min(1, i / 30) - (i > 120 ? (i - 120) * 6 : 0) + random() * 6),
  }));
  return {
    timeline: { from, until, bucket, endedAt: until, total, pages, people, moments: largest },
    totals: { pages: totals, total, participants: 212 },
  };
}

/** Opens the results of a made-up talk, as its host. */
async function openInvented(slides: number, options: BrowserContextOptions): Promise<Page> {
  const { token, sessionUid } = await talk();
  const { timeline, totals } = inventTalk(slides);
  const page = await visit.open("/", { timezoneId: "UTC", ...options });
  await page.route("**/timeline*", (route) => route.fulfill({ json: timeline }));
  await page.route("**/reactions", (route) => route.fulfill({ json: totals }));
  await page.goto(`${revint.url}/results?session=${sessionUid}#token=${token}`);
  await page.locator(".results .host").waitFor();
  return page;
}

describe("the page", () => {
  test("is legible and has no barriers", async () => {
    for (const [name, size] of Object.entries({ phone: PHONE, projector: PROJECTOR })) {
      const page = await openInvented(14, size);
      const { height } = size.viewport;
      await photograph(page, `results-${name}`);
      await page.evaluate(`scrollTo(0, ${height - 60})`);
      await photograph(page, `results-${name}-2`);
      await page.evaluate("scrollTo(0, document.body.scrollHeight)");
      expect(await lookAt(page, `results-${name}-end`)).toEqual([]);
      await page.getByText("All numbers as a table").click();
      expect(await lookAt(page, `results-${name}-table`)).toEqual([]);
      const width = await page.evaluate("document.documentElement.scrollWidth");
      expect(width).toBeLessThanOrEqual(size.viewport.width);
    }
    expect(visit.complaints).toEqual([]);
  });

  test("fits the smallest phone, and questions have no barriers either", async () => {
    const page = await openInvented(40, SMALL_PHONE);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
    for (const name of ["Delete everything…"]) {
      await page.getByRole("button", { name }).click();
      await page.getByRole("dialog").waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await photograph(page, "results-delete-phone");
      await page.keyboard.press("Escape");
    }
  });

  test.each([3, 24, 40, 120])("prints to one sheet: %i slides", async (slides) => {
    const page = await openInvented(slides, PROJECTOR);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 718, height: 1047 });
    await photograph(page, `results-print-${slides}`);
    const overflow =
      "(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('.results'))";
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(1);
  });

  test("is used with the keyboard alone", async () => {
    const { open } = await talk();
    const page = await open();
    const focused = () => page.evaluate("document.activeElement.textContent");
    const seen: unknown[] = [];
    await page.locator(".results .host").waitFor();
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press("Tab");
      seen.push(await focused());
    }
    expect(seen).toEqual(
      expect.arrayContaining([
        "All numbers as a table",
        "Print or save as PDF",
        "Spreadsheet (CSV)",
        "Everyone with the link may see these results",
        "Delete everything…",
      ]),
    );
  });
});

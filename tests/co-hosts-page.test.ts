import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { CoHostRole } from "../shared/protocol/co-host.ts";
import {
  findBarriers,
  intercept,
  nextChange,
  openControls,
  PHONE,
  PROJECTOR,
  photograph,
  setScene,
  TALL_PHONE,
  type Visit,
} from "./browser.ts";
import type { Deployment } from "./deployment.ts";
import { startSession } from "./started-session.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => ({ revint, visit } = scene));

/** A talk, and who is invited to it. */
async function start() {
  const session = await startSession(revint);
  const { sessionUid, path, asHost } = session;
  /** What comes behind the path of a co-host's link. */
  const invite = async (role: CoHostRole) => {
    const { token, uid } = await session.invite(role);
    return `?session=${sessionUid}#token=${token}&uid=${uid}`;
  };
  const removeCoHost = (link: string) => {
    const participant = /uid=(.{21})/.exec(link)?.[1] ?? "";
    return revint.request("DELETE", `${path}/hosts/${participant}`, asHost);
  };
  return { ...session, invite, removeCoHost };
}

async function openDeck(address: string): Promise<Page> {
  const deck = await visit.open(address, PROJECTOR);
  await deck.locator("[data-revint-qr] svg").waitFor({ state: "attached" });
  return deck;
}

/** On a wall and in a hand. */
async function photographBoth(page: Page, name: string): Promise<void> {
  await page.setViewportSize(TALL_PHONE.viewport);
  await photograph(page, `${name}-phone`);
  await page.setViewportSize(PROJECTOR.viewport);
  await photograph(page, name);
}

const whereIs = (deck: Page): Promise<string> =>
  deck.evaluate("(({ h, v }) => h + '.' + v)(Reveal.getIndices())");
const slide = (deck: Page, h: number): Promise<unknown> => deck.evaluate(`Reveal.slide(${h})`);
const notice = (deck: Page) => deck.getByRole("status").filter({ hasText: "Another presenter drives" });
const title = async (phone: Page): Promise<string> => (await phone.locator("h1").textContent()) ?? "";
/** Has a deck listen for the next state. @returns what gives that state's page, once it has come */
async function hearPage(deck: Page): Promise<() => Promise<unknown>> {
  await deck.evaluate(`globalThis.heard = new Promise((resolve) => {
    addEventListener("revint:state", ({ detail }) => resolve(detail.page), { once: true });
  }), undefined`);
  return () => deck.evaluate("heard");
}
/** Holds what a page asks for there until it may go on; resolves once it was asked for. */
async function hold(page: Page, where: string) {
  const asked = Promise.withResolvers<void>();
  const free = Promise.withResolvers<"continue" | "abort">();
  await intercept(page, where, async (route) => {
    asked.resolve();
    await route[await free.promise]();
  });
  return { asked: asked.promise, release: free.resolve };
}
/** Where a page has posted to. */
const listPosts = (page: Page): string[] => {
  const posts: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") posts.push(new URL(request.url()).pathname.replace(/.*\//, ""));
  });
  return posts;
};

describe("two presenters' decks", () => {
  test("one drives and the other goes along, says so, and takes over", async () => {
    const { token, sessionUid, invite } = await start();
    const deck = await openDeck(`/demo#token=${token}`);
    const phone = await visit.open(`/join?session=${sessionUid}`, PHONE);
    await slide(deck, 1);
    const link = await invite("presenter");
    const other = await openDeck(`/demo${link}`);
    await notice(other).waitFor();
    await expect.poll(() => other.url()).toBe(`${revint.url}/demo?session=${sessionUid}#/1`);
    await photographBoth(other, "deck-goes-along");
    expect(await findBarriers(other)).toEqual([]);

    // Looking ahead moves nobody, and the driver's next step takes it along.
    const posts = listPosts(other);
    await slide(other, 4);
    await slide(deck, 2);
    await expect.poll(() => whereIs(other)).toBe("2.0");
    expect(posts).toEqual([]);
    // By now the driver would have heard of another one.
    expect(await notice(deck).count()).toBe(0);

    await slide(other, 5);
    await other.getByRole("button", { name: "Take over" }).click();
    await expect.poll(() => whereIs(deck)).toBe("5.0");
    await expect.poll(() => title(phone)).toBe("مرحبا بكم");
    await notice(deck).waitFor();
    await expect.poll(() => notice(other).count()).toBe(0);
    await slide(other, 4);
    await expect.poll(() => whereIs(deck)).toBe("4.0");

    await deck.keyboard.press("t");
    await notice(other).waitFor();
    await slide(deck, 1);
    await expect.poll(() => whereIs(other)).toBe("1.0");
    await expect.poll(() => title(phone)).toBe("Your phone follows");
    expect(visit.complaints).toEqual([]);
  });

  test("two windows of one host go together, whoever drives", async () => {
    const { token, invite } = await start();
    const decks = [await openDeck(`/demo#token=${token}`), await openDeck(`/demo#token=${token}`)] as const;
    await slide(decks[0], 1);
    await expect.poll(() => whereIs(decks[1])).toBe("1.0");
    const other = await openDeck(`/demo${await invite("presenter")}`);
    await notice(other).waitFor();
    await other.keyboard.press("t");
    for (const deck of decks) await notice(deck).waitFor();
    await slide(other, 3);
    for (const deck of decks) await expect.poll(() => whereIs(deck)).toBe("3.0");
    // Whoever takes over takes the room along: only then the other window moves on.
    const takenAlong = nextChange(decks[1], "/state");
    await decks[1].keyboard.press("t");
    await takenAlong;
    await notice(other).waitFor();
    await expect.poll(() => notice(decks[0]).count()).toBe(0);
    await slide(decks[0], 4);
    for (const deck of [decks[1], other]) await expect.poll(() => whereIs(deck)).toBe("4.0");
  });

  describe("and a window in which nobody took over", () => {
    /** A presenter drives, on slide 4; both windows of the host look ahead, each to a slide of its own. */
    async function lookAhead() {
      const talk = await start();
      const { token, sessionUid, invite } = talk;
      const decks = [await openDeck(`/demo#token=${token}`), await openDeck(`/demo#token=${token}`)] as const;
      const phone = await visit.open(`/join?session=${sessionUid}`, PHONE);
      const link = await invite("presenter");
      const other = await openDeck(`/demo${link}`);
      await notice(other).waitFor();
      const takenAlong = nextChange(other, "/state");
      await other.keyboard.press("t");
      for (const deck of decks) await notice(deck).waitFor();
      await takenAlong;
      await slide(other, 4);
      for (const deck of decks) await expect.poll(() => whereIs(deck)).toBe("4.0");
      await slide(decks[0], 1);
      await slide(decks[1], 2);
      return { ...talk, decks, phone, link, other, posts: decks.map(listPosts) };
    }

    test("goes where the other window takes the room", async () => {
      const { decks, phone, other, posts } = await lookAhead();
      await decks[1].keyboard.press("t");
      for (const deck of [decks[0], other]) await expect.poll(() => whereIs(deck)).toBe("2.0");
      await expect.poll(() => title(phone)).toBe("How is it going?");
      expect(await whereIs(decks[1])).toBe("2.0");
      expect(posts).toEqual([[], ["driver", "state"]]);
    });

    test("stays with the room when the presenter who drives is removed", async () => {
      const { decks, phone, link, posts, removeCoHost } = await lookAhead();
      const before = await title(phone);
      await removeCoHost(link);
      for (const deck of decks) {
        await expect.poll(() => notice(deck).count()).toBe(0);
        await expect.poll(() => whereIs(deck)).toBe("4.0");
      }
      expect(posts).toEqual([[], []]);
      // It drives again: its next step moves the room.
      await slide(decks[0], 1);
      await expect.poll(() => title(phone)).toBe("Your phone follows");
      expect(before).not.toBe("Your phone follows");
      await expect.poll(() => whereIs(decks[1])).toBe("1.0");
    });

    test("stays with the room when the host takes over on the stage", async () => {
      const { token, sessionUid, decks, posts } = await lookAhead();
      const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, PROJECTOR);
      await openControls(stage);
      await stage.getByRole("button", { name: /take over/ }).click();
      for (const deck of decks) {
        await expect.poll(() => notice(deck).count()).toBe(0);
        await expect.poll(() => whereIs(deck)).toBe("4.0");
      }
      expect(posts).toEqual([[], []]);
    });
  });

  /** A presenter on slide 5 takes over; before that is answered, who drives has gone to slide 2, and they have heard it. */
  async function stepMeanwhile() {
    const { token, invite } = await start();
    const deck = await openDeck(`/demo#token=${token}`);
    const other = await openDeck(`/demo${await invite("presenter")}`);
    await notice(other).waitFor();
    await slide(other, 5);
    const { asked, release } = await hold(other, "**/driver");
    await other.keyboard.press("t");
    await asked;
    const heard = await hearPage(other);
    await slide(deck, 2);
    expect(await heard()).toBe("2.0");
    return { deck, other, release };
  }

  test("a step of the driver before, while somebody takes over, takes nobody along", async () => {
    const { deck, other, release } = await stepMeanwhile();
    expect(await whereIs(other)).toBe("5.0");
    release("continue");
    await expect.poll(() => whereIs(deck)).toBe("5.0");
    await notice(deck).waitFor();
    expect(await whereIs(other)).toBe("5.0");
  });

  test("who could not take over goes where the room has gone meanwhile", async () => {
    const { other, release } = await stepMeanwhile();
    release("abort");
    await expect.poll(() => whereIs(other)).toBe("2.0");
    await other.getByRole("status").filter({ hasText: "could not be reached" }).waitFor();
    await other.unrouteAll();
    await other.route("**/driver", (route) =>
      route.fulfill({
        status: 400,
        contentType: "application/problem+json",
        json: { code: "invalid_request", detail: "no" },
      }),
    );
    await other.keyboard.press("t");
    await other.getByRole("status").filter({ hasText: "did not accept this" }).waitFor();
  });

  test("a deck that stops leading stays where it is, whatever was on its way", async () => {
    const { token } = await start();
    const decks = [await openDeck(`/demo#token=${token}`), await openDeck(`/demo#token=${token}`)] as const;
    const { asked } = await hold(decks[0], "**/state");
    await slide(decks[0], 1);
    await asked;
    const heard = await hearPage(decks[0]);
    await slide(decks[1], 4);
    expect(await heard()).toBe("4.0");
    const ended = decks[0].waitForEvent("requestfailed");
    await decks[0].evaluate("Reveal.getPlugin('revint').leave()");
    await ended;
    expect(await whereIs(decks[0])).toBe("1.0");
  });

  test("without a network nobody takes over, and the deck says why", async () => {
    const { token, invite } = await start();
    const deck = await openDeck(`/demo#token=${token}`);
    const other = await openDeck(`/demo${await invite("presenter")}`);
    await notice(other).waitFor();
    await other.context().setOffline(true);
    await other.getByRole("button", { name: "Take over" }).click();
    await other.getByRole("status").filter({ hasText: "could not be reached" }).waitFor();
    await other.context().setOffline(false);
    await other.getByRole("button", { name: "Take over" }).click();
    await notice(deck).waitFor();
  });

  test("an invitation that was taken back leads nowhere, in words", async () => {
    const { token, invite, removeCoHost } = await start();
    const deck = await openDeck(`/demo#token=${token}`);
    const link = await invite("presenter");
    const other = await openDeck(`/demo${link}`);
    await notice(other).waitFor();
    await other.keyboard.press("t");
    await notice(deck).waitFor();
    await removeCoHost(link);
    // The host drives again, without having asked for it.
    await expect.poll(() => notice(deck).count()).toBe(0);
    await other.getByRole("alert").filter({ hasText: "taken back" }).waitFor();
  });
});

describe("an invitation link", () => {
  test("is pasted whole into the deck's dialog, and what is no such thing goes nowhere", async () => {
    const { invite } = await start();
    const link = `${revint.url}/demo${await invite("presenter")}`;
    const deck = await visit.open("/demo", PROJECTOR);
    await deck.locator(".reveal.ready").waitFor();
    await deck.keyboard.press("i");
    const field = deck.getByLabel("Host token or invitation link");
    for (const wrong of ["hello", `${revint.url}/demo`, link.replace(/&uid.*/, "")]) {
      await field.fill(wrong);
      await deck.keyboard.press("Enter");
      await deck.getByRole("alert").filter({ hasText: "neither a host token" }).waitFor();
    }
    expect(visit.requests.filter((url) => url.includes("/api/"))).toEqual([]);
    await photograph(deck, "deck-pass-refused");
    await field.fill(link);
    await deck.keyboard.press("Enter");
    await deck.getByRole("dialog", { name: "You lead this deck" }).waitFor();
    await deck.keyboard.press("Escape");
    await deck.reload();
    await notice(deck).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("wins over the session of the address, after a reload too", async () => {
    const [before, talk] = [await start(), await start()];
    const deck = await openDeck(`/demo?session=${before.sessionUid}&v=2`);
    await deck.keyboard.press("i");
    await deck.getByLabel("Host token or invitation link").fill(`/demo${await talk.invite("presenter")}`);
    await deck.keyboard.press("Enter");
    await deck.getByRole("dialog", { name: "You lead this deck" }).waitFor();
    expect(new URL(deck.url()).search).toBe(`?session=${talk.sessionUid}&v=2`);
    await deck.reload();
    await notice(deck).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("leaves the address, wherever in it its secrets stand", async () => {
    const { token, sessionUid, invite } = await start();
    const link = await invite("presenter");
    const secrets = link.replace(/.*#/, "");
    for (const end of [`#/3?session=${sessionUid}#token=${token}`, `?token=preview#/3?token=${token}`]) {
      const deck = await openDeck(`/demo${end}`);
      expect(deck.url()).not.toContain(token);
      expect(new URL(deck.url()).search).toBe(end.startsWith("?") ? "?token=preview" : "");
    }
    // Without a session in its query it is no whole invitation; a secret it is all the same.
    for (const end of [`#/3?session=${sessionUid}#${secrets}`, `#/3?${secrets}`]) {
      const deck = await visit.open(`/demo${end}`, PROJECTOR);
      await deck.getByRole("alert").filter({ hasText: "neither a host token" }).waitFor();
      expect(deck.url()).not.toMatch(/token=|uid=/);
    }
    const whole = await openDeck(`/demo?session=${sessionUid}#/3?${secrets}`);
    await notice(whole).waitFor();
    expect(whole.url()).not.toMatch(/token=|uid=/);
    expect(visit.requests.filter((url) => url.includes("token=") && !url.includes("preview"))).toEqual([]);
  });

  test.each(["/stage", "/results"])(
    "to %s is not lost when the service is out of reach for a moment",
    async (path) => {
      const { sessionUid, invite } = await start();
      const page = await visit.open("/", PROJECTOR);
      const fail = () =>
        page.route("**/api/**", (route) =>
          route.fulfill({
            status: 503,
            contentType: "application/problem+json",
            headers: { "retry-after": "600" },
            json: { code: "unavailable", detail: "out of reach" },
          }),
        );
      await fail();
      await page.goto(`${revint.url}${path}${await invite("moderator")}`);
      const again = page.getByRole("button", { name: "Try again" });
      await again.waitFor();
      await photographBoth(page, `unreachable${path.replace("/", "-")}`);
      expect(await findBarriers(page)).toEqual([]);
      await page.unrouteAll();
      await again.click();
      const isIn = page.locator(".board, .results .host");
      await isIn.waitFor();
      // Nor by a reload in the midst of it.
      await fail();
      await page.reload();
      await again.waitFor();
      await page.unrouteAll();
      await page.reload();
      await isIn.waitFor();
      expect(page.url()).toBe(`${revint.url}${path}?session=${sessionUid}`);
    },
  );

  test("to the stage waits for the service by itself", async () => {
    const { invite } = await start();
    const page = await visit.open("/", PROJECTOR);
    await page.route("**/api/**", (route) => route.abort(), { times: 2 });
    await page.goto(`${revint.url}/stage${await invite("moderator")}`);
    await page.locator(".board").waitFor();
  });

  test("that was taken back ends the stage, in words, and is forgotten", async () => {
    const { invite, removeCoHost } = await start();
    const link = await invite("moderator");
    const stage = await visit.open(`/stage${link}`, PROJECTOR);
    await stage.locator(".board").waitFor();
    await removeCoHost(link);
    await stage.getByRole("alert").filter({ hasText: "taken back" }).waitFor();
    await photographBoth(stage, "stage-taken-back");
    expect(await findBarriers(stage)).toEqual([]);
    expect(await stage.evaluate("Object.keys(sessionStorage)")).toEqual([]);
  });

  test("of a moderator lets a deck follow, and opens the stage", async () => {
    const { token, invite } = await start();
    const deck = await openDeck(`/demo#token=${token}`);
    const other = await openDeck(`/demo${await invite("moderator")}`);
    await slide(deck, 2);
    await expect.poll(() => whereIs(other)).toBe("2.0");
    await other.keyboard.press("ArrowRight");
    await other.getByRole("button", { name: "Back to the speaker" }).waitFor();
    await other.keyboard.press("i");
    await other.getByRole("dialog", { name: "You follow this deck" }).getByText("You moderate").waitFor();
    await photograph(other, "deck-moderator");
    expect(await findBarriers(other)).toEqual([]);
    const [stage] = await Promise.all([
      other.context().waitForEvent("page"),
      other.getByRole("button", { name: "Open the stage" }).click(),
    ]);
    await stage.locator(".board").waitFor();
    expect(await deck.locator(".card .people").textContent()).toContain("0 people");
    expect(visit.complaints).toEqual([]);
  });

  test.each([
    ["presenter", 0, 1],
    ["moderator", 1, 0],
  ] as const)(
    "of a %s opens stage and results, without what only others may",
    async (role, pauses, drives) => {
      const { token, sessionUid, post, invite } = await start();
      await post("state", { page: "0.0", state: JSON.stringify({ title: "A live question" }) });
      const link = await invite(role);
      const secret = /token=([^&]+)/.exec(link)?.[1] ?? "";
      const stage = await visit.open(`/stage${link}`, PROJECTOR);
      await stage.locator(".board").waitFor();
      expect(stage.url()).toBe(`${revint.url}/stage?session=${sessionUid}`);
      expect(await stage.content()).not.toContain(secret);
      await openControls(stage);
      expect(await stage.getByRole("button", { name: "Pause reactions" }).count()).toBe(pauses);
      expect(await stage.getByRole("button", { name: /take over/i }).count()).toBe(drives);
      expect(await stage.getByRole("button", { name: "Co-hosts" }).count()).toBe(0);
      await photographBoth(stage, `stage-${role}`);
      if (role === "moderator") {
        await stage.getByRole("button", { name: "Pause reactions" }).click();
        await stage.getByRole("button", { name: "Resume reactions" }).waitFor();
      }
      const [results] = await Promise.all([
        stage.context().waitForEvent("page"),
        stage.getByRole("link", { name: "Results" }).click(),
      ]);
      await results.locator("main.results").waitFor();
      expect(results.url()).toBe(`${revint.url}/results?session=${sessionUid}`);
      expect(await results.getByRole("switch", { name: /Everyone with the link/ }).count()).toBe(pauses);
      for (const name of ["End the session…", "Delete everything…"]) {
        expect(await results.getByRole("button", { name }).count()).toBe(0);
      }
      await results.reload();
      await results.locator("main.results").waitFor();
      await photographBoth(results, `results-${role}`);
      await results.context().close();

      const pasted = await visit.open(`/stage?session=${sessionUid}`, PROJECTOR);
      const before = visit.requests.length;
      await pasted.getByLabel("Host token").fill("hello");
      await pasted.getByRole("button", { name: "Watch" }).click();
      await pasted.getByRole("alert").filter({ hasText: "neither a host token" }).waitFor();
      expect(visit.requests.slice(before)).toEqual([]);
      await pasted.getByLabel("Host token").fill(`${revint.url}/demo${link}`);
      await pasted.getByRole("button", { name: "Watch" }).click();
      await pasted.locator(".board").waitFor();
      expect(await pasted.content()).not.toContain(secret);
      expect(pasted.url()).toBe(`${revint.url}/stage?session=${sessionUid}`);
      for (const one of [secret, token]) expect(visit.requests.join(" ")).not.toContain(one);
      expect(visit.complaints).toEqual([]);
    },
  );
});

describe("the deck says", () => {
  test("that the room is held together, and that the session is over, with its last counts", async () => {
    const { token, sessionUid, post } = await start();
    const deck = await openDeck(`/demo#token=${token}`);
    const follower = await openDeck(`/demo?session=${sessionUid}`);
    const phone = await visit.open(`/join?session=${sessionUid}`, PHONE);
    await phone.getByRole("button", { name: /^Thumbs up/ }).tap();
    await deck.locator('.counts li[aria-label="Thumbs up: 1"]').waitFor({ state: "attached" });
    const held = deck.locator(".card").getByText("Held together");
    expect(await held.count()).toBe(0);
    await deck.keyboard.press("t");
    await held.waitFor();
    await photographBoth(deck, "deck-held");
    expect(await findBarriers(deck)).toEqual([]);
    const letGo = nextChange(deck, "/state");
    await deck.keyboard.press("t");
    await expect.poll(() => held.count()).toBe(0);
    await letGo;

    await post("end", {});
    for (const one of [deck, follower]) await one.getByText("This session has ended").waitFor();
    await deck.locator('.counts li[aria-label="Thumbs up: 1"]').waitFor();
    await photographBoth(deck, "deck-ended");
    expect(await findBarriers(deck)).toEqual([]);
    const [results] = await Promise.all([
      deck.context().waitForEvent("page"),
      deck.getByRole("link", { name: "See the results" }).click(),
    ]);
    await results.locator(".results .host").waitFor();
    await deck.reload();
    await deck.getByRole("status").getByText("This session has ended").waitFor();
    await deck.getByRole("alert").filter({ hasText: "another name or date" }).waitFor();
    expect(await deck.locator(".card:visible, .bars:visible").count()).toBe(0);
    await photographBoth(deck, "deck-ended-before");
    const link = follower.getByRole("link", { name: "See the results" });
    expect(await link.getAttribute("href")).toBe(`${revint.url}/results?session=${sessionUid}`);
    expect(visit.complaints).toEqual([]);
  });

  test("its join code in a bar large enough to scan, and nothing covers the counts", async () => {
    const { token, sessionUid } = await start();
    const deck = await visit.open(`/demo#/2&token=${token}`, {
      ...PROJECTOR,
      reducedMotion: "no-preference",
    });
    const code = deck.locator(".card .qr");
    await code.waitFor();
    expect((await code.boundingBox())?.height).toBeGreaterThanOrEqual(110);
    const phone = await visit.open(`/join?session=${sessionUid}`, PHONE);
    await phone.getByRole("button", { name: /^Question/ }).tap();
    await deck.locator(".float").first().waitFor({ state: "attached" });
    await photograph(deck, "deck-bar");
    const floats = await deck.locator(".floats").boundingBox();
    const last = await deck.locator(".counts li").last().boundingBox();
    if (!floats || !last) throw new Error("nothing to measure");
    expect(floats.x).toBeGreaterThanOrEqual(last.x + last.width);
    expect(visit.complaints).toEqual([]);
  });

  test("nothing on a slide without the overlay, which has the whole window", async () => {
    const { token } = await start();
    const deck = await openDeck(`/demo#/6&token=${token}`);
    const height = () => deck.locator(".reveal").evaluate((reveal) => reveal.clientHeight);
    expect(await height()).toBeLessThan(PROJECTOR.viewport.height);
    await deck.keyboard.press("ArrowRight");
    expect(await height()).toBe(PROJECTOR.viewport.height);
    await photograph(deck, "deck-no-overlay");
    await deck.keyboard.press("ArrowLeft");
    expect(await height()).toBeLessThan(PROJECTOR.viewport.height);
  });

  test("the join code in print too, where nothing connects, and only a session in the address is asked for its counts", async () => {
    const { token, sessionUid } = await start();
    const deck = await openDeck(`/demo#token=${token}`);
    const label = await deck.locator("[data-revint-qr] svg").getAttribute("aria-label");
    expect(label).toMatch(/\/\d{6}$/);
    // What the deck asked for before it was left is another story.
    await deck.goto("about:blank");
    const before = visit.requests.length;
    await deck.goto(`${revint.url}/demo?print-pdf`);
    const printed = deck.locator("[data-revint-qr] svg");
    await printed.waitFor();
    // Paper is read when the short address leads nowhere any more.
    expect(await printed.getAttribute("aria-label")).toContain(`/join?session=${sessionUid}`);
    await photograph(deck, "deck-print");
    // Another deck in the same tab, which has led nothing.
    const body = await (await revint.request("GET", "/demo")).text();
    await deck.route("**/another?print-pdf", (route) => route.fulfill({ contentType: "text/html", body }));
    await deck.goto(`${revint.url}/another?print-pdf`);
    await deck.locator("p.hint", { hasText: "Nothing to scan yet" }).waitFor();
    const elsewhere = await visit.open(`/demo?session=${sessionUid}&print-pdf`, PROJECTOR);
    await elsewhere.locator("[data-revint-qr] svg").waitFor();
    const unknown = await visit.open("/demo?print-pdf", PROJECTOR);
    await unknown.locator("p.hint", { hasText: "Nothing to scan yet" }).waitFor();
    const asked = () =>
      visit.requests.slice(before).flatMap((url) => (/\/(api|ws)\//.test(url) ? new URL(url).pathname : []));
    const path = `/api/v1/session/${sessionUid}`;
    const told = ["/reactions", "/activities", "/questions"].map((end) => path + end);
    await expect.poll(asked).toEqual([path, `${path}/login`, ...told]);
  });
});

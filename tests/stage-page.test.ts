import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { SessionAnswer } from "../shared/protocol/session.schema.ts";
import {
  findBarriers,
  hasSetState,
  lookAt,
  nextChange,
  openControls,
  PHONE,
  PHONE_ON_ITS_SIDE,
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

const SIX = ["👍", "❤️", "😂", "🤯", "👏", "❓"];

const start = (more: object = { reactions: SIX }) => openTalk({ revint, visit }, more);

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const faces = (phone: Page) => phone.locator(".reaction .face").allTextContents();
const controls = (stage: Page) => stage.getByRole("complementary", { name: "Controls" });
const lookUp = async (path: string) => read(SessionAnswer, await revint.request("GET", path));
/** The stage does one thing at a time, and phones may hear of the last one before it does. */
async function add(stage: Page, reaction: string) {
  const panel = controls(stage);
  await panel.getByLabel("One more").fill(reaction);
  await panel.locator("button:enabled", { hasText: /^Add$/ }).waitFor();
  await stage.keyboard.press("Enter");
}
/** As a screen reader finds it on the stage. */
const counted = (stage: Page, count: string) => stage.getByRole("listitem", { name: count });

describe("what only a host should see", () => {
  test("is not on the stage until it is asked for, by a button or a key, and stays so for the tab", async () => {
    const { token, sessionUid, post, phone } = await start();
    const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, PROJECTOR);
    await stage.locator(".board").waitFor();
    const open = button(stage, /^Controls/);
    expect(await controls(stage).count()).toBe(0);
    expect(await stage.getByRole("button").count()).toBe(1);
    expect(await stage.getByRole("link").count()).toBe(0);

    // Somebody is lively: the room is told that there is something, and not what.
    await stage.clock.setFixedTime(Date.now());
    for (let tap = 0; tap < 12; tap++) await button(phone, /^Laughing/).tap();
    await button(stage, "Controls 1 thing to look at").waitFor();
    expect(await stage.getByText("One person, ").isVisible()).toBe(false);
    await photograph(stage, "stage-projected");
    expect(await findBarriers(stage)).toEqual([]);

    await stage.keyboard.press("c");
    await controls(stage).getByText("One person, 12 reactions in 10 s").waitFor();
    expect(await open.getAttribute("aria-expanded")).toBe("true");
    const focused = () => stage.evaluate("document.activeElement.textContent");
    await expect.poll(focused).toBe("Controls");
    await photograph(stage, "stage-controls");
    expect(await findBarriers(stage)).toEqual([]);
    // Nobody closes it by typing.
    await controls(stage).getByLabel("One more").pressSequentially("cc");
    expect(await controls(stage).count()).toBe(1);
    await stage.reload();
    await controls(stage).waitFor();
    await stage.keyboard.press("Escape");
    await expect.poll(() => controls(stage).count()).toBe(0);
    await expect.poll(focused).toMatch(/^Controls/);
    await stage.reload();
    await stage.locator(".board").waitFor();
    expect(await controls(stage).count()).toBe(0);
    // That nobody can react, everybody sees on their phone anyway.
    await post("rules", { paused: true });
    await stage.locator(".top").getByText("Reactions are paused.").waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("fits every screen without a barrier", async () => {
    const { token, sessionUid, post } = await start();
    await post("rules", { reactions: ["👍", "❤️", "a long word for a button", "🎉"], isClosed: true });
    for (const [size, options] of Object.entries({ phone: TALL_PHONE, projector: PROJECTOR })) {
      const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, options);
      await openControls(stage);
      expect(await lookAt(stage, `stage-controls-${size}`)).toEqual([]);
      await button(stage, "Send everybody out…").scrollIntoViewIfNeeded();
      await photograph(stage, `stage-controls-end-${size}`);
      const width = await stage.evaluate("document.documentElement.scrollWidth");
      expect(width).toBeLessThanOrEqual(options.viewport.width);
    }
  });
});

test("stage and results leave everything that phones read and come in with as it was", async () => {
  const token = await revint.sign();
  const userToken = await revint.sign({ host: false });
  const { sessionUid } = await revint.host(token, {
    apiUrl: "https://api.example.org",
    webUiUrl: "https://talks.example.org/join",
    wsUrl: "wss://sockets.example.org",
    deckUrl: "https://talks.example.org/deck.html",
    reactions: ["👍", "No"],
    anyReaction: true,
    expectedAudience: 40,
    userToken,
  });
  const path = `/api/v1/session/${sessionUid}`;
  const login = async () => (await revint.request("POST", `${path}/login`, { token: userToken })).status;
  const before = await lookUp(path);
  const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, PROJECTOR);
  await stage.locator(".board .dot.live").waitFor();
  expect(await stage.locator(".url").textContent()).toBe(`talks.example.org/join?session=${sessionUid}`);
  expect(await lookUp(path)).toEqual(before);
  const results = await visit.open(`/results?session=${sessionUid}#token=${token}`, PROJECTOR);
  await results.locator(".results .host").waitFor();
  expect(await lookUp(path)).toEqual(before);
  await openControls(stage);
  await button(stage, "Clear the counts…").click();
  await stage.getByRole("dialog").getByRole("button", { name: "Clear the counts" }).click();
  await stage.getByText("The counts are cleared.").waitFor();
  expect(await lookUp(path)).toEqual(before);
  expect(await login()).toBe(200);
  expect(visit.complaints).toEqual([]);
});

describe("what is offered", () => {
  test("is changed live: phones have other buttons, and what was taken away is not taken", async () => {
    const { stage, phone, path, sessionUid } = await start();
    const panel = controls(stage);
    await panel.getByRole("button", { name: "Remove Laughing" }).click();
    await expect.poll(() => faces(phone)).toEqual(["👍", "❤️", "🤯", "👏", "❓"]);
    await add(stage, "  Slower, please ");
    await expect.poll(() => faces(phone)).toEqual(["👍", "❤️", "🤯", "👏", "❓", "Slower, please"]);
    await button(phone, /^Slower/).tap();
    await counted(stage, "Slower, please: 1 reaction").waitFor();
    const person = await revint.join(sessionUid);
    const react = (reaction: string) =>
      revint.request("POST", `${path}/user/${person.uid}/react`, {
        ...person,
        json: { page: "0.0", reaction },
      });
    expect((await react("😂")).status).toBe(400);
    expect((await react("❤")).status).toBe(200);
    await counted(stage, "Love: 1 reaction").waitFor();

    // In another spelling it is the same one.
    for (const [wrong, why] of [
      ["❤", "This is offered already."],
      ["x".repeat(65), "a word of up to 64 characters"],
    ] as const) {
      await add(stage, wrong);
      await panel.getByRole("alert").filter({ hasText: why }).waitFor();
    }
    await photograph(phone, "offer-phone");

    // What the network did not take stands where it was typed.
    await stage.route("**/rules", (route) => route.abort(), { times: 1 });
    await add(stage, "Louder");
    await panel.getByRole("alert").filter({ hasText: "Please try again." }).waitFor();
    expect(await panel.getByLabel("One more").inputValue()).toBe("Louder");
    expect(visit.complaints.splice(0)).toEqual(["console: Failed to load resource: net::ERR_FAILED"]);
    await button(stage, "As at the start").click();
    await expect.poll(() => faces(phone)).toEqual(SIX);
    await button(stage, "As at the start").waitFor({ state: "detached" });
    expect(visit.complaints).toEqual([]);
  });

  test("is changed step by step also where the stage hears late of the last step", async () => {
    const { stage, phone } = await start();
    await stage.context().routeWebSocket(/\/ws\//, (page) => {
      page.connectToServer().onMessage((message) => {
        if (!String(message).includes('"type":"rules"')) page.send(message);
      });
    });
    await stage.reload();
    for (const name of ["Laughing", "Applause"]) {
      await controls(stage)
        .getByRole("button", { name: `Remove ${name}` })
        .click();
      await button(phone, new RegExp(`^${name}`)).waitFor({ state: "detached" });
    }
    await add(stage, "Slower");
    await expect.poll(() => faces(phone)).toEqual(["👍", "❤️", "🤯", "❓", "Slower"]);
    expect(visit.complaints).toEqual([]);
  });

  test("is what the deck shows too: what was taken away is there while it has a count, and words are as they were put", async () => {
    const { stage, phone, token } = await start();
    const deck = await visit.open(`/demo#token=${token}`, PROJECTOR);
    await hasSetState(deck);
    const labels = () =>
      deck.locator(".counts li").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    await button(phone, /^Applause/).tap();
    for (const name of ["Laughing", "Applause"]) {
      await controls(stage)
        .getByRole("button", { name: `Remove ${name}` })
        .click();
      await button(phone, new RegExp(`^${name}`)).waitFor({ state: "detached" });
    }
    await add(stage, "Slower");
    await expect
      .poll(labels)
      .toEqual(["Thumbs up: 0", "Love: 0", "Mind blown: 0", "Question: 0", "Slower: 0", "Applause: 1"]);
    await button(stage, "As at the start").click();
    await expect.poll(labels).toHaveLength(6);
    expect(visit.complaints).toEqual([]);
  });

  test("may be called like something that every object has, and is counted everywhere", async () => {
    const { stage, phone, token, sessionUid, post } = await start({ reactions: ["constructor", "👍"] });
    for (const name of ["constructor", "toString"]) {
      await post("state", { page: name, state: "{}" });
      await phone.getByRole("heading", { name: `Slide ${name}` }).waitFor();
      await button(phone, "constructor, 0").tap();
      await button(phone, "constructor, 1").waitFor();
      await counted(stage, "constructor: 1 reaction").waitFor();
      await counted(stage, "Thumbs up: 0 reactions").waitFor();
    }
    const results = await visit.open(`/results?session=${sessionUid}#token=${token}`, PROJECTOR);
    await results.locator(".results").waitFor();
    await expect.poll(() => results.getByRole("listitem", { name: "constructor: 1" }).count()).toBe(2);
    expect(await results.locator("body").textContent()).not.toMatch(/NaN|native code|Slide 0/);
    expect(visit.complaints).toEqual([]);
  });

  test("is up to twelve, and may be nothing", async () => {
    const { stage, phone, post } = await start();
    const panel = controls(stage);
    await post("rules", { reactions: Array.from({ length: 12 }, (_, index) => `this answer is ${index}`) });
    await expect.poll(() => faces(phone)).toHaveLength(12);
    await panel.getByRole("button", { name: "Remove this answer is 11" }).waitFor();
    // Where words differ at their end, one reads it.
    expect(
      await phone
        .locator(".face")
        .evaluateAll((all) => all.filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)),
    ).toEqual([]);
    await add(stage, "👍");
    await panel.getByRole("alert").filter({ hasText: "Twelve fit on a phone." }).waitFor();
    await photograph(stage, "offer-twelve");
    // What was wrong is not any more, once something else is done.
    await button(stage, "As at the start").click();
    await panel.getByRole("alert").filter({ hasText: "Twelve" }).waitFor({ state: "detached" });
    await expect.poll(() => faces(phone)).toEqual(SIX);
    await post("rules", { reactions: ["Yes"] });
    await panel.getByRole("button", { name: "Remove Yes" }).click();
    await panel.getByText("Nothing is offered: nobody can react.").waitFor();
    await expect.poll(() => stage.evaluate("document.activeElement.textContent")).toBe("What is offered");
    await expect.poll(() => faces(phone)).toEqual([]);
  });

  test("may be anything, once the host says so, and is a list again after that", async () => {
    const { stage, path, sessionUid } = await start();
    const panel = controls(stage);
    const person = await revint.join(sessionUid);
    const react = async (reaction: string) => {
      const json = { page: "0.0", reaction };
      return (await revint.request("POST", `${path}/user/${person.uid}/react`, { ...person, json })).status;
    };
    expect(await react("my own words")).toBe(400);
    await panel.getByLabel("Any reaction").check();
    await expect.poll(() => panel.getByRole("button", { name: "Remove Laughing" }).count()).toBe(0);
    await expect.poll(() => react("my own words")).toBe(200);
    await panel.getByLabel("Any reaction").uncheck();
    await panel.getByRole("button", { name: "Remove Laughing" }).waitFor();
    await expect.poll(() => react("other words")).toBe(400);
  });

  test("is anything in a session that was opened so, until the host names a list", async () => {
    const { stage, phone, path, sessionUid } = await start({});
    const panel = controls(stage);
    expect(await panel.getByLabel("Any reaction").isChecked()).toBe(true);
    expect(await faces(phone)).toEqual(SIX);
    await panel.getByLabel("Any reaction").uncheck();
    await panel.getByRole("button", { name: "Remove Laughing" }).click();
    await expect.poll(() => faces(phone)).toHaveLength(5);
    const person = await revint.join(sessionUid);
    const json = { page: "0.0", reaction: "words" };
    const answer = await revint.request("POST", `${path}/user/${person.uid}/react`, { ...person, json });
    expect(answer.status).toBe(400);
    await panel.getByLabel("Any reaction").check();
    await expect.poll(() => faces(phone)).toEqual(SIX);
  });
});

describe("the door", () => {
  test("is closed and opened: nobody new comes in meanwhile, and whoever is in stays", async () => {
    const { stage, phone, sessionUid } = await start();
    await button(stage, "Close the door").click();
    await controls(stage).getByText("The door is closed").waitFor();
    const late = await visit.open(`/join?session=${sessionUid}`, PHONE);
    await late.getByRole("heading", { name: "Nobody new can come in" }).waitFor();
    await button(phone, /^Thumbs up/).tap();
    await counted(stage, "Thumbs up: 1 reaction").waitFor();
    await stage.reload();
    await button(stage, "Open the door").click();
    await controls(stage).getByText("Everyone with the link can join.").waitFor();
    await late.reload();
    await late.locator(".reactions").waitFor();
  });

  test("says how many wait, and lets more of them in", async () => {
    const { stage, post, sessionUid } = await start();
    await post("rules", { joinsPerMinute: 1 });
    const lines = await Promise.all(
      Array.from({ length: 4 }, () => visit.open(`/join?session=${sessionUid}`, PHONE)),
    );
    await controls(stage)
      .getByText(/\d+ (person is|people are) waiting to join/)
      .waitFor();
    await photograph(stage, "stage-door");
    expect(await findBarriers(stage)).toEqual([]);
    // To four times as many, and again.
    for (let turn = 0; turn < 2; turn++) {
      const raised = nextChange(stage, "/rules");
      await button(stage, "Let more in").click();
      await raised;
    }
    // They would ask again by themselves, within the minute.
    for (const line of lines) {
      await line.reload();
      await line.locator(".reactions").waitFor();
    }
  });
});

test("the counts are cleared after a rehearsal, when the host has said so twice; room and slide stay", async () => {
  const { stage, phone, path, asHost } = await start();
  await button(phone, /^Thumbs up/).tap();
  await counted(stage, "Thumbs up: 1 reaction").waitFor();
  await button(stage, "Clear the counts…").click();
  const question = stage.getByRole("dialog", { name: "Clear the counts?" });
  await photograph(stage, "stage-clear");
  expect(await findBarriers(stage)).toEqual([]);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => question.count()).toBe(0);
  const focused = () => stage.evaluate("document.activeElement.textContent");
  await expect.poll(focused).toBe("Clear the counts…");
  expect(await counted(stage, "Thumbs up: 1 reaction").count()).toBe(1);
  await button(stage, "Clear the counts…").click();
  await question.getByRole("button", { name: "Clear the counts" }).click();
  await counted(stage, "Thumbs up: 0 reactions").waitFor();
  await stage.getByText("The counts are cleared.").waitFor();
  await expect.poll(focused).toBe("Clear the counts…");
  await expect.poll(() => phone.locator(".reaction .count").first().textContent()).toBe("0");
  await phone.getByRole("heading", { name: "A live question" }).waitFor();
  expect(await stage.locator(".figures").textContent()).toMatch(/Reactions\s*0/);
  await expect.poll(() => stage.locator(".column").count()).toBe(0);
  const state = await revint.request("GET", `${path}/state`, asHost);
  expect(await state.json()).toMatchObject({ page: "0.0" });
  await button(phone, /^Thumbs up/).tap();
  await counted(stage, "Thumbs up: 1 reaction").waitFor();
  expect(visit.complaints).toEqual([]);
});

test("the counts are cleared also where the stage hears of its next step before it hears that nothing is left", async () => {
  const { stage, phone } = await start();
  await stage.context().routeWebSocket(/\/ws\//, (page) => {
    page.connectToServer().onMessage((message) => {
      if (!/"type":"state_change".*"init"/.test(String(message))) page.send(message);
    });
  });
  await stage.reload();
  await button(phone, /^Thumbs up/).tap();
  await counted(stage, "Thumbs up: 1 reaction").waitFor();
  await stage.locator(".column").first().waitFor({ state: "attached" });
  await button(stage, "Clear the counts…").click();
  await stage
    .getByRole("dialog", { name: "Clear the counts?" })
    .getByRole("button", { name: "Clear the counts" })
    .click();
  await counted(stage, "Thumbs up: 0 reactions").waitFor();
  await stage.getByText("The counts are cleared.").waitFor();
  expect(await stage.locator(".column").count()).toBe(0);
  expect(visit.complaints).toEqual([]);
});

test("everybody is sent out when the host has said so twice, knows it, and may come back", async () => {
  const { stage, phone, token, sessionUid } = await start();
  const results = await visit.open(`/results?session=${sessionUid}#token=${token}`, PROJECTOR);
  await results.locator(".results .host").waitFor();
  const posts: string[] = [];
  stage.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
  await button(stage, "Send everybody out…").click();
  const question = stage.getByRole("dialog", { name: "Send everybody out?" });
  await photograph(stage, "stage-send-out");
  expect(await findBarriers(stage)).toEqual([]);
  expect(posts).toEqual([]);
  await question.getByRole("button", { name: "Send everybody out" }).click();
  await stage.getByText("Everybody was sent out.").waitFor();
  const again = button(phone, "Join again");
  await again.waitFor();
  await photograph(phone, "sent-out-phone");
  expect(await findBarriers(phone)).toEqual([]);
  await again.tap();
  await button(phone, /^Thumbs up/).tap();
  // The stage itself is still in.
  await counted(stage, "Thumbs up: 1 reaction").waitFor();
  await button(stage, "Pause reactions").click();
  await button(stage, "Resume reactions").waitFor();
  await results.reload();
  await results.locator(".results .host").waitFor();
});

test("the session is ended from the stage when the host has said so twice, with its results open for all if wanted", async () => {
  const { stage, phone, sessionUid } = await start();
  await button(stage, "End the session…").click();
  const question = stage.getByRole("dialog", { name: "End this session?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => question.count()).toBe(0);
  await button(phone, /^Thumbs up/).tap();
  await counted(stage, "Thumbs up: 1 reaction").waitFor();

  await button(stage, "End the session…").click();
  await question.getByLabel("Let everyone see the results").check();
  await photograph(stage, "stage-end");
  expect(await findBarriers(stage)).toEqual([]);
  await question.getByRole("button", { name: "End the session" }).click();
  await stage.getByRole("heading", { name: "Stage" }).waitFor();
  await stage.getByText("The session has ended.").waitFor();
  await photograph(stage, "stage-ended");
  expect(await findBarriers(stage)).toEqual([]);
  await phone.getByRole("heading", { name: "It's over" }).waitFor();

  await stage.getByRole("link", { name: "Results" }).click();
  await stage.locator(".results .host").waitFor();
  const anybody = await visit.open(`/results?session=${sessionUid}`, PHONE);
  await anybody.locator(".results").waitFor();
});

test("a co-host has the name that the host gave, in the list, when they drive, and in the service's answer", async () => {
  const { stage, path, asHost } = await start();
  await button(stage, "Co-hosts").click();
  const dialog = stage.getByRole("dialog", { name: "Co-hosts" });
  await dialog.getByText("Nobody yet.").waitFor();
  await dialog.getByLabel("Their name").fill("  <b>عادة</b> ");
  await button(stage, "Make an invitation link").click();
  const link = await dialog.getByLabel("Link to the stage").inputValue();
  expect(await dialog.getByLabel("Link to the stage").getAttribute("dir")).toBe("ltr");
  await dialog.getByText("<b>عادة</b>", { exact: true }).waitFor();
  await expect.poll(() => dialog.getByLabel("Their name").inputValue()).toBe("");
  const listed = await (await revint.request("GET", `${path}/hosts`, asHost)).json();
  expect(listed).toMatchObject({ coHosts: [{ role: "presenter", name: "<b>عادة</b>" }] });

  const [, token = "", uid = ""] = /token=([^&]+)&uid=(.+)$/.exec(link) ?? [];
  await revint.request("POST", `${path}/driver`, { token, uid });
  await dialog.getByText("<b>عادة</b> drives the deck.").waitFor();
  await photograph(stage, "co-host-named");
  await button(stage, "Remove <b>عادة</b>").click();
  await button(stage, "Really remove <b>عادة</b>?").click();
  await dialog.getByText("Nobody yet.").waitFor();
  // Nobody has to be named.
  await button(stage, "Make an invitation link").click();
  await dialog.getByText("Presenter 2", { exact: true }).waitFor();
  expect(visit.complaints).toEqual([]);
});

describe("the slides on a phone", () => {
  /** The demo deck leads, and its session says where it is. */
  async function startDeck() {
    const token = await revint.sign();
    const { sessionUid } = await revint.host(token, { deckUrl: `${revint.url}/demo?v=1`, reactions: SIX });
    const deck = await visit.open(`/demo#token=${token}`, PROJECTOR);
    await hasSetState(deck);
    return { deck, sessionUid };
  }
  const slide = (deck: Page, h: number) => deck.evaluate(`Reveal.slide(${h})`);

  test("stand above the buttons, follow, and go away again", async () => {
    const { deck, sessionUid } = await startDeck();
    await slide(deck, 1);
    const phone = await visit.open(`/join?session=${sessionUid}`, PHONE);
    await phone.getByRole("heading", { name: "Your phone follows" }).waitFor();
    const see = phone.getByRole("link", { name: "See the slides" });
    expect(await see.getAttribute("href")).toBe(`${revint.url}/demo?v=1&session=${sessionUid}`);
    await photograph(phone, "slides-link-phone");
    await see.tap();
    const slides = phone.frameLocator("iframe");
    await slides.getByRole("heading", { name: "Your phone follows" }).waitFor();
    await slide(deck, 4);
    await slides.getByRole("heading", { name: "Follow on your own screen" }).waitFor();
    // The phone has a socket of its own: a reaction is one to the slide that has come in there.
    await phone.getByRole("status").getByText("Now: Follow on your own screen").waitFor();
    await button(phone, /^Thumbs up/).tap();
    await deck.locator('.counts li[aria-label="Thumbs up: 1"]').waitFor({ state: "attached" });
    await photograph(phone, "slides-phone");
    expect(await findBarriers(phone)).toEqual([]);
    const frame = await phone.locator("iframe").boundingBox();
    const first = await button(phone, /^Thumbs up/).boundingBox();
    const last = await button(phone, /^Question/).boundingBox();
    if (!frame || !first || !last) throw new Error("nothing to measure");
    expect(first.y).toBeGreaterThanOrEqual(frame.y + frame.height);
    expect(last.y + last.height).toBeLessThanOrEqual(PHONE.viewport.height);
    await phone.setViewportSize(PHONE_ON_ITS_SIDE.viewport);
    await photograph(phone, "slides-phone-side");
    const width = await phone.evaluate("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(PHONE_ON_ITS_SIDE.viewport.width);
    await button(phone, "Close").tap();
    await phone.getByRole("heading", { name: "Follow on your own screen" }).waitFor();
    expect(await phone.locator("iframe").count()).toBe(0);
    await expect.poll(() => phone.evaluate("document.activeElement.textContent")).toBe("See the slides");
    expect(visit.complaints).toEqual([]);
  });

  test("may be anywhere, and no other page of ours holds another", async () => {
    const listFrames = async (path: string) => {
      const policy = (await revint.request("GET", path)).headers.get("content-security-policy") ?? "";
      return [...policy.matchAll(/(default|frame)-src ([^;]+)/g)].map(([, , sources]) => sources);
    };
    expect(await listFrames("/join?session=x")).toEqual(["'none'", "http: https:"]);
    for (const path of ["/", "/stage", "/results", "/demo"])
      expect(await listFrames(path)).toEqual(["'none'"]);
  });

  test("are not linked to where the session does not say where they are", async () => {
    const { phone } = await start();
    expect(await phone.getByRole("link").count()).toBe(0);
  });
});

import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CoHostAnswer } from "../shared/co-host.ts";
import { findBarriers, launchBrowser, PHONE, PROJECTOR, photograph, Visit } from "./browser.ts";
import { type Deployment, read, startDeployment } from "./deployment.ts";

let revint: Deployment;
let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  [revint, browser] = await Promise.all([startDeployment(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await revint?.close();
});
beforeEach(() => {
  visit = new Visit(browser, revint.url);
});
afterEach(() => visit.end());

const SOON = { timeout: 8000 };

/** A talk on its first slide, its second screen, and a phone. */
async function start() {
  const token = await revint.sign();
  const { sessionUid, hostUid } = await revint.host(token);
  const path = `/api/v1/session/${sessionUid}`;
  const asHost = { token, uid: hostUid };
  const post = (what: string, json: object, as: { token: string; uid: string } = asHost) =>
    revint.request("POST", `${path}/${what}`, { ...as, json });
  await post("state", { page: "0.0", state: JSON.stringify({ title: "A live question" }) });
  const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, PROJECTOR);
  await stage.locator(".board").waitFor();
  const phone = await visit.open(`/join?session=${sessionUid}`, PHONE);
  await phone.locator(".reactions").waitFor();
  return { token, sessionUid, path, asHost, post, stage, phone };
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const faces = (phone: Page) => phone.locator(".reaction .face").allTextContents();

describe("the second screen", () => {
  test("pauses reactions: phones say so and their buttons rest, until they are resumed", async () => {
    const { stage, phone } = await start();
    await button(stage, "Pause reactions").click();
    await phone.getByText("Reactions are paused.", { exact: true }).first().waitFor();
    expect(await button(phone, /^Thumbs up/).isDisabled()).toBe(true);
    expect(await phone.getByRole("status").textContent()).toBe("Reactions are paused.");
    await photograph(phone, "moderation-paused-phone");
    expect(await findBarriers(phone)).toEqual([]);
    await button(stage, "Resume reactions").click();
    await expect.poll(() => button(phone, /^Thumbs up/).isDisabled(), SOON).toBe(false);
    await button(phone, /^Thumbs up/).tap();
    await stage.getByRole("listitem", { name: "Thumbs up: 1 reaction" }).waitFor(SOON);
    expect(visit.complaints).toEqual([]);
  });

  test("singles out who floods the room: a click blocks them, takes their reactions out, and can be undone", async () => {
    const { stage, phone } = await start();
    for (let tap = 0; tap < 12; tap++) await button(phone, /^Laughing/).tap();
    const lively = stage.getByRole("list", { name: "Who reacts most right now" }).getByRole("button");
    await lively.first().waitFor(SOON);
    await stage.getByRole("listitem", { name: "Laughing: 12 reactions" }).waitFor(SOON);
    await photograph(stage, "moderation-stage");
    expect(await findBarriers(stage)).toEqual([]);
    await lively.first().click();
    const dialog = stage.getByRole("dialog", { name: "Block this person?" });
    await dialog.waitFor();
    await photograph(stage, "moderation-block");
    expect(await findBarriers(stage)).toEqual([]);
    await button(stage, "Block").click();
    await stage.getByText("One person is blocked.").waitFor();
    await stage.getByRole("listitem", { name: "Laughing: 0 reactions" }).waitFor(SOON);

    await button(phone, /^Laughing/).tap();
    await phone.getByText("The host does not take your reactions at the moment.").waitFor(SOON);
    await photograph(phone, "moderation-blocked-phone");
    await button(stage, "Let them in again").click();
    await stage.getByRole("listitem", { name: "Laughing: 12 reactions" }).waitFor(SOON);
    await button(phone, /^Laughing/).tap();
    await stage.getByRole("listitem", { name: "Laughing: 13 reactions" }).waitFor(SOON);
    expect(await phone.getByText("The host does not take").count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  test("shows when someone else drives, and takes over", async () => {
    const { stage, post, asHost } = await start();
    const invited = await read(CoHostAnswer, await post("hosts", { role: "presenter" }));
    const presenter = { token: invited.token, uid: invited.hostUid };
    expect(await button(stage, /take over/).count()).toBe(0);
    await post("driver", {}, presenter);
    await button(stage, /take over/).click();
    await expect.poll(() => button(stage, /take over/).count(), SOON).toBe(0);
    const state = { page: "1.0", state: "{}" };
    expect((await post("state", state, presenter)).status).toBe(409);
    expect((await post("state", state, asHost)).status).toBe(200);
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

describe("rules on a phone", () => {
  test("hide what is not taken on this slide, and offer the answers of a vote", async () => {
    const { phone, post } = await start();
    expect(await faces(phone)).toHaveLength(6);
    await post("rules", { reactions: ["👏", "👍"], pages: { "1.0": ["Yes", "No"] } });
    await expect.poll(() => faces(phone), SOON).toEqual(["👍", "👏"]);
    await post("state", { page: "1.0", state: JSON.stringify({ title: "Vote" }) });
    await expect.poll(() => faces(phone), SOON).toEqual(["Yes", "No"]);
    await button(phone, /^Yes/).tap();
    await expect.poll(() => phone.locator(".count").first().textContent(), SOON).toBe("1");
    await photograph(phone, "moderation-vote-phone");
    await post("rules", {});
    await expect.poll(() => faces(phone), SOON).toEqual(["👍", "❤️", "😂", "🤯", "👏", "❓"]);
    expect(visit.complaints).toEqual([]);
  });
});

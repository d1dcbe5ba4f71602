import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findBarriers, lookAt, PHONE, photograph, type Scene, setScene, Visit } from "./browser.ts";
import { FlakyNetwork } from "./flaky-network.ts";
import { keep } from "./keep.ts";
import { readProblem } from "./running-api.ts";
import { TalkHost } from "./talk-host.ts";

/* What a phone shows while it is not let in. */

let scene: Scene;
setScene((next) => {
  scene = next;
});

const heading = async (page: Page): Promise<string> => (await page.locator("h1").textContent()) ?? "";

/** A service whose newcomers ask again after a second. Nobody waits a minute in a test. */
async function startImpatient(): Promise<{ visit: Visit; end(): Promise<void> }> {
  const network = keep(await FlakyNetwork.before(scene.revint.url));
  network.replaceInAnswers(/Retry-After: \d+/i, (found) => "Retry-After: 1".padEnd(found.length));
  const visit = new Visit(scene.browser, network.url);
  return { visit, end: () => visit.end() };
}

describe("a room of one", () => {
  test("lets whoever waits at its door in by themselves, once there is a place", async () => {
    const { revint } = scene;
    const token = await revint.sign();
    const { sessionUid } = await revint.host(token, { maxParticipants: 1 });
    const { visit, end } = await startImpatient();
    const path = `/join?session=${sessionUid}`;
    const first = await visit.open(path, PHONE);
    await expect.poll(() => heading(first)).toBe("Not started yet");

    const second = await visit.open(path, PHONE);
    await expect.poll(() => heading(second)).toBe("Nobody new can come in");
    expect(await second.locator("main p").textContent()).toContain("you come in by yourself");
    expect(await second.locator("[role=status]").textContent()).toContain("you come in by yourself");
    expect(await second.getByRole("button").count()).toBe(0);
    expect(await findBarriers(second)).toEqual([]);
    await photograph(second, "waiting-full-light");
    await second.emulateMedia({ colorScheme: "dark" });
    await photograph(second, "waiting-full-dark");

    await revint.host(token, { maxParticipants: 2 });
    await expect.poll(() => heading(second)).toBe("Not started yet");
    await expect.poll(() => second.locator(".dot.live").count()).toBe(1);
    await end();
  });
});

describe("a talk that nobody has opened yet", () => {
  test("is named to whoever has its link, with its start, and lets them in by themselves", async () => {
    const { revint } = scene;
    const host = await TalkHost.signUp(revint);
    const startsAt = Date.now() + 3_600_000;
    const { talk, token } = await host.create({ name: "On rooms", startsAt });
    const { visit, end } = await startImpatient();
    const phone = await visit.open(`/join?session=${talk.sessionUid}`, PHONE);
    await expect.poll(() => heading(phone)).toBe("Not started yet");
    await phone.getByText("On rooms").waitFor();
    await phone.getByText("In 60 minutes").waitFor();
    expect(await phone.locator(".visually-hidden[role=status]").textContent()).toContain("this page follows");
    await phone.getByRole("button", { name: "Add to calendar" }).waitFor();
    expect(await lookAt(phone, "waiting-planned")).toEqual([]);
    expect(await phone.locator(".dot").count()).toBe(0);

    await revint.host(token);
    await expect.poll(() => phone.locator(".dot.live").count()).toBe(1);
    expect(await heading(phone)).toBe("Not started yet");
    await end();
  });

  test("is no longer told of once it is deleted", async () => {
    const { revint } = scene;
    const host = await TalkHost.signUp(revint);
    const { talk } = await host.create({ name: "On rooms", startsAt: null });
    const path = `/api/v1/session/${talk.sessionUid}`;
    const before = await revint.request("GET", path);
    expect(Number(before.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await readProblem(before)).toMatchObject({
      code: "session_not_found",
      talk: { name: "On rooms", startsAt: null },
    });
    await host.request("DELETE", `talks/${talk.id}`);
    const problem = async () => readProblem(await revint.request("GET", path));
    await expect.poll(async () => (await problem()).talk).toBeUndefined();
    expect(await problem()).toMatchObject({ code: "session_not_found" });
  });
});

describe("a crowd", () => {
  test("comes in one after the other, and everyone is told that they are in line", async () => {
    const { revint } = scene;
    const token = await revint.sign();
    const { sessionUid, hostUid: uid } = await revint.host(token);
    const setPace = (joinsPerMinute: number | null) =>
      revint.request("POST", `/api/v1/session/${sessionUid}/rules`, { token, uid, json: { joinsPerMinute } });
    await setPace(1);
    const { visit, end } = await startImpatient();
    const path = `/join?session=${sessionUid}`;
    const first = await visit.open(path, PHONE);
    await expect.poll(() => heading(first)).toBe("Not started yet");
    const second = await visit.open(path, PHONE);
    await expect.poll(() => heading(second)).toBe("Many come at once");
    expect(await second.locator("[role=status]").textContent()).toContain("You are in line");
    expect(await findBarriers(second)).toEqual([]);
    await photograph(second, "waiting-crowded");
    await setPace(null);
    await expect.poll(() => heading(second)).toBe("Not started yet");
    await end();
  });
});

describe("a phone that is sent out", () => {
  test("says so, and comes in again as somebody new with one touch", async () => {
    const { revint } = scene;
    const token = await revint.sign();
    const { sessionUid, hostUid: uid } = await revint.host(token);
    const { visit, end } = await startImpatient();
    const phone = await visit.open(`/join?session=${sessionUid}`, PHONE);
    await expect.poll(() => phone.locator(".dot.live").count()).toBe(1);
    await revint.request("POST", `/api/v1/session/${sessionUid}/revoke`, { token, uid });
    await expect.poll(() => heading(phone)).toBe("The host has sent everybody out");
    expect(await findBarriers(phone)).toEqual([]);
    await photograph(phone, "sent-out");
    await phone.getByRole("button", { name: "Join" }).tap();
    await expect.poll(() => heading(phone)).toBe("Not started yet");
    await end();
  });
});

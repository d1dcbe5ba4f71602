import type { Browser, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { LiveQuestion } from "../shared/interactions/question/question.schema.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import { Overlay, OverlayAnswer, Overlays } from "../shared/protocol/overlay.schema.ts";
import { LoginAnswer } from "../shared/protocol/session.schema.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { QUESTIONS, startTalk } from "./asked-talk.ts";
import {
  findBarriers,
  nextChange,
  openControls,
  PROJECTOR,
  photograph,
  setScene,
  TALL_PHONE,
  type Visit,
} from "./browser.ts";
import { type Deployment, read, readProblem } from "./deployment.ts";
import type { Pass, StartedSession } from "./started-session.ts";
import { startSession } from "./started-session.ts";

let revint: Deployment;
let browser: Browser;
let visit: Visit;
setScene((scene) => ({ revint, browser, visit } = scene));

const HD = { viewport: { width: 1280, height: 720 } } as const;
const VERTICAL = { viewport: { width: 1080, height: 1920 } } as const;
const SMALL = { viewport: { width: 640, height: 360 } } as const;

const makeKey = async ({ post }: StartedSession, name?: string) =>
  read(OverlayAnswer, await post("overlays", { ...(name !== undefined && { name }) }));

const addressOf = ({ sessionUid }: StartedSession, key: string, options = "") =>
  `/overlay?session=${sessionUid}${options}#key=${key}`;

const login = ({ path }: StartedSession, key: string) =>
  revint.request("POST", `${path}/overlays/login`, { token: key });

/** A talk where somebody has joined, something is asked, and a question is pinned. */
async function startBusyTalk() {
  const talk = await startTalk({ revint, visit }, "On rooms");
  const { path, asHost, setRules, open, react } = talk;
  await setRules({ questions: "open" });
  const person = await talk.join();
  const phone = await talk.pipe(person.uid);
  const send = (method: string, what: string, json: object, { token, uid }: Pass = person) =>
    revint.request(method, `${path}/${what}`, { token, uid, json });
  await react(person, "0.0", "👏");
  await open("runtime", QUESTIONS.poll);
  await send("PUT", `user/${person.uid}/answers/runtime`, { round: 1, value: ["workers"] });
  const text =
    "How does a room know that all that was counted below it has arrived, and what if it does not?";
  const asked = await read(LiveQuestion, await send("POST", `user/${person.uid}/questions`, { text }));
  await send("POST", `questions/${asked.id}`, { pinned: true }, asHost);
  return { ...talk, person, phone, send, question: asked };
}

/** Red, green, blue and opacity of a few points of a picture, from 0 to 255. */
async function readPixels(png: Buffer, points: readonly (readonly [x: number, y: number])[]) {
  const page = await browser.newPage();
  try {
    return await page.evaluate(
      async ({ source, points }) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d");
        context?.drawImage(image, 0, 0);
        return points.map(([x, y]) => [...(context?.getImageData(x, y, 1, 1).data ?? [])]);
      },
      { source: `data:image/png;base64,${png.toString("base64")}`, points },
    );
  } finally {
    await page.close();
  }
}

/** Over a picture that makes it as hard as a video may. */
async function photographOverPicture(page: Page, name: string): Promise<void> {
  await page.evaluate(`document.documentElement.style.background =
    "repeating-conic-gradient(#fff 0 10deg, #c22 0 20deg, #fc3 0 30deg, #111 0 40deg)"`);
  await photograph(page, name);
  await page.evaluate('document.documentElement.style.background = ""');
}

const activity = (page: Page) => page.getByRole("region", { name: QUESTIONS.poll.prompt });
const counted = (page: Page, count: string) => page.getByRole("listitem", { name: count });

describe("a page in a stream", () => {
  test("shows what the room does over a transparent ground, as it happens, and nothing scrolls", async () => {
    const talk = await startBusyTalk();
    const { key } = await makeKey(talk);
    const page = await visit.open(addressOf(talk, key), PROJECTOR);
    await activity(page).getByText("100 %").waitFor();
    await counted(page, "Applause: 1").waitFor();
    await page.getByText("1 person", { exact: true }).waitFor();
    await page.getByText(talk.question.text).waitFor();

    for (const { viewport } of [PROJECTOR, HD, VERTICAL, SMALL]) {
      await page.setViewportSize(viewport);
      const { width, height } = viewport;
      const corners = [
        [1, 1],
        [width - 2, 1],
        [1, height - 2],
        [width - 2, height - 2],
      ] as const;
      const plate = await page.locator(".figures").boundingBox();
      const on = [Math.round((plate?.x ?? 0) + 4), Math.round((plate?.y ?? 0) + (plate?.height ?? 0) / 2)];
      const png = await page.screenshot({ omitBackground: true });
      const [ground, ...others] = await readPixels(png, [[on[0] ?? 0, on[1] ?? 0], ...corners]);
      expect(others.map((pixel) => pixel[3])).toEqual([0, 0, 0, 0]);
      expect(ground?.[3]).toBeGreaterThan(220);
      const [across, down] = await page
        .evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]" as string)
        .then((size) => size as [number, number]);
      expect([across <= width, down <= height]).toEqual([true, true]);
      // Everything that is shown is there as a whole.
      const isCut = await page.evaluate(
        `(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)(document.querySelector(".plates"))`,
      );
      expect(isCut, `${width} × ${height}`).toBe(false);
      await photographOverPicture(page, `overlay-${width}`);
      expect(await findBarriers(page)).toEqual([]);
    }
    // Whatever is pressed or clicked, nothing happens, and no cursor is seen.
    expect(await page.locator("a, button, input, [tabindex]").count()).toBe(0);
    expect(await page.evaluate("getComputedStyle(document.documentElement).cursor")).toBe("none");

    // Live: another page, another result, another question.
    await talk.react(talk.person, "0.0", "👏");
    await counted(page, "Applause: 2").waitFor();
    await talk.send("POST", `questions/${talk.question.id}`, { pinned: false }, talk.asHost);
    await expect.poll(() => page.getByText(talk.question.text).count()).toBe(0);
    await talk.setState("1.0");
    await counted(page, "Applause: 0").waitFor();
    // It is open, whatever the deck shows; closed, it goes with the slide.
    expect(await activity(page).count()).toBe(1);
    await talk.close("runtime");
    await activity(page).getByText("final").waitFor();
    await talk.setState("2.0");
    await expect.poll(() => activity(page).count()).toBe(0);
    talk.phone.close();
    expect(visit.complaints).toEqual([]);
  });

  test("shows a result for a while after its end, and once more when it is revealed", async () => {
    const talk = await startBusyTalk();
    const { key } = await makeKey(talk);
    const page = await visit.open(addressOf(talk, key));
    await activity(page).waitFor();
    await page.clock.install();
    await talk.close("runtime");
    await activity(page).getByText("final").waitFor();
    await page.clock.runFor(29_000);
    expect(await activity(page).count()).toBe(1);
    await page.clock.runFor(2000);
    await expect.poll(() => activity(page).count()).toBe(0);
    await talk.close("runtime", { revealed: true });
    await activity(page).waitFor();
    talk.phone.close();
  });

  test("shows what its address asks for, as it asks for it", async () => {
    const talk = await startBusyTalk();
    const { key } = await makeKey(talk);
    const page = await visit.open(addressOf(talk, key, "&show=question,counts&theme=light&side=right"), HD);
    await page.getByText(talk.question.text).waitFor();
    await counted(page, "Applause: 1").waitFor();
    expect(await activity(page).count()).toBe(0);
    expect(await page.locator(".floats").count()).toBe(0);
    const question = await page.locator(".plates .plate").boundingBox();
    expect(question?.x).toBeGreaterThan(HD.viewport.width / 2);
    await photographOverPicture(page, "overlay-light");
    expect(await findBarriers(page)).toEqual([]);
    const corner = await readPixels(await page.screenshot({ omitBackground: true }), [[1, 1]]);
    expect(corner[0]?.[3]).toBe(0);
    talk.phone.close();
  });

  test.each(["no-preference", "reduce"] as const)(
    "lets reactions rise, where motion is %s",
    async (motion) => {
      const talk = await startSession(revint);
      await talk.setState("0.0");
      const { key } = await makeKey(talk);
      const page = await visit.open(addressOf(talk, key, "&show=reactions,counts"), {
        reducedMotion: motion,
      });
      await counted(page, "Applause: 0").waitFor();
      await page.evaluate(`globalThis.risen = 0; new MutationObserver((all) => {
      for (const { addedNodes } of all) risen += addedNodes.length;
    }).observe(document.querySelector(".floats > div"), { childList: true }), undefined`);
      const person = await talk.join();
      await talk.react(person, "0.0", "👏");
      await counted(page, "Applause: 1").waitFor();
      expect(await page.evaluate("risen")).toBe(motion === "reduce" ? 0 : 1);
      // None is left when it has risen.
      await expect.poll(() => page.locator(".float").count()).toBe(0);
    },
  );
});

describe("its key", () => {
  test("stands in no request's address, in no log, and in nothing but the one header that lets it in", async () => {
    const talk = await startBusyTalk();
    const { key } = await makeKey(talk);
    const secret = key.slice(-22);
    const context = await browser.newContext();
    const page = visit.watch(await context.newPage());
    const holders: string[] = [];
    const sockets: string[] = [];
    page.on("websocket", (socket) => {
      sockets.push(socket.url());
      socket.on("framesent", ({ payload }) => {
        if (payload.toString().includes(secret)) holders.push(`said to ${socket.url()}`);
      });
    });
    page.on("request", async (request) => {
      const { pathname, search } = new URL(request.url());
      const headers = Object.entries(await request.allHeaders());
      const named = headers.flatMap(([name, value]) => (value.includes(secret) ? [name] : []));
      if (`${pathname}${search}${request.postData() ?? ""}`.includes(secret)) named.push("address or body");
      holders.push(...named.map((name) => `${name} of ${request.method()} ${pathname}`));
    });
    await page.goto(`${revint.url}${addressOf(talk, key)}`);
    await activity(page).waitFor();
    expect(holders).toEqual([`x-session-token of POST ${talk.path}/overlays/login`]);
    expect(sockets.map((url) => url.includes(secret))).toEqual([false]);
    // Nothing of it is stored, and nothing but the key opens the page again.
    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate("localStorage.length + sessionStorage.length")).toBe(0);
    await page.reload();
    await activity(page).waitFor();
    expect(JSON.stringify(revint.harness.getLogs())).not.toContain(secret);
    talk.phone.close();
  });

  test("revoked, ends the page at once and says so; so do a wrong one, none, and options that nobody knows", async () => {
    const talk = await startBusyTalk();
    const { key, participant } = await makeKey(talk);
    const page = await visit.open(addressOf(talk, key), HD);
    await activity(page).waitFor();
    const revoked = await revint.request("DELETE", `${talk.path}/overlays/${participant}`, talk.asHost);
    expect(revoked.status).toBe(204);
    await page.getByRole("alert").filter({ hasText: "The key of this overlay is not good" }).waitFor();
    expect(await page.locator(".plates, .figures").count()).toBe(0);
    await photographOverPicture(page, "overlay-revoked");
    expect(await findBarriers(page)).toEqual([]);

    const other = await makeKey(talk);
    for (const [address, text] of [
      [addressOf(talk, key), "The key of this overlay is not good"],
      [addressOf(talk, `${other.key.slice(0, -1)}${other.key.endsWith("A") ? "B" : "A"}`), "is not good"],
      [addressOf(talk, "%%%"), "is not good"],
      [`/overlay?session=${talk.sessionUid}`, "This address is not whole"],
      [`/overlay#key=${other.key}`, "This address is not whole"],
      [`/overlay?session=nothing#key=${other.key}`, "There is no such session"],
      [addressOf(talk, other.key, "&show=polls"), "“show=polls” is not known"],
    ] as const) {
      const wrong = await visit.open(address, HD);
      await wrong.getByRole("alert").filter({ hasText: text }).waitFor();
      await wrong.context().close();
    }
    talk.phone.close();
  });

  test("is the host's alone to make, list and revoke, told once, and lets into its own session alone", async () => {
    const talk = await startSession(revint);
    const { path, post, asHost } = talk;
    const [presenter, person] = [await talk.invite("presenter"), await talk.join()];
    expect((await readProblem(await post("overlays", {}, presenter))).code).toBe("role_not_allowed");
    expect((await readProblem(await post("overlays", {}, person))).code).toBe("not_host");
    const made = await makeKey(talk, "Main scene");
    const listed = await (await revint.request("GET", `${path}/overlays`, asHost)).text();
    expect(listed).not.toContain(made.key.slice(-22));
    const { key, ...overlay } = made;
    expect(Overlays.parse(JSON.parse(listed)).overlays.map((one) => Overlay.parse(one))).toEqual([overlay]);

    const { uid, token } = await read(LoginAnswer, await login(talk, key));
    expect(uid).not.toBe(key);
    expect((await login(talk, key)).headers.get("set-cookie")).toBeNull();
    // A uid is no key, and a key is no uid, nor a token to anything else.
    expect((await readProblem(await login(talk, uid))).code).toBe("invalid_token");
    const state = (as: Pass) => revint.request("GET", `${path}/state`, as);
    expect((await state({ token, uid })).status).toBe(200);
    expect((await readProblem(await state({ token, uid: key }))).code).toBe("not_participant");
    expect((await readProblem(await state({ token: key, uid }))).code).toBe("invalid_token");
    const another = await startSession(revint);
    expect((await readProblem(await login(another, key))).code).toBe("invalid_token");

    // It is nobody of the audience, over HTTP either.
    const asOverlay = { token, uid };
    const tries = [
      ["POST", `user/${uid}/react`, { page: "0", reaction: "👍" }],
      ["PUT", `user/${uid}/answers/runtime`, { round: 1, value: ["workers"] }],
      ["POST", `user/${uid}/questions`, { text: "Why?" }],
      ["PUT", `user/${uid}/questions/x/vote`, { vote: true }],
      ["PUT", `user/${uid}/name`, { name: "Stream" }],
      ["DELETE", `user/${uid}`, {}],
    ] as const;
    for (const [method, what, json] of tries) {
      const answer = await revint.request(method, `${path}/${what}`, { ...asOverlay, json });
      expect((await readProblem(answer)).code, `${method} ${what}`).toBe("not_participant");
    }
    expect((await readProblem(await post("state", { page: "1", state: "" }, asOverlay))).code).toBe(
      "not_host",
    );
    const totals = await read(SessionTotals, await revint.request("GET", `${path}/reactions`, asOverlay));
    expect(totals).toMatchObject({ total: 0, participants: 1 });
    for (let made = 1; made < LIMITS.overlays; made++) await makeKey(talk);
    expect((await readProblem(await post("overlays", {}))).code).toBe("invalid_request");
  });

  test("stays good while the session is begun anew, and the page comes back after an end", async () => {
    const talk = await startSession(revint);
    await talk.setState("0.0");
    const { key } = await makeKey(talk);
    const page = await visit.open(addressOf(talk, key), HD);
    await page.locator(".figures").waitFor();
    await talk.post("end", {});
    await expect.poll(() => page.locator(".plate").count()).toBe(0);
    await revint.host(talk.token, { restart: true });
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await page.locator(".figures").waitFor();
  });
});

test("the host makes an overlay on the stage, copies its address once, and revokes it", async () => {
  const { sessionUid, token, path, asHost, invite } = await startSession(revint);
  for (const [size, colorScheme, options] of [
    ["phone", "light", TALL_PHONE],
    ["projector", "dark", PROJECTOR],
  ] as const) {
    const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, {
      ...options,
      colorScheme,
    });
    await openControls(stage);
    await stage.getByRole("button", { name: "Overlays" }).click();
    const dialog = stage.getByRole("dialog", { name: "Overlays for a stream" });
    await dialog.getByText("None yet.").waitFor();
    await dialog.getByLabel("Its name").fill("Main scene");
    const made = nextChange(stage, "/overlays");
    await stage.keyboard.press("Enter");
    await made;
    const field = dialog.getByLabel("Address of the overlay");
    await field.waitFor();
    const address = await field.inputValue();
    expect(address).toMatch(
      new RegExp(`^${revint.url}/overlay\\?session=${sessionUid}#key=o0000[\\w-]{38}$`),
    );
    await expect
      .poll(() => stage.evaluate("document.activeElement.textContent"))
      .toBe("The new overlay's address");
    await dialog.getByText("Main scene", { exact: true }).waitFor();
    await photograph(stage, `overlays-dialog-${size}-${colorScheme}`);
    expect(await findBarriers(stage)).toEqual([]);
    const width = await stage.evaluate("document.querySelector('dialog').scrollWidth");
    expect(width).toBeLessThanOrEqual(options.viewport.width);

    const overlay = await visit.open(address.slice(revint.url.length), HD);
    await overlay.locator(".figures").waitFor();
    // Closed, the address is gone for good; the overlay is not.
    await stage.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
    expect(await stage.content()).not.toContain(address.slice(-22));
    await stage.getByRole("button", { name: "Overlays" }).click();
    await dialog.getByRole("button", { name: "Revoke the key of Main scene" }).click();
    await dialog.getByRole("button", { name: "Really revoke the key of Main scene?" }).click();
    await dialog.getByText("The key of Main scene is revoked").waitFor();
    await overlay.getByRole("alert").waitFor();
    await stage.context().close();
    await overlay.context().close();
  }
  expect(visit.complaints.filter((each) => !each.includes("401"))).toEqual([]);
  // Nobody but the host has that button.
  const moderator = await invite("moderator");
  const other = await visit.open(
    `/stage?session=${sessionUid}#token=${moderator.token}&uid=${moderator.uid}`,
  );
  await openControls(other);
  expect(await other.getByRole("button", { name: "Overlays" }).count()).toBe(0);
  const { overlays } = await read(Overlays, await revint.request("GET", `${path}/overlays`, asHost));
  expect(overlays).toEqual([]);
});

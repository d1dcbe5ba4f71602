import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Activities } from "../shared/interactions/activity/activity.schema.ts";
import { FlowRuns, Flows } from "../shared/protocol/flow.schema.ts";
import type { NewFlow } from "../shared/protocol/flow.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import {
  findBarriers,
  lookAt,
  openControls,
  PROJECTOR,
  SMALL_PHONE,
  setScene,
  type Visit,
} from "./browser.ts";
import { type Deployment, read } from "./deployment.ts";
import { openWebhook, Receiver } from "./receiver.ts";
import { type Pass, type StartedSession, startSession } from "./started-session.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => ({ revint, visit } = scene), { automations: { WEBHOOK_PRIVATE: "true" } });

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
});
afterAll(() => receiver?.close());

const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;

const POLL = {
  kind: "choice",
  prompt: "Which runtime do you use most?",
  options: ["Workers", "Node"].map((text) => ({ id: text.toLowerCase(), text })),
  show: "live",
};

/** A talk that asks something, and what its flows are from outside. */
async function startTalk() {
  const session = await startSession(revint);
  await session.setState("0.0", JSON.stringify({ title: "A live question" }));
  const ask = (method: string, what: string, json?: object) =>
    revint.request(method, `${session.path}/${what}`, { ...session.asHost, ...(json && { json }) });
  await ask("PUT", "activities/runtime", POLL);
  return {
    ...session,
    ask,
    write: async (id: string, flow: Pick<NewFlow, "name" | "on" | "do">) =>
      expect((await ask("PUT", `flows/${id}`, flow)).status).toBe(200),
    flows: async () => (await read(Flows, await ask("GET", "flows"))).flows,
    runs: async (flow: string) => (await read(FlowRuns, await ask("GET", `flows/${flow}/runs`))).runs,
    poll: async () => {
      const { activities } = await read(Activities, await ask("GET", "activities"));
      return activities[0]?.status;
    },
  };
}

/** The stage of a talk, with what its host has automated. */
async function openFlows(session: StartedSession, options: object = LAPTOP, pass?: Pass): Promise<Page> {
  const { sessionUid, token } = session;
  const secret = pass ? `token=${pass.token}&uid=${pass.uid}` : `token=${token}`;
  const stage = await visit.open(`/stage?session=${sessionUid}#${secret}`, options);
  await openControls(stage);
  await stage.getByRole("button", { name: "Automations" }).click();
  await stage.getByRole("heading", { name: "What is automated" }).waitFor();
  return stage;
}

const dialog = (stage: Page) => stage.getByRole("dialog");
const button = (stage: Page, name: string | RegExp) => dialog(stage).getByRole("button", { name });
/** What is said of one in the list. */
const item = (stage: Page, name: string) => dialog(stage).getByRole("listitem").filter({ hasText: name });
const says = (stage: Page, text: string | RegExp) => dialog(stage).getByText(text).first().waitFor();

/** With the Tab key alone. */
async function tabTo(stage: Page, target: Locator): Promise<void> {
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 60; presses++) {
    if (await hasFocus()) return;
    await stage.keyboard.press("Tab");
  }
  throw new Error("the Tab key does not lead there");
}

/** Besides what the service refuses, which a browser tells by itself. */
const listComplaints = () =>
  visit.complaints.filter((complaint) => !/status of 4\d\d|ERR_INTERNET_DISCONNECTED/.test(complaint));

test("a recipe is made with the keyboard alone, does what it says, and its steps are seen as they come", async () => {
  const talk = await startTalk();
  const { sessionUid, token } = talk;
  const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, LAPTOP);
  await openControls(stage);
  await tabTo(stage, stage.getByRole("button", { name: "Automations" }));
  await stage.keyboard.press("Enter");
  await says(stage, "There are none yet.");
  await tabTo(stage, button(stage, /^Close when the room has answered/));
  await stage.keyboard.press("Enter");
  const percent = dialog(stage).getByLabel("percent");
  await percent.waitFor();
  expect(await percent.inputValue()).toBe("80");
  await tabTo(stage, percent);
  await stage.keyboard.type("half");
  await stage.keyboard.press("Enter");
  // Each problem at its blank; whoever reads begins with the first.
  await says(stage, "A whole number from 1 to 100.");
  await says(stage, "Choose what you ask.");
  expect(await percent.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await talk.flows()).toEqual([]);
  await stage.keyboard.press("Control+A");
  await stage.keyboard.type("50");
  // What was written waits for whoever closes it with a key, on purpose or not.
  await stage.keyboard.press("Escape");
  await dialog(stage).waitFor({ state: "detached" });
  await stage.keyboard.press("Enter");
  await tabTo(stage, button(stage, /^Close when the room has answered/));
  await stage.keyboard.press("Enter");
  await percent.waitFor();
  expect(await percent.inputValue()).toBe("50");
  const asked = dialog(stage).getByLabel("what is asked");
  await tabTo(stage, asked);
  await stage.keyboard.type("Which");
  expect(await asked.inputValue()).toBe("runtime");
  await tabTo(stage, button(stage, "Save"));
  await stage.keyboard.press("Enter");
  await says(stage, "“Close when the room has answered” is saved.");
  await says(stage, /^Each time 50% of the people have answered “Which runtime do you use most\?”/);
  const [flow] = await talk.flows();
  expect(flow).toMatchObject({ enabled: true, on: { share: 0.5, activity: "runtime" } });

  await tabTo(stage, button(stage, /^What it did/));
  await stage.keyboard.press("Enter");
  await says(stage, "It has not done anything yet.");
  await talk.post("activities/runtime/status", { status: "open" });
  const person = await talk.join();
  await talk.pipe(person.uid);
  const path = `${talk.path}/user/${person.uid}/answers/runtime`;
  const answer = { ...person, json: { round: 1, value: ["node"] } };
  expect((await revint.request("PUT", path, answer)).status).toBe(200);
  // Nobody presses anything.
  await says(stage, "People had answered");
  await says(stage, "close “Which runtime do you use most?”");
  await says(stage, "done");
  expect(await talk.poll()).toBe("closed");
  expect(await findBarriers(stage)).toEqual([]);
  await stage.keyboard.press("Escape");
  await dialog(stage).waitFor({ state: "detached" });
  expect(visit.complaints).toEqual([]);
});

test("what a receiver did not take goes on by itself; what it wants no more of is done again by its host", async () => {
  const talk = await startTalk();
  await talk.write("chat", {
    name: "Tell our chat",
    on: { event: "page" },
    do: [
      { do: "webhook", url: `${receiver.url}/chat/key` },
      { do: "message", text: "Next!" },
    ],
  });
  const fails = { does: "answer", status: 500 } as const;
  await receiver.script("/chat", fails, fails);
  const stage = await openFlows(talk);
  await button(stage, "What it did – Tell our chat").click();
  await says(stage, "It has not done anything yet.");
  await talk.setState("1.0");
  await says(stage, "A slide was shown");
  await says(stage, "The receiver answered with 500.");
  await says(stage, /^tried again/);
  await says(stage, "waits");
  // Nobody presses anything.
  await says(stage, "3 attempts");
  await expect.poll(() => dialog(stage).getByText("done", { exact: true }).count()).toBe(2);
  expect(receiver.got("/chat").length).toBe(3);

  await receiver.script("/chat", { does: "answer", status: 410 });
  await talk.setState("2.0");
  await says(stage, "The receiver wants no more of them (410).");
  await expect.poll(() => dialog(stage).getByText("given up", { exact: true }).count()).toBe(2);
  await button(stage, "Back").click();
  await says(stage, /^It was switched off\./);
  await says(stage, /^Last done/);
  const toggle = item(stage, "Tell our chat").getByRole("switch");
  expect(await toggle.getAttribute("aria-checked")).toBe("false");
  await toggle.click();
  await says(stage, "“Tell our chat” is on.");
  expect((await talk.flows())[0]).toMatchObject({ enabled: true, failures: 0 });
  await button(stage, "What it did – Tell our chat").click();
  await button(stage, /^Do again what failed/).click();
  await says(stage, "It is done again.");
  await expect.poll(() => dialog(stage).getByText("done", { exact: true }).count()).toBe(4);
  expect(await button(stage, /^Do again/).count()).toBe(0);
  expect(visit.complaints).toEqual([]);
});

test("a flow is tried by hand, step by step, and cancelled by whoever has seen enough", async () => {
  const talk = await startTalk();
  await talk.write("slow", {
    name: "Tell somebody slow",
    on: { event: "ended" },
    do: [
      { do: "activity", activity: "runtime", status: "open" },
      { do: "webhook", url: `${receiver.url}/slow` },
      { do: "message", text: "Told." },
    ],
  });
  await receiver.script("/slow", { does: "hang" });
  const stage = await openFlows(talk);
  await button(stage, "What it did – Tell somebody slow").click();
  await button(stage, "Try it now").click();
  const steps = dialog(stage).locator(".try .flow-steps > li");
  await expect
    .poll(() => steps.allTextContents())
    .toEqual([
      "open “Which runtime do you use most?”done",
      expect.stringMatching(/^tell 127\.0\.0\.1:\d+is being done$/),
    ]);
  expect(await talk.poll()).toBe("open");
  await button(stage, "Cancel").click();
  await says(stage, "It was cancelled.");
  await says(stage, "Whoever tried it has left.");
  await says(stage, "Tried by hand");
  // Another one, to its end.
  await button(stage, "Try it now").click();
  await says(stage, "It was tried.");
  await expect
    .poll(async () => (await steps.allTextContents()).filter((step) => step.endsWith("done")).length)
    .toBe(3);
  expect(visit.complaints).toEqual([]);
  await receiver.release();
});

test("a hook's address and a signing secret are told once, hold what they promise, and can be made anew", async () => {
  const talk = await startTalk();
  const stage = await openFlows(talk);
  await button(stage, /^A key opens it/).click();
  await dialog(stage).getByLabel("what is asked").selectOption("runtime");
  await dialog(stage).getByLabel("What it is called").fill("Ask it now");
  await button(stage, "Save").click();
  await says(stage, /^It is shown this once/);
  const field = dialog(stage).getByLabel("Address of the hook");
  const first = await field.inputValue();
  expect(await findBarriers(stage)).toEqual([]);
  expect((await fetch(first, { method: "POST" })).status).toBe(202);
  await expect.poll(talk.poll).toBe("open");
  await button(stage, "I have kept it").click();
  await says(stage, "Whenever its hook is called: open “Which runtime do you use most?”.");
  expect(await stage.content()).not.toContain(first.split("/").at(-1));

  const more = item(stage, "Ask it now");
  await more.getByText("More").click();
  await button(stage, "New address or secret – Ask it now").click();
  await button(stage, /^Really\? .* – Ask it now$/).click();
  await field.waitFor();
  const second = await field.inputValue();
  expect(second).not.toBe(first);
  await expect.poll(async () => (await talk.flows()).length).toBe(1);
  expect((await fetch(first, { method: "POST" })).status).toBe(404);
  expect((await fetch(second, { method: "POST" })).status).toBe(202);
  await button(stage, "I have kept it").click();

  await button(stage, /^Tell our chat what the room wants to know/).click();
  await dialog(stage).getByLabel("address").fill(`${receiver.url}/signed`);
  await button(stage, "Save").click();
  const secret = await dialog(stage).getByLabel("Signing secret").inputValue();
  await button(stage, "I have kept it").click();
  await button(stage, "What it did – Tell our chat what the room wants to know").click();
  await button(stage, "Try it now").click();
  await says(stage, "It was tried.");
  const [request] = receiver.got("/signed");
  if (!request) throw new Error("nothing came");
  expect(openWebhook(request, secret)).toMatchObject({ type: "try" });
  expect(visit.complaints).toEqual([]);
});

test("what is exported can be brought along to another talk, whole or not at all", async () => {
  const [here, there] = [await startTalk(), await startTalk()];
  await here.write("end", {
    name: "End at six",
    on: { event: "schedule", at: "2037-03-28T18:00", zone: "Europe/Berlin" },
    do: [{ do: "message", text: "It is six." }, { do: "end" }],
  });
  await here.write("chat", {
    name: "Tell our chat",
    on: { event: "reactions", atLeast: 20, within: 30 },
    do: [{ do: "webhook", url: `${receiver.url}/export` }],
  });
  const from = await openFlows(here);
  const download = from.waitForEvent("download");
  await button(from, "Export all").click();
  const file = await (await download).path();
  const text = await readFile(file, "utf8");
  expect(Object.keys(JSON.parse(text))).toEqual(["flows"]);
  expect(text).not.toContain("whsec_");

  const to = await openFlows(there);
  await button(to, "Write or import…").click();
  const json = dialog(to).getByLabel("JSON");
  const refused = async (written: string, ...problems: (string | RegExp)[]) => {
    await json.fill(written);
    await button(to, "Save").click();
    for (const problem of problems) await says(to, problem);
    expect(await there.flows()).toEqual([]);
  };
  await refused("{ flows: 1 }", /^This is no JSON\./);
  await refused("[]", "There is no automation in it.");
  // One of them is wrong in two places: none is kept.
  const { flows } = JSON.parse(text);
  const wrong = { name: "Wrong", on: { event: "page", slide: 1 }, do: [{ do: "webhook", url: "chat" }] };
  await refused(
    JSON.stringify([...flows, wrong]),
    "It can't be run as it is written.",
    /^“Wrong”, on: .*slide/,
    "“Wrong”, do.0.url: a webhook's url begins with https://",
  );
  const queued = { ...wrong, on: { event: "queue", topic: "light" }, do: [{ do: "end" }] };
  await refused(JSON.stringify([...flows, queued]), /^This deployment has no queue/);
  expect(await findBarriers(to)).toEqual([]);
  // What was written is there again after a slip of a key.
  await to.keyboard.press("Escape");
  await to.getByRole("button", { name: "Automations" }).click();
  await button(to, "Write or import…").click();
  expect(JSON.parse(await json.inputValue())).toContainEqual(queued);

  await dialog(to).locator("input[type=file]").setInputFiles(file);
  await expect.poll(() => json.inputValue()).toBe(text);
  await button(to, "Save").click();
  await says(to, "2 automations are saved.");
  expect(await dialog(to).getByLabel("Signing secret").count()).toBe(1);
  await button(to, "I have kept it").click();
  expect(await there.flows()).toEqual(await here.flows());

  // What no recipe says is changed as it is written.
  await button(to, "Change – End at six").click();
  expect(JSON.parse(await json.inputValue())).not.toHaveProperty("id");
  await json.fill((await json.inputValue()).replace("It is six.", "Time is up."));
  await button(to, "Save").click();
  await says(to, /show “Time is up\.” on the stage, and end the session/);
  expect((await there.flows()).map(({ id }) => id)).toEqual(["end", "chat"]);
  await button(to, "Write or import…").click();
  expect(await json.inputValue()).toBe("");
  expect(listComplaints()).toEqual([]);
});

test("flows are changed, switched off and deleted; without a connection nothing is lost", async () => {
  const talk = await startTalk();
  const stage = await openFlows(talk);
  await button(stage, /^Save the counts as we go/).click();
  await dialog(stage).getByLabel("minutes").fill("5");
  await stage.context().setOffline(true);
  await button(stage, "Save").click();
  await says(stage, "The service is out of reach. Please try again.");
  expect(await dialog(stage).getByLabel("minutes").inputValue()).toBe("5");
  await stage.context().setOffline(false);
  await button(stage, "Save").click();
  await says(stage, /^Every 5 minutes, if at least 1 person is there/);
  expect(await talk.flows()).toHaveLength(1);

  const toggle = item(stage, "Save the counts as we go").getByRole("switch");
  await toggle.click();
  await says(stage, "“Save the counts as we go” is off.");
  expect(await toggle.getAttribute("aria-checked")).toBe("false");
  await button(stage, /^Change – /).click();
  expect(await dialog(stage).getByLabel("minutes").inputValue()).toBe("5");
  await dialog(stage).getByLabel("minutes").fill("10");
  await button(stage, "Save").click();
  await says(stage, /^Every 10 minutes/);
  // What its host has switched off stays off.
  expect(await talk.flows()).toMatchObject([{ enabled: false, on: { every: 10 } }]);

  await item(stage, "Save the counts as we go").getByText("More").click();
  const remove = button(stage, /^Delete – /);
  await remove.dblclick();
  await button(stage, /^Really delete\? – /).waitFor();
  await dialog(stage).getByRole("heading", { name: "Make one" }).click();
  await remove.click();
  await button(stage, /^Really delete\? – /).click();
  await says(stage, "“Save the counts as we go” is deleted.");
  expect(await talk.flows()).toEqual([]);
  const heading = dialog(stage).getByRole("heading", { name: "What is automated" });
  expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);

  // Somebody else has filled the session meanwhile.
  const message = { on: { event: "ended" }, do: [{ do: "message", text: "Bye" }] } as const;
  for (let i = 0; i < LIMITS.flows; i++) await talk.write(`flow-${i}`, { name: `Bye ${i}`, ...message });
  await button(stage, /^Make the recap at the end/).click();
  await button(stage, "Save").click();
  await says(stage, /^More than 20 are not taken/);
  expect(await talk.flows()).toHaveLength(LIMITS.flows);
  expect(listComplaints()).toEqual([]);
});

test("a co-host reads what is automated, of webhooks only where they go, and changes nothing", async () => {
  const talk = await startTalk();
  await talk.write("chat", {
    name: "Tell our chat",
    on: { event: "page" },
    do: [{ do: "webhook", url: `${receiver.url}/secret-key` }],
  });
  for (const role of ["presenter", "moderator"] as const) {
    const stage = await openFlows(talk, LAPTOP, await talk.invite(role));
    await says(stage, /^Whenever a slide is shown: tell 127\.0\.0\.1/);
    await says(stage, "Only the host makes and changes these.");
    expect(await dialog(stage).getByRole("button").count()).toBe(1);
    expect(await dialog(stage).getByRole("switch").count()).toBe(0);
    expect(await findBarriers(stage)).toEqual([]);
  }
  expect(visit.requests.filter((address) => address.includes("secret-key"))).toEqual([]);
  expect(visit.complaints).toEqual([]);
});

test("what is automated fits every screen", async () => {
  const talk = await startTalk();
  await talk.write("chat", {
    name: "Tell our chat, and everybody else who would like to know what the room has asked, at once",
    on: { event: "page" },
    do: [
      { do: "webhook", url: `${receiver.url}/look` },
      { do: "activity", activity: "runtime", status: "open" },
    ],
  });
  await talk.write("light", { name: "عادة", on: { event: "http" }, do: [{ do: "rules", paused: true }] });
  await receiver.script("/look", { does: "answer", status: 410 });
  await talk.setState("1.0");
  await expect.poll(async () => (await talk.flows())[0]?.offBecause).toBeDefined();
  for (const [size, options] of Object.entries({
    phone: SMALL_PHONE,
    laptop: LAPTOP,
    projector: PROJECTOR,
  })) {
    const stage = await openFlows(talk, options);
    const look = async (what: string) => {
      expect(await lookAt(stage, `flows-${what}-${size}`)).toEqual([]);
      const tooWide = await dialog(stage).evaluate(
        ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
      );
      expect(tooWide).toBeLessThanOrEqual(0);
    };
    await look("list");
    await button(stage, /^Close when the room has answered/).click();
    await button(stage, "Save").click();
    await says(stage, "Choose what you ask.");
    await look("recipe");
    await button(stage, "Back").click();
    await button(stage, /^End by the clock/).click();
    await look("clock");
    await button(stage, "Back").click();
    await button(stage, /^What it did – Tell our chat/).click();
    await says(stage, "The receiver wants no more of them (410).");
    await look("runs");
    await button(stage, "Back").click();
    await button(stage, "Write or import…").click();
    await look("json");
  }
});

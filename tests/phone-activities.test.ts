import { describe, expect, test } from "vitest";
import { findAnnouncement, findQuestion, hasNote, QUESTIONS, startTalk } from "./asked-talk.ts";
import { findBarriers, intercept, photograph, type Scene, setScene, TALL_PHONE, Visit } from "./browser.ts";
import { FlakyNetwork } from "./flaky-network.ts";
import { keep } from "./keep.ts";

let scene: Scene;
setScene((next) => {
  scene = next;
});

/** A phone behind a network of its own that is asked something. */
async function openFarPhone() {
  const talk = await startTalk(scene);
  const network = keep(await FlakyNetwork.before(scene.revint.url));
  const visit = new Visit(scene.browser, network.url);
  keep({ close: () => visit.end() });
  const phone = await visit.open(`/join?session=${talk.sessionUid}`, TALL_PHONE);
  await talk.open("poll", QUESTIONS.poll);
  await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
  return { talk, network, phone };
}

describe("an answer", () => {
  test("is changed, taken back, and there again after a reload", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("poll", QUESTIONS.poll);
    const node = phone.getByRole("button", { name: "Node" });
    await phone.getByRole("button", { name: "Workers" }).tap();
    await hasNote(phone);
    await node.tap();
    await expect.poll(() => talk.tally("poll")).toMatchObject({ people: 1, counts: { node: 1 } });
    await phone.reload();
    await expect.poll(() => node.getAttribute("aria-pressed")).toBe("true");
    await hasNote(phone);
    await phone.getByRole("button", { name: "Take back" }).tap();
    await expect.poll(() => talk.tally("poll")).toMatchObject({ people: 0, counts: {} });
    expect(await node.getAttribute("aria-pressed")).toBe("false");
    expect(scene.visit.complaints).toEqual([]);
  });

  test("that may not be changed is chosen first, then sent, and stands", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("poll", { ...QUESTIONS.poll, change: false });
    await phone.getByLabel("Workers").tap();
    await phone.getByLabel("Node").tap();
    expect(await talk.tally("poll")).toMatchObject({ people: 0 });
    await phone.getByRole("button", { name: "Send" }).tap();
    await hasNote(phone, "Sent. It can't be changed.");
    await phone.getByText("Your answer: Node").waitFor();
    expect(await phone.getByRole("radio").count()).toBe(0);
    expect(await phone.getByRole("button", { name: "Take back" }).count()).toBe(0);
  });

  test("that is not sent yet is there again after a reload", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("open", QUESTIONS.open);
    await phone.getByLabel("Your answer").fill("Half a thought");
    await phone.reload();
    await expect.poll(() => phone.getByLabel("Your answer").inputValue()).toBe("Half a thought");
    await phone.getByRole("button", { name: "Send" }).tap();
    await hasNote(phone);
    await expect.poll(() => talk.tally("open")).toMatchObject({ people: 1 });
  });

  test("without a network is kept, said to be, and arrives later", async () => {
    const { talk, network, phone } = await openFarPhone();
    network.cut();
    await phone.locator(".dot.connecting").waitFor();
    await phone.getByRole("button", { name: "Workers" }).tap();
    await hasNote(phone, "Kept on this phone, and sent once you are back online.");
    await phone.getByRole("button", { name: "Node" }).tap();
    await phone.getByText("1 answer kept, sent once you are back online").waitFor();
    network.restore();
    await hasNote(phone);
    await expect.poll(() => talk.tally("poll")).toMatchObject({ people: 1, counts: { node: 1 } });
  });

  test("that comes too late is told so", async () => {
    const { talk, network, phone } = await openFarPhone();
    network.cut();
    await phone.locator(".dot.connecting").waitFor();
    await phone.getByRole("button", { name: "Workers" }).tap();
    await talk.close("poll", { revealed: true });
    network.restore();
    await hasNote(phone, "It closed before your answer arrived.");
    expect(await talk.tally("poll")).toMatchObject({ people: 0 });
  });
});

describe("questions", () => {
  test("that are open together are asked one at a time, with a way to the others", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("poll", QUESTIONS.poll);
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    await talk.open("pace", QUESTIONS.pace);
    await findQuestion(phone, QUESTIONS.pace.prompt).waitFor();
    await phone.getByText("2 of 2").waitFor();
    await phone.getByRole("button", { name: "Previous question" }).tap();
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    expect(await phone.locator(".question").count()).toBe(1);
    await photograph(phone, "phone-two");
    expect(await findBarriers(phone)).toEqual([]);
  });

  test("wait for whoever is writing: the text, the focus and the place stay as they are", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("open", QUESTIONS.open);
    const field = phone.getByLabel("Your answer");
    await field.fill("I am not done");
    await talk.open("poll", QUESTIONS.poll);
    await phone.getByText("1 of 2").waitFor();
    await expect
      .poll(() => findAnnouncement(phone).textContent())
      .toBe(`New question: ${QUESTIONS.poll.prompt}`);
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field.inputValue()).toBe("I am not done");
    await phone.getByRole("button", { name: "Send" }).tap();
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    await expect.poll(() => talk.tally("open")).toMatchObject({ people: 1 });
  });

  test("close by themselves, by the service's clock, whatever the phone's says", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await phone.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
    });
    await talk.open("poll", QUESTIONS.poll, { seconds: 5 });
    await phone.getByRole("timer").waitFor();
    expect(await phone.getByRole("timer").textContent()).toMatch(/^0:0[0-5]$/);
    await phone.getByText("Closed", { exact: true }).waitFor();
    await hasNote(phone, "You did not answer.");
  });

  test("begin anew in the next round, and nothing of the last one is left", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("poll", QUESTIONS.poll);
    await phone.getByRole("button", { name: "Workers" }).tap();
    await hasNote(phone);
    await talk.close("poll");
    await phone.getByText("Closed", { exact: true }).waitFor();
    await talk.set("poll", { status: "open", newRound: true });
    await phone.getByText("Question · Round 2").waitFor();
    const workers = phone.getByRole("button", { name: "Workers" });
    expect(await workers.getAttribute("aria-pressed")).toBe("false");
    await workers.tap();
    await expect.poll(() => talk.tally("poll")).toMatchObject({ round: 2, people: 1 });
  });

  test("whose result the host keeps say so, and show it, and what was right, once it is revealed", async () => {
    const talk = await startTalk(scene);
    const [right, wrong] = await Promise.all([talk.openPhone(), talk.openPhone()]);
    const quiz = { ...QUESTIONS.poll, show: "host", correct: ["node"] } as const;
    await talk.open("quiz", quiz);
    await right.getByRole("button", { name: "Node" }).tap();
    await wrong.getByRole("button", { name: "Workers" }).tap();
    await Promise.all([hasNote(right), hasNote(wrong)]);
    await talk.close("quiz");
    await right.getByText("The result comes when the speaker shows it.").waitFor();
    expect(await right.locator(".shares").count()).toBe(0);
    await talk.set("quiz", { status: "closed", revealed: true });
    await hasNote(right, "Your answer is right.");
    await hasNote(wrong, "Your answer is not right.");
    await right.getByText("You have 1,000 points in the quiz: rank 1.").waitFor();
    await wrong.getByText("You have 0 points in the quiz: rank 2.").waitFor();
    await wrong.getByRole("listitem", { name: "Node: 1 person, 50 %, right" }).waitFor();
    await photograph(wrong, "phone-quiz");
    expect(await findBarriers(wrong)).toEqual([]);
  });

  test("that are over are put away by hand, and reactions go on all the time", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("poll", QUESTIONS.poll);
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    await phone.getByRole("button", { name: "Thumbs up" }).tap();
    await phone.getByRole("button", { name: "Thumbs up, 1" }).waitFor();
    await talk.close("poll");
    await phone.getByRole("button", { name: "Put this away" }).tap();
    await phone.locator(".question").waitFor({ state: "detached" });
    expect(scene.visit.complaints).toEqual([]);
  });

  test("come, change and close without anybody asking for them: a whole room would ask at once", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await phone.waitForTimeout(1100);
    await talk.open("poll", QUESTIONS.poll);
    await phone.getByRole("button", { name: "Workers" }).tap();
    await hasNote(phone);
    await talk.close("poll", { revealed: true });
    await phone.getByText("1 person answered · final result").waitFor();
    expect(scene.visit.requests.filter((url) => url.endsWith("/activities"))).toEqual([]);
  });

  test("are asked although what shows them could not be loaded at first", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await intercept(phone, /audience-desk-/, (route) => route.abort(), { times: 1 });
    await talk.open("poll", QUESTIONS.poll);
    await phone.getByText("A question can't be shown right now. We keep trying.").waitFor();
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    expect(await phone.locator(".status").textContent()).toBe("");
  });

  test("that are their slide's title are said once", async () => {
    const talk = await startTalk(scene, QUESTIONS.poll.prompt);
    const phone = await talk.openPhone();
    const title = phone.getByRole("heading", { level: 1 });
    expect((await title.boundingBox())?.height).toBeGreaterThan(20);
    await talk.open("poll", QUESTIONS.poll);
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    await expect.poll(async () => (await title.boundingBox())?.height).toBeLessThan(2);
    expect(await findBarriers(phone)).toEqual([]);
  });

  test("are found by whoever comes while they are open", async () => {
    const talk = await startTalk(scene);
    await talk.open("poll", QUESTIONS.poll);
    const phone = await talk.openPhone(TALL_PHONE);
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
  });
});

import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { Activities } from "../shared/interactions/activity/activity.schema.ts";
import type { AnswerValue } from "../shared/interactions/activity/tally.ts";
import {
  findBarriers,
  intercept,
  lookAt,
  openControls,
  PROJECTOR,
  photograph,
  setScene,
  TALL_PHONE,
  type Visit,
} from "./browser.ts";
import { type Deployment, read } from "./deployment.ts";
import { type StartedSession, startSession } from "./started-session.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => ({ revint, visit } = scene), {
  rooms: { REACTIONS_PER_SECOND: "1000", REACTIONS_BURST: "1000" },
});

const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;
/** A word that is as long as one may be. */
const LONG = "donaudampfschifffahrtsgesellscha";

/** A session, so many people in it, and what they answer over HTTP. */
async function startTalk(size = 12) {
  const session = await startSession(revint, { reactions: ["👍", "👏"] });
  const people = await Promise.all(Array.from({ length: size }, session.join));
  const ask = (method: string, what: string, json: object) =>
    revint.request(method, `${session.path}/activities/${what}`, { ...session.asHost, json });
  const list = async () => {
    const listed = await revint.request("GET", `${session.path}/activities`, session.asHost);
    return (await read(Activities, listed)).activities;
  };
  return {
    ...session,
    people,
    write: (id: string, definition: object) => ask("PUT", id, definition),
    set: (id: string, change: object) => ask("POST", `${id}/status`, change),
    /** One answer each. */
    answer: async (id: string, round: number, values: readonly AnswerValue[]) => {
      for (const [index, value] of values.entries()) {
        const { token, uid } = people[index] ?? { token: "", uid: "" };
        const path = `${session.path}/user/${uid}/answers/${id}`;
        const { status } = await revint.request("PUT", path, { token, uid, json: { round, value } });
        expect(status).toBe(200);
      }
    },
    openStage: async (options: object = PROJECTOR) => {
      const stage = await visit.open(`/stage?session=${session.sessionUid}#token=${session.token}`, options);
      await openControls(stage);
      return stage;
    },
    list,
    /** The activity that was made on the stage. */
    find: async () => (await list())[0]?.id ?? "",
  };
}

const controls = (stage: Page) => stage.getByRole("complementary", { name: "Controls" });
const button = (page: Page, name: string | RegExp) => controls(page).getByRole("button", { name });
const board = (stage: Page) => stage.locator(".board .activity");

describe("asking the room", () => {
  test("a poll is made with the keyboard alone, and is open at once", async () => {
    const { openStage, answer, find } = await startTalk(5);
    const stage = await openStage();
    await button(stage, "Poll").click();
    const dialog = stage.getByRole("dialog", { name: "Poll" });
    await dialog.waitFor();
    expect(await findBarriers(stage)).toEqual([]);
    await photograph(stage, "stage-ask-poll");
    // Nothing was clicked since: the first field has the focus.
    await stage.keyboard.type("Which runtime do you use?");
    await stage.keyboard.press("Tab");
    await stage.keyboard.type("Workers\nNode\nDeno\n");
    await stage.keyboard.press("Enter");
    await expect.poll(() => dialog.count()).toBe(0);
    await board(stage).getByRole("heading", { name: "Which runtime do you use?" }).waitFor();
    // The room may not see counts while it runs, and the projector is the room's.
    await answer(await find(), 1, [["1"], ["1"], ["1"], ["2"]]);
    await board(stage).getByText("4 people have answered").waitFor();
    expect(await board(stage).textContent()).not.toMatch(/75/);
    await controls(stage).getByText("The counts, for you alone").click();
    await controls(stage).getByRole("listitem", { name: "Workers: 3 people, 75 %" }).waitFor();
    await photograph(stage, "stage-activity-open");
    expect(await findBarriers(stage)).toEqual([]);
    await button(stage, /^Close: /).click();
    await board(stage).getByRole("listitem", { name: "Workers: 3 people, 75 %" }).waitFor();
    await board(stage).getByText("4 people answered · final result").waitFor();
    await photograph(stage, "stage-activity-closed");
    // Once more, with new answers, side by side.
    await button(stage, /^Next round: /).click();
    await board(stage).getByText("Poll · round 2 · open").waitFor();
    await answer(await find(), 2, [["2"], ["2"], ["2"], ["3"], ["2"]]);
    await button(stage, /^Close: /).click();
    await button(stage, /^Compare with the round before: /).click();
    await board(stage)
      .getByRole("listitem", { name: "Node: 4 people, 80 %, 25 % in the round before" })
      .waitFor();
    await photograph(stage, "stage-activity-rounds");
    await button(stage, /^Off the board: /).click();
    await expect.poll(() => board(stage).count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  test("a poll without options is yes or no; what can't be asked is told in words, and nothing is lost", async () => {
    const { openStage } = await startTalk(0);
    const stage = await openStage();
    await button(stage, "Poll").click();
    const dialog = stage.getByRole("dialog", { name: "Poll" });
    await dialog.getByLabel("What do you ask?").fill("Shall we go on?");
    await dialog.getByLabel("Options").fill("only one");
    await dialog.getByRole("button", { name: "Open it now" }).click();
    await dialog.getByText("A poll needs two options at least.").waitFor();
    expect(await dialog.getByLabel("Options").inputValue()).toBe("only one");
    await dialog.getByLabel("Options").fill("");
    await stage.keyboard.press("Control+Enter");
    await board(stage).getByText("Yes", { exact: true }).waitFor();
    await board(stage).getByText("No", { exact: true }).waitFor();
  });

  test("a rating closes by itself, and tells mean and median", async () => {
    const { openStage, answer, find } = await startTalk(5);
    const stage = await openStage();
    await button(stage, "Rating").click();
    const dialog = stage.getByRole("dialog", { name: "Rating" });
    await dialog.getByLabel("What do you ask?").fill("How is the pace?");
    await dialog.getByLabel("The lowest means").fill("too slow");
    await dialog.getByRole("button", { name: "Open it now" }).click();
    await dialog.getByText("Please say what both ends mean, or neither.").waitFor();
    await dialog.getByLabel("The highest means").fill("too fast");
    await dialog.getByText("More", { exact: true }).click();
    await dialog.getByLabel("Close it by itself").selectOption("30");
    await dialog.getByLabel("The room sees the result").selectOption("live");
    await photograph(stage, "stage-ask-rating");
    expect(await findBarriers(stage)).toEqual([]);
    await dialog.getByRole("button", { name: "Open it now" }).click();
    await board(stage)
      .getByText(/closes in 0:\d\d/)
      .waitFor();
    await answer(await find(), 1, [3, 3, 4, 5, 1]);
    await board(stage).getByText("Mean 3.2").waitFor();
    await board(stage).getByText("Median 3").waitFor();
    await board(stage).getByRole("listitem", { name: "3: 2 people, 40 %" }).waitFor();
    await photograph(stage, "stage-rating");
    expect(visit.complaints).toEqual([]);
  });

  test("a word cloud grows; a word is taken out of it, everywhere, and put back", async () => {
    const { openStage, answer, find, sessionUid, invite } = await startTalk(12);
    const stage = await openStage();
    await button(stage, "Word cloud").click();
    await stage.getByRole("dialog", { name: "Word cloud" }).getByLabel("What do you ask?").fill("One word");
    await stage.keyboard.press("Enter");
    await board(stage).getByRole("heading", { name: "One word" }).waitFor();
    const words = [
      "calm",
      "calm",
      "calm",
      "速い",
      "مرحبا بالعالم",
      LONG,
      "🚀",
      "café",
      "calm",
      "edge",
      "edge",
      "rude",
    ];
    await answer(
      await find(),
      1,
      words.map((word) => [word]),
    );
    const word = (text: string) => board(stage).locator(".cloud-word", { hasText: text });
    for (const text of ["calm", "速い", "مرحبا بالعالم", LONG, "🚀", "rude"]) await word(text).waitFor();
    await board(stage).getByRole("listitem").filter({ hasText: "calm : 4 people" }).waitFor();
    await photograph(stage, "stage-cloud");
    expect(await findBarriers(stage)).toEqual([]);

    // A moderator may do that, and asks nothing.
    const { token, uid } = await invite("moderator");
    const moderator = await visit.open(`/stage?session=${sessionUid}#token=${token}&uid=${uid}`, LAPTOP);
    await openControls(moderator);
    expect(await button(moderator, "Poll").count()).toBe(0);
    await button(moderator, "rude 1: take it out").click();
    await button(moderator, "rude: put it back").waitFor();
    await expect.poll(() => word("rude").count()).toBe(0);
    await photograph(moderator, "stage-moderator-words");
    expect(await findBarriers(moderator)).toEqual([]);
    // Whoever hosts sees what is out, whichever window took it out, and puts it back.
    await button(stage, "rude: put it back").click();
    await word("rude").waitFor();
    await button(moderator, "rude 1: take it out").waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("a hundred words of any script are all drawn, inside the card, and what was drawn stays until the next cloud is there", async () => {
    const { openStage, write, set, answer, sessionUid, token } = await startTalk(12);
    await write("cloud", { kind: "words", prompt: "Ten words", words: 10, show: "live" });
    await set("cloud", { status: "open" });
    const texts = [
      "速い",
      "مرحبا",
      "שלום",
      "🚀",
      "naïve",
      "wwwwwwwwwwwwwwwwwwwwwwwwwwww",
      "a b c",
      "<b>",
      "ﬁ",
      "constructor",
    ];
    const words = Array.from({ length: 100 }, (_, index) => `${texts[index % 10]}${Math.floor(index / 10)}`);
    const byTen = Array.from({ length: 10 }, (_, person) => words.slice(person * 10, person * 10 + 10));
    await answer("cloud", 1, byTen);
    const stage = await openStage(PROJECTOR);
    await stage.keyboard.press("Escape");
    const drawn = board(stage).locator(".cloud-word");
    await expect.poll(() => drawn.count()).toBe(100);
    const outside = await board(stage).evaluate((card) => {
      const { left, right, top, bottom } = card.getBoundingClientRect();
      return [...card.querySelectorAll(".cloud-word")].filter((word) => {
        const box = word.getBoundingClientRect();
        return box.left < left || box.right > right || box.top < top || box.bottom > bottom;
      }).length;
    });
    expect(outside).toBe(0);
    await photograph(stage, "stage-cloud-100");
    // From now on it is looked at all the time: it is never without its words.
    await stage.evaluate(`
      globalThis.least = 1000;
      new MutationObserver(() => {
        least = Math.min(least, document.querySelectorAll(".activity .cloud-word").length);
      }).observe(document.querySelector(".activity"), { subtree: true, childList: true, attributes: true });`);
    const [first = []] = byTen;
    await answer("cloud", 1, [first, first, first, first]);
    await board(stage).getByText("10 people answered").waitFor();
    await expect
      .poll(() => board(stage).getByRole("listitem").filter({ hasText: "速い0 : 4 people" }).count())
      .toBe(1);
    expect(await stage.evaluate("least")).toBeGreaterThan(50);
    const results = await visit.open(`/results?session=${sessionUid}#token=${token}`, LAPTOP);
    await results.getByText(/^All \d+ answers as a table/).click();
    await results.getByRole("row", { name: "constructor0 4" }).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("what people write is read by whoever moderates, who takes a text out, and puts it back", async () => {
    const { openStage, write, set, answer, sessionUid, token } = await startTalk(3);
    await write("wishes", { kind: "text", prompt: "What is missing?" });
    await set("wishes", { status: "open" });
    await answer("wishes", 1, ["more examples, please", "اختبار", "something rude"]);
    const stage = await openStage(LAPTOP);
    const texts = controls(stage).getByRole("list", { name: "Open answers" });
    await texts.getByText("more examples, please").waitFor();
    await texts.getByText("اختبار").waitFor();
    await button(stage, "Take out: something rude").click();
    await button(stage, "Put back: something rude").waitFor();
    await photograph(stage, "stage-texts");
    expect(await findBarriers(stage)).toEqual([]);
    await board(stage).getByText("3 people have answered").waitFor();
    await set("wishes", { status: "closed", revealed: true });
    const results = await visit.open(`/results?session=${sessionUid}#token=${token}`, LAPTOP);
    await results.getByText("more examples, please").waitFor();
    expect(await results.getByText("something rude").count()).toBe(0);
    await button(stage, "Put back: something rude").click();
    await button(stage, "Take out: something rude").waitFor();
    // Whoever wrote it is blocked, unnamed as they are; that can be undone.
    await button(stage, "Block…: something rude").click();
    const dialog = stage.getByRole("dialog", { name: "Block whoever wrote this?" });
    await dialog.getByText("something rude").waitFor();
    await photograph(stage, "stage-texts-block");
    await dialog.getByRole("button", { name: "Block them" }).click();
    await expect.poll(() => texts.getByText("something rude").count()).toBe(0);
    await controls(stage).getByText("Blocked whoever wrote: something rude").waitFor();
    await board(stage).getByText("2 people have answered").waitFor();
    await photograph(stage, "stage-texts-blocked");
    expect(await findBarriers(stage)).toEqual([]);
    await button(stage, "Undo: Blocked whoever wrote: something rude").click();
    await button(stage, "Take out: something rude").waitFor();
    await board(stage).getByText("3 people have answered").waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test("what people write is read with the room, large, once it is shown: long ones fold, and what is taken out is gone", async () => {
    const { openStage, write, set, answer } = await startTalk(4);
    await write("wishes", { kind: "text", prompt: "What is missing?" });
    await set("wishes", { status: "open" });
    const long = "Something that takes a while to read. ".repeat(20).trim();
    await answer("wishes", 1, ["more examples, please", "اختبار", "something rude", long]);
    const stage = await openStage(LAPTOP);
    await board(stage).getByText("4 people have answered").waitFor();
    expect(await board(stage).getByText("more examples, please").count()).toBe(0);
    await set("wishes", { status: "closed", revealed: true });
    const texts = board(stage).getByRole("list", { name: "Open answers" });
    await texts.getByText("more examples, please").waitFor();
    expect(await texts.locator(".folded-rest").isVisible()).toBe(false);
    await texts.getByRole("button", { name: "Read all of it" }).click();
    expect(await texts.locator(".folded-rest").isVisible()).toBe(true);
    await texts.getByRole("button", { name: "Show less" }).click();
    await button(stage, "Take out: something rude").click();
    await expect.poll(() => texts.getByText("something rude").count()).toBe(0);
    await button(stage, "Put back: something rude").click();
    await texts.getByText("something rude").waitFor();
    await stage.keyboard.press("Escape");
    for (const [size, { viewport }] of Object.entries({
      laptop: LAPTOP,
      projector: PROJECTOR,
      phone: TALL_PHONE,
    })) {
      await stage.setViewportSize(viewport);
      expect(await lookAt(stage, `stage-board-texts-${size}`)).toEqual([]);
    }
    expect(visit.complaints).toEqual([]);
  });

  test("answers that stand in the way of asking something else are told, and cleared only when that is wanted", async () => {
    const { openStage, set, answer, find, list } = await startTalk(2);
    const stage = await openStage(LAPTOP);
    await button(stage, "Poll").click();
    const dialog = stage.getByRole("dialog", { name: "Poll" });
    await dialog.getByLabel("What do you ask?").fill("Shall we go on?");
    // It was written, and the answer to that was lost: it is open, and answered, by the next try.
    await intercept(stage, "**/status", (route) => route.abort(), { times: 1 });
    await dialog.getByRole("button", { name: "Open it now" }).click();
    await dialog.getByText("The service did not do this.").waitFor();
    const id = await find();
    await set(id, { status: "open" });
    await answer(id, 1, [["1"], ["2"]]);
    await dialog.getByLabel("Options").fill("Now\nLater\nNever");
    await dialog.getByRole("button", { name: "Open it now" }).click();
    await dialog.getByText("People have answered this already").waitFor();
    await photograph(stage, "stage-conflict");
    expect(await findBarriers(stage)).toEqual([]);
    expect(await list()).toMatchObject([
      { options: [{ text: "Yes" }, { text: "No" }], tally: { people: 2 } },
    ]);
    await dialog.getByRole("button", { name: "Clear the answers and go on" }).click();
    await board(stage).getByText("Later", { exact: true }).waitFor();
    await expect.poll(list).toMatchObject([{ status: "open", options: [{}, {}, {}], tally: { people: 0 } }]);
  });

  test("the answers of one activity are cleared after a rehearsal, after asking", async () => {
    const { openStage, write, set, answer, list } = await startTalk(2);
    await write("pace", { kind: "scale", prompt: "How is the pace?", min: 1, max: 5 });
    await set("pace", { status: "open" });
    await answer("pace", 1, [1, 2]);
    await set("pace", { status: "closed" });
    const stage = await openStage(LAPTOP);
    await button(stage, "Clear its answers…: How is the pace?").click();
    const dialog = stage.getByRole("dialog", { name: "Clear these answers?" });
    await dialog.waitFor();
    await photograph(stage, "stage-clear");
    expect(await findBarriers(stage)).toEqual([]);
    await dialog.getByRole("button", { name: "Clear them" }).click();
    await controls(stage).getByText("Its answers are cleared.").waitFor();
    await expect.poll(list).toMatchObject([{ status: "draft" }]);
    expect(visit.complaints).toEqual([]);
  });

  test("a presenter asks only while they drive, and hears what to do", async () => {
    const { sessionUid, invite } = await startTalk(0);
    const { token, uid } = await invite("presenter");
    const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}&uid=${uid}`, LAPTOP);
    await openControls(stage);
    await button(stage, "Word cloud").click();
    const dialog = stage.getByRole("dialog", { name: "Word cloud" });
    await dialog.getByLabel("What do you ask?").fill("One word");
    await stage.keyboard.press("Enter");
    await dialog.getByText("Someone else drives the deck").waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await button(stage, "Someone else drives: take over").click();
    // What was written is there already: it is only opened.
    await button(stage, "Open: One word").click();
    await board(stage).getByRole("heading", { name: "One word" }).waitFor();
    await button(stage, "Close: One word").click();
    await button(stage, "Delete…: One word").click();
    await stage.getByRole("dialog").getByRole("button", { name: "Delete it" }).click();
    await controls(stage).getByText("Nothing yet.").waitFor();
    await expect.poll(() => board(stage).count()).toBe(0);
  });
});

test("a deck's activities are opened, closed and revealed from the stage; what is right is marked once it is shown", async () => {
  const { openStage, write, answer } = await startTalk(8);
  await write("quiz", {
    kind: "choice",
    prompt: "Which city has more people?",
    page: "3.0",
    show: "host",
    options: ["Hamburg", "Lyon", "Porto"].map((text, index) => ({ id: `o${index}`, text })),
    correct: ["o0"],
  });
  await write("order", {
    kind: "order",
    prompt: "Oldest first",
    options: ["HTTP", "TCP", "WebSocket"].map((text, index) => ({ id: `o${index}`, text })),
    correct: ["o1", "o0", "o2"],
  });
  const stage = await openStage();
  await button(stage, "Open: Which city has more people?").click();
  await board(stage).getByRole("heading", { name: "Which city has more people?" }).waitFor();
  await answer("quiz", 1, [["o0"], ["o0"], ["o0"], ["o1"], ["o2"], ["o0"]]);
  await board(stage).getByText("6 people have answered").waitFor();
  await button(stage, "Close: Which city has more people?").click();
  await board(stage).getByText("The result comes when the speaker shows it.").waitFor();
  expect(await board(stage).locator(".right").count()).toBe(0);
  await button(stage, "Show what is right: Which city has more people?").click();
  await board(stage).getByRole("listitem", { name: "Hamburg: 4 people, 67 %, right" }).waitFor();
  await photograph(stage, "stage-quiz");
  await button(stage, "Open: Oldest first").click();
  await board(stage).getByRole("heading", { name: "Oldest first" }).waitFor();
  await answer("order", 1, [
    ["o1", "o0", "o2"],
    ["o1", "o0", "o2"],
    ["o0", "o1", "o2"],
  ]);
  await button(stage, "Close: Oldest first").click();
  await button(stage, "Show what is right: Oldest first").click();
  await board(stage).getByRole("listitem", { name: "1. TCP: mean place 1.33, 2 × first, right" }).waitFor();
  await photograph(stage, "stage-order");
  expect(await findBarriers(stage)).toEqual([]);
  // A reload changes nothing for the host; the board is about the talk again.
  await stage.reload();
  await stage.locator(".board").waitFor();
  await button(stage, "Put it on the board: Oldest first").click();
  await board(stage).getByRole("listitem", { name: "1. TCP" }).waitFor();
  expect(visit.complaints).toEqual([]);
});

test("a talk without a deck: the stage starts its session, says its title, and asks", async () => {
  const token = await revint.sign({ name: "Without a deck" });
  const stage = await visit.open(`/stage#token=${token}`, LAPTOP);
  await stage.getByRole("heading", { name: "Without a deck" }).waitFor();
  await photograph(stage, "stage-start");
  expect(await findBarriers(stage)).toEqual([]);
  await stage.getByRole("button", { name: "Start without a deck" }).click();
  await openControls(stage);
  expect(new URL(stage.url()).searchParams.get("session")).toBeTruthy();
  expect(stage.url()).not.toContain(token);
  await controls(stage).getByLabel("Title").fill("Questions and answers");
  await stage.keyboard.press("Enter");
  await stage.locator(".now").getByText("Questions and answers").waitFor();
  const session = new URL(stage.url()).searchParams.get("session") ?? "";
  const phone = await visit.open(`/join?session=${session}`, TALL_PHONE);
  await phone.getByText("Questions and answers").first().waitFor();
  await button(stage, "Poll").click();
  await stage.getByRole("dialog").getByLabel("What do you ask?").fill("Shall we begin?");
  await stage.keyboard.press("Tab");
  await stage.keyboard.press("Enter");
  await board(stage).getByRole("heading", { name: "Shall we begin?" }).waitFor();
  // A link to a session that is not there yet starts it, too.
  const another = await revint.sign({ name: "Not yet" });
  const early = await visit.open(`/stage?session=nobody-knows-this-one#token=${another}`, LAPTOP);
  await early.getByRole("button", { name: "Start without a deck" }).waitFor();
  expect(visit.complaints.filter((complaint) => !complaint.includes("status of 404"))).toEqual([]);
});

describe("on every screen", () => {
  /** One of each kind, with answers; what is right is shown. */
  async function fill({ write, set, answer }: Awaited<ReturnType<typeof startTalk>>) {
    const options = (...texts: string[]) => texts.map((text, index) => ({ id: `o${index}`, text }));
    const all: [id: string, definition: object, values: AnswerValue[]][] = [
      [
        "number",
        { kind: "number", prompt: "How many requests a second?", correct: [4000, 5000] },
        [1000, 4200, 4800, 9000, 250, 4500],
      ],
      ["text", { kind: "text", prompt: "What did we leave out?" }, ["this", "that"]],
      [
        "order",
        { kind: "order", prompt: "In which order?", options: options("One", "Two", "Three") },
        [["o1", "o0", "o2"]],
      ],
      [
        "scale",
        { kind: "scale", prompt: "How was it?", min: 0, max: 10, labels: ["not at all", "very much"] },
        [7, 8, 8, 9, 10, 3],
      ],
      [
        "words",
        { kind: "words", prompt: "كلمة واحدة", words: 3, show: "live" },
        [["سريع", "速い", LONG], ["calm", "edge"], ["calm"]],
      ],
      [
        "choice",
        {
          kind: "choice",
          prompt: "Which of these would you miss most, if it were gone tomorrow, and nobody brought it back?",
          multiple: 3,
          options: options(
            "Workers",
            "A text that is so long that nobody would ever read it from the last row of a hall, which is why it is here",
            "مرحبا",
            LONG.repeat(3),
          ),
        },
        [["o0", "o1"], ["o0"], ["o2", "o3", "o0"]],
      ],
    ];
    for (const [id, definition, values] of all) {
      await write(id, definition);
      await set(id, { status: "open" });
      await answer(id, 1, values);
      await set(id, { status: "closed", revealed: true });
    }
  }

  let filled: ReturnType<typeof startTalk> | undefined;
  /** The same for all screens. */
  const getTalk = () => {
    filled ??= startTalk(6).then(async (talk) => {
      await fill(talk);
      return talk;
    });
    return filled;
  };

  /** Those that one page is shown on, by their names. */
  const screens = {
    phone: { phone: TALL_PHONE },
    "laptop and projector": { laptop: LAPTOP, projector: PROJECTOR },
  } as const;
  const prompts = ["Which of these", "كلمة", "How was it", "How many", "In which order", "What did we"];

  test.each(Object.entries(screens))(
    "stage and results have no barrier and fit, in both schemes (%s)",
    async (_, sizes) => {
      const talk = await getTalk();
      const [options = LAPTOP] = Object.values(sizes);
      const stage = await talk.openStage(options);
      await look(stage, "stage-panel", sizes);
      for (const [index, prompt] of prompts.entries()) {
        if (!(await controls(stage).isVisible())) await stage.keyboard.press("c");
        await button(stage, new RegExp(`^Put it on the board: ${prompt}`)).click();
        await stage.keyboard.press("Escape");
        await board(stage).getByRole("heading", { name: prompt }).waitFor();
        if (prompt === "كلمة") await board(stage).locator(".cloud-picture").waitFor(PATIENTLY);
        await look(stage, `stage-board-${index}`, sizes);
      }
      const results = await visit.open(`/results?session=${talk.sessionUid}#token=${talk.token}`, options);
      await results.locator(".activities .cloud-picture").waitFor(PATIENTLY);
      // So tall that all of it is there to be looked at.
      await look(results, "results-activities", sizes, 4000);
      expect(visit.complaints).toEqual([]);
    },
  );

  /** A browser that has to find fonts for several scripts takes its time before it can measure a word. */
  const PATIENTLY = { timeout: 0 };

  type Sizes = Readonly<Record<string, { viewport: { width: number; height: number } }>>;

  async function look(page: Page, name: string, sizes: Sizes, tall?: number) {
    for (const [size, { viewport }] of Object.entries(sizes)) {
      await page.setViewportSize({ ...viewport, height: tall ?? viewport.height });
      expect(await lookAt(page, `${name}-${size}`)).toEqual([]);
      const width = await page.evaluate("document.documentElement.scrollWidth");
      expect(width).toBeLessThanOrEqual(viewport.width);
    }
  }
});

test("the results tell every round, on paper too, and give every answer as a file", async () => {
  const talk = await startTalk(6);
  const { write, set, answer, sessionUid, token } = talk as typeof talk & StartedSession;
  await write("pace", { kind: "scale", prompt: "How is the pace?", min: 1, max: 5 });
  await set("pace", { status: "open" });
  await answer("pace", 1, [1, 2, 3]);
  await set("pace", { status: "open", newRound: true });
  await answer("pace", 2, [4, 5, 4, 5]);
  await set("pace", { status: "closed" });
  await write("draft", { kind: "text", prompt: "Nobody was asked this" });
  const page = await visit.open(`/results?session=${sessionUid}#token=${token}`, LAPTOP);
  const asked = page.getByRole("region", { name: "What the room was asked" });
  await asked.getByText("Mean 2", { exact: true }).waitFor();
  await asked.getByText("Mean 4.5", { exact: true }).waitFor();
  expect(await asked.getByText("Nobody was asked this").count()).toBe(0);
  expect(await page.locator(".figures div", { hasText: "Questions asked" }).locator("dd").textContent()).toBe(
    "1",
  );
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Answers (CSV)" }).click(),
  ]);
  const rows = (await readFile(await saved.path(), "utf8")).trimEnd().split("\r\n");
  expect(rows[0]).toMatch(/activity,round,value/);
  expect(rows.filter((row) => row.includes(",pace,2,"))).toHaveLength(4);
  await page.getByText("Saved.").waitFor();
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 794, height: 1123 });
  await photograph(page, "results-activities-paper", { fullPage: true });
  const fill = asked.locator(".step-fill").last();
  expect((await fill.boundingBox())?.height).toBeGreaterThan(5);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
  expect(visit.complaints).toEqual([]);
});

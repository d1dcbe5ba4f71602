import { afterAll, describe, expect, test } from "vitest";
import type { NewActivity } from "../shared/interactions/activity/activity.ts";
import { findQuestion, listButtons, QUESTIONS, startTalk } from "./asked-talk.ts";
import {
  findBarriers,
  lookAt,
  PHONE_ON_ITS_SIDE,
  photograph,
  type Scene,
  SMALL_PHONE,
  setScene,
  TALL_PHONE,
  Visit,
} from "./browser.ts";

let scene: Scene;
setScene((next) => {
  scene = next;
});

const LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung";

/** What people in other scripts are asked, and what breaks a layout that does not expect it. */
const foreign = {
  rtl: {
    kind: "choice",
    prompt: "مرحبا، أي بيئة تشغيل تستخدم؟",
    options: [
      { id: "a", text: "العمال" },
      { id: "b", text: "Node (خادم)" },
    ],
    show: "live",
  },
  rtlorder: {
    kind: "order",
    prompt: "מה הכי חשוב?",
    options: [
      { id: "a", text: "מהירות" },
      { id: "b", text: "פשטות" },
    ],
  },
  long: {
    kind: "choice",
    prompt: `${LONG} ${LONG}?`,
    options: [
      { id: "a", text: LONG },
      { id: "b", text: "字".repeat(200) },
    ],
    multiple: 2,
  },
  steps: { kind: "scale", prompt: "From 0 to 10?", min: 0, max: 10, labels: [LONG, "مرحبا"], show: "live" },
} as const satisfies Record<string, NewActivity>;

const sizes = { tall: TALL_PHONE, small: SMALL_PHONE, side: PHONE_ON_ITS_SIDE } as const;
const questions: readonly (readonly [id: string, activity: NewActivity])[] = Object.entries({
  ...QUESTIONS,
  ...foreign,
});

describe("a question", () => {
  /** The same phones are asked everything, one after another. */
  async function openPhones() {
    const visit = new Visit(scene.browser, scene.revint.url);
    const talk = await startTalk({ ...scene, visit });
    const phones = await Promise.all(
      Object.entries(sizes).map(async ([size, options]) => {
        const phone = await talk.openPhone(options);
        return { size, phone, before: await listButtons(phone), width: options.viewport.width };
      }),
    );
    return { talk, phones, visit };
  }
  let opened: ReturnType<typeof openPhones> | undefined;
  afterAll(async () => (await opened)?.visit.end());

  test.each(questions)(
    "(%s) has no barrier, fits every phone, and moves no button, in both schemes",
    async (id, activity) => {
      opened ??= openPhones();
      const { talk, phones, visit } = await opened;
      await talk.open(id, activity, { seconds: 600 });
      for (const { size, phone, before, width } of phones) {
        await findQuestion(phone, activity.prompt).waitFor();
        expect(await lookAt(phone, `phone-${id}-${size}`)).toEqual([]);
        expect(await phone.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        expect(await listButtons(phone)).toEqual(before);
      }
      expect(visit.complaints).toEqual([]);
      const { status } = await scene.revint.request("DELETE", `${talk.path}/activities/${id}`, talk.asHost);
      expect(status).toBe(204);
      for (const { phone } of phones) await phone.locator(".question").waitFor({ state: "detached" });
    },
  );
});

describe("more buttons than six", () => {
  const REACTIONS = ["👍", "❤️", "😂", "🤯", "👏", "❓", "🎉", "slower, please", "🔥", "👀", "مرحبا", "🙈"];

  test.each(Object.entries(sizes))(
    "stand in two rows, and are scrolled to sideways (%s)",
    async (size, options) => {
      const talk = await startTalk(scene, "A live question", { reactions: REACTIONS });
      const phone = await talk.openPhone(options);
      const buttons = phone.locator(".reaction");
      expect(await buttons.count()).toBe(REACTIONS.length);
      const boxes = await listButtons(phone);
      expect(new Set(boxes.slice(0, -1).map(([, y]) => y)).size).toBe(2);
      const { width, height } = options.viewport;
      // What stands above is seen, and all of the two rows: they stay at the edge, also while a question is there.
      const isInSight = (all: number[][]) => all.every(([, y = 0, , h = 0]) => y >= 0 && y + h <= height);
      expect(isInSight(boxes)).toBe(true);
      await talk.open("long", foreign.long);
      await findQuestion(phone, foreign.long.prompt).waitFor();
      expect(await listButtons(phone)).toEqual(boxes);
      expect(await lookAt(phone, `phone-twelve-${size}`)).toEqual([]);
      expect(await phone.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      const last = buttons.last();
      await last.scrollIntoViewIfNeeded();
      await last.tap();
      await expect.poll(() => last.locator(".count").textContent()).toBe("1");
      // It gives way under the finger, and comes back.
      await expect
        .poll(async () => (await listButtons(phone)).map(([, y]) => y))
        .toEqual(boxes.map(([, y]) => y));
      expect(scene.visit.complaints).toEqual([]);
    },
  );
});

test("the words of a room, long, in every script and direction, are chips that fit the smallest phone", async () => {
  const talk = await startTalk(scene);
  const phone = await talk.openPhone(SMALL_PHONE);
  await talk.open("cloud", { ...QUESTIONS.cloud, words: 10 });
  await findQuestion(phone, QUESTIONS.cloud.prompt).waitFor();
  for (const word of ["مرحبا", "字".repeat(32), "w".repeat(32), "👩‍👩‍👧‍👦", "constructor", "שלום", "a b c"]) {
    await phone.getByLabel("Up to 10 words").fill(word);
    await phone.getByRole("button", { name: "Add" }).tap();
  }
  await phone.getByRole("list", { name: "Words of the room" }).getByText("constructor").waitFor();
  await photograph(phone, "phone-words-small");
  expect(await findBarriers(phone)).toEqual([]);
  expect(await phone.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
  expect(scene.visit.complaints).toEqual([]);
});

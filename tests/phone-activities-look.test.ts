import { describe, expect, test } from "vitest";
import type { NewActivity } from "../shared/interactions/activity/activity.ts";
import { findQuestion, listButtons, QUESTIONS, startTalk } from "./asked-talk.ts";
import {
  findBarriers,
  PHONE_ON_ITS_SIDE,
  photograph,
  type Scene,
  SMALL_PHONE,
  setScene,
  TALL_PHONE,
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

describe.each(["light", "dark"] as const)("in the %s scheme", (colorScheme) => {
  test.each(questions)(
    "a question (%s) has no barrier, fits every phone, and moves no button",
    async (id, activity) => {
      const talk = await startTalk(scene);
      await talk.put(id, activity);
      const phones = await Promise.all(
        Object.entries(sizes).map(async ([size, options]) => {
          const phone = await talk.openPhone({ ...options, colorScheme });
          return { size, phone, before: await listButtons(phone), width: options.viewport.width };
        }),
      );
      await talk.set(id, { status: "open", seconds: 600 });
      for (const { size, phone, before, width } of phones) {
        await findQuestion(phone, activity.prompt).waitFor();
        await photograph(phone, `phone-${id}-${size}-${colorScheme}`);
        expect(await findBarriers(phone)).toEqual([]);
        expect(await phone.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        expect(await listButtons(phone)).toEqual(before);
      }
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

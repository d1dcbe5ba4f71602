import { expect, test } from "vitest";
import { FLOW_RECIPES, fillRecipe, listBlanks } from "../../../shared/protocol/flow-recipes.ts";
import { flows } from "./flows.ts";

/** Without the marks that only direct how it is set. */
const read = (text: string) => text.replace(/[\u200e\u2066-\u2069]/g, "").replaceAll("\u00a0", " ");

test("a flow is told in a sentence", () => {
  const flow = {
    on: { event: "reactions", page: "1.0", reaction: "❓", atLeast: 20, within: 30 },
    if: [{ people: { atLeast: 50 } }, { activity: "pace", status: "open" }],
    do: [
      { do: "activity", activity: "pace", status: "closed" },
      { do: "message", text: "Thank you!" },
      { do: "webhook", url: "https://chat.example.org:8443/hook/secret-key?token=secret" },
    ],
  } as const;
  expect(read(flows.describe(flow))).toBe(
    "عندما يصل 20 × ❓ على الشريحة 2 خلال 30 ثانية، إن حضر 50 شخصًا على الأقل، وكان «pace» مفتوحًا: إغلاق «pace»، وعرض «Thank you!» على المنصة، وإبلاغ chat.example.org:8443.",
  );
});

test("an activity is called what whoever tells it calls it", () => {
  const flow = {
    on: { event: "answers", activity: "pace", share: 0.8, again: true },
    if: [],
    do: [{ do: "activity", activity: "pace", status: "revealed", seconds: 2 }],
  } as const;
  expect(read(flows.describe(flow, (id) => id.toUpperCase()))).toBe(
    "كلما أجاب 80% من الأشخاص عن PACE: إظهار نتيجة PACE لمدة ثانيتين.",
  );
});

test.each(FLOW_RECIPES)("the sentence of the recipe %s has exactly its blanks, each once", (recipe) => {
  const named = [...flows.recipes[recipe].sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(
    listBlanks(recipe)
      .map(({ name }) => name)
      .toSorted(),
  );
});

test("what a recipe makes is told as what it does", () => {
  const texts = new Map(
    Object.entries({
      votes: "10",
      url: "https://chat.example.org/hook",
      activity: "pace",
      share: "80",
      time: "2027-03-28T18:00",
      zone: "Europe/Berlin",
      minutes: "2",
    }),
  );
  const told = FLOW_RECIPES.map((recipe) => {
    const filled = fillRecipe(recipe, flows.recipes[recipe].name, texts);
    return "flow" in filled ? read(flows.describe(filled.flow)) : filled.wrong;
  });
  expect(told).toEqual([
    "كلما أجاب 80% من الأشخاص عن «pace»، إن كان «pace» مفتوحًا: إغلاق «pace».",
    "كلما نال سؤال 10 أصوات: إبلاغ chat.example.org.",
    "قبل دقيقتين من بدء المحاضرة: فتح «pace».",
    "بعد دقيقتين من بدء المحاضرة: إنهاء الجلسة، وإنشاء الملخّص.",
    "في 28 مارس 2027 الساعة 18:00 (Europe/Berlin): إنهاء الجلسة.",
    "عندما تنتهي الجلسة: إنشاء الملخّص.",
    "كلما استُدعي عنوانها: فتح «pace».",
    "كل دقيقتين، إن حضر شخص واحد على الأقل: حفظ العدّادات.",
  ]);
});

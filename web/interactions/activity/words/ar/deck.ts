import { character, option, second } from "../../../../words/ar/nouns.ts";
import { number as format, plural, pluralOf } from "../../../../words/ar/plural.ts";

/** What a deck says of activities. What stands in `problem` is for the author of its slides. */
export const deck = {
  problem: {
    /** @param name what its author called it */
    in: (name: string, problem: string) => `«${name}»: ${problem}`,
    noId: (kind: string) => `يحتاج إلى اسم خاص به، مثل \u2066data-revint-${kind}="my-question"\u2069.`,
    badId: "الاسم حتى 32 من a–z و0–9 و-، ويبدأ بحرف أو رقم.",
    twice: "في هذا العرض نشاط آخر بهذا الاسم. أعطِ كلًّا منهما اسمًا خاصًا به.",
    tooMany: (most: number) => `للعرض حتى ${format(most)} منها.`,
    kinds: "سُمّي بنوعين من الأسئلة معًا. اترك إحدى السمتين فقط.",
    noPrompt: "لا يسأل شيئًا: أعطِ شريحته عنوانًا، أو اكتب data-revint-prompt.",
    longPrompt: (most: number) => `سؤاله أطول من ${pluralOf(most, character)}.`,
    options: (count: number, most: number) =>
      `يحتاج إلى قائمة فيها من 2 إلى ${pluralOf(most, option)}، و${count === 0 ? "ليس فيها أي خيار" : `فيها ${plural(count, option)}`}.`,
    emptyOption: (number: number) => `الخيار ${format(number)} دون نص.`,
    longOption: (number: number, most: number) =>
      `الخيار ${format(number)} أطول من ${pluralOf(most, character)}.`,
    badOptionId: (id: string) =>
      `لا يصلح \u2066data-revint-id="${id}"\u2069: حتى 32 من a–z و0–9 و-، ويبدأ بحرف أو رقم.`,
    optionTwice: (id: string) => `لخيارين منه الاسم «${id}» (data-revint-id، أو الرقم في القائمة).`,
    noSuchOption: (name: string, id: string) => `يذكر data-revint-${name} «${id}»، وليس هذا من خياراته.`,
    order: "يذكر data-revint-correct كل خيار مرة واحدة، بالترتيب الصحيح.",
    number: (name: string, text: string) => `\u2066data-revint-${name}="${text}"\u2069 ليس عددًا.`,
    count: (name: string, least: number, most: number) =>
      `\u2066data-revint-${name}\u2069 عدد صحيح من ${format(least)} إلى ${format(most)}.`,
    word: (name: string, text: string, known: readonly string[]) =>
      `\u2066data-revint-${name}="${text}"\u2069 غير معروف. المعروف: ${known.join(", ")}.`,
    long: (name: string, most: number) =>
      `تتسع \u2066data-revint-${name}\u2069 لما لا يزيد على ${pluralOf(most, character)}.`,
    scale: (least: number, most: number) =>
      `من data-revint-min إلى data-revint-max بين ${format(least)} و${format(most)} من الخطوات، وكل خطوة data-revint-step.`,
    upwards: "الأعداد من الأصغر إلى الأكبر.",
    step: "قيمة data-revint-step أكبر من 0.",
    goto: (goto: string) =>
      `\u2066data-revint-goto="${goto}"\u2069 ليس شريحة: يبدأ العنوان بـ \u2066#/\u2069.`,
  },
  trouble: {
    refused: (id: string, code: string, detail: string) =>
      code === "conflict"
        ? `«${id}» أُجيب عنه من قبل، ومعناه الآن مختلف: ما زال لدى القاعة كما كان. صفّر العدّادات على المنصة، أو أعطه اسمًا آخر.`
        : `«${id}» لم يُقبل، ويبقى جزءًا من الشريحة (${detail}).`,
    none: (detail: string) => `لا تقبل الخدمة أسئلة من هذا العرض (${detail}).`,
    failed: (id: string, detail: string) => `«${id}» يبقى كما هو: لم تقبل الخدمة ذلك (${detail}).`,
  },
  left: (seconds: number) => `الوقت المتبقي: ${plural(seconds, second)}`,
} as const;

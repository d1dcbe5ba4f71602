/*
 * The numbers that a text states, as far as a program can see them: digits of any script, with separators and units, and the
 * words of English. Numbers in the words of other languages, and words such as "most" or "half", are not seen.
 */

/** `unknown`: digits that are part of a name or a number that can't be read. It is told by nothing but its token. */
export type NumberUnit = "count" | "percent" | "seconds" | "minutes" | "hours" | "unknown";

export interface StatedNumber {
  readonly unit: NumberUnit;
  /** As it stands there, in small letters, with the letters that are part of it. */
  readonly token: string;
  /** What it may mean: 1,234 is read in two ways. With the digits behind the point that are said. */
  readonly values: readonly { readonly number: number; readonly digits: number }[];
}

/** A letter that belongs to what it stands beside. Scripts that leave no space between words are not among them. */
const LETTER = String.raw`[^\P{L}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`;
/** With the marks that stand within a number or a fraction. */
const DIGITS = String.raw`\p{N}+(?:[.,'’/⁄]\p{N}+)*`;
/** Characters that multiply what stands before them. */
const TIMES = "[十百千万萬億亿兆만억천백]";
const FIGURE = `${LETTER}*${DIGITS}(?:${LETTER}|${TIMES}|\\p{N})*`;

const SMALL =
  "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety";
const LARGE = "dozens? hundreds? thousands? millions? billions? trillions?";
const SMALL_WORDS = SMALL.split(" ");
const TENS_WORDS = TENS.split(" ");
const oneOf = (words: string) => words.replaceAll(" ", "|");
const WORD = `(?<!${LETTER})(?:(?:${oneOf(TENS)})(?:[-\u2010 ]?(?:one|${oneOf(SMALL)}))?|${oneOf(SMALL)}|${oneOf(LARGE)})(?!${LETTER})`;

const STATED = new RegExp(`${FIGURE}|${WORD}`, "giu");

/** What a number counts, by what stands behind it. */
const UNITS: readonly (readonly [unit: NumberUnit, words: RegExp])[] = [
  // No fact has one of these.
  ["unknown", /^[\s-]?(?:[‰‱€$£¥]|(?:day|week|month|year)s?(?![\p{L}\p{N}]))/iu],
  [
    "percent",
    /^[\s-]?(?:[%٪]|per ?cent|prozent|pour ?cent|por ciento|por cento|per cento|procent|процент|パーセント)/iu,
  ],
  ["seconds", /^[\s-]?s(?:ec(?:ond)?s?)?(?![\p{L}\p{N}])/iu],
  ["minutes", /^[\s-]?min(?:ute)?s?(?![\p{L}\p{N}])/iu],
  ["hours", /^[\s-]?h(?:ou)?r?s?(?![\p{L}\p{N}])/iu],
];
/** More digits behind the point than these nobody counts. */
const MOST_DIGITS = 20;
/** What may stand at the end of a number without changing it. */
const ENDINGS = /^(?<digits>[^\p{L}]+)(?<ending>st|nd|rd|th|s|sec|min|h)$/u;

/** Every number that a text states, in its order. */
export function readNumbers(text: string): StatedNumber[] {
  const plain = toPlainDigits(text);
  return [...plain.matchAll(STATED)].map((match) =>
    readOne(match[0].toLowerCase(), plain.slice(match.index + match[0].length)),
  );
}

function readOne(token: string, rest: string): StatedNumber {
  const { digits, ending } = ENDINGS.exec(token)?.groups ?? {};
  const figure = digits ?? token;
  const isOrdinal = ending !== undefined && /^(?:st|nd|rd|th)$/.test(ending);
  const behind = ending === undefined || isOrdinal ? rest : ending;
  const values = /\p{N}/u.test(figure) ? readDigits(figure) : readWords(figure);
  if (values.length === 0) return { unit: "unknown", token, values };
  const [unit = "count"] = UNITS.find(([, words]) => words.test(behind)) ?? [];
  return { unit, token: figure, values };
}

/** 1,234 and 1.234 are what whoever wrote them calls so: both readings. */
function readDigits(figure: string): StatedNumber["values"] {
  if (/^\d+$/.test(figure)) return [{ number: Number(figure), digits: 0 }];
  const grouped =
    /^\d{1,3}(?<mark>[.,'’])\d{3}(?:\k<mark>\d{3})*(?:(?!\k<mark>)[.,](?<fraction>\d+))?$/u.exec(figure);
  const decimal = /^\d+[.,](?<fraction>\d+)$/.exec(figure);
  return [grouped, decimal].flatMap((match) => {
    if (!match) return [];
    const { fraction = "" } = match.groups ?? {};
    if (fraction.length > MOST_DIGITS) return [];
    const whole = figure.slice(0, fraction === "" ? undefined : -fraction.length).replaceAll(/\D/g, "");
    return [{ number: Number(`${whole}.${fraction}`), digits: fraction.length }];
  });
}

/** Hundreds and more are no number that anybody has counted. */
function readWords(word: string): StatedNumber["values"] {
  const tens = TENS_WORDS.findIndex((ten) => word.startsWith(ten));
  const rest = word.slice(TENS_WORDS[tens]?.length ?? 0).replace(/^[-\u2010 ]/, "");
  const ones = rest === "one" ? 1 : SMALL_WORDS.indexOf(rest) + 2;
  if (tens < 0) return ones < 2 ? [] : [{ number: ones, digits: 0 }];
  return [{ number: (tens + 2) * 10 + (rest === "" ? 0 : ones), digits: 0 }];
}

/** Digits of any script, raised or in circles, as 0 to 9, and a narrow space within a number as a comma. */
function toPlainDigits(text: string): string {
  return text
    .replaceAll(/(?<=\p{Nd})[\u00a0\u2009\u202f](?=\p{Nd}{3}(?!\p{Nd}))/gu, ",")
    .normalize("NFKC")
    .replaceAll(/[٫٬]/g, ",")
    .replaceAll(/[^\P{Nd}0-9]/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      // A script's ten digits begin at a code that ends in 0 or in 6.
      const begin = code - (code % 16);
      return String(code - begin - (/\p{Nd}/u.test(String.fromCodePoint(begin)) ? 0 : 6));
    });
}

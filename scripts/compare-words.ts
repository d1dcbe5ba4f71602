import { isDeepStrictEqual } from "node:util";

/** What may be the same in every language: names, and what programs read. */
const NAMES = new Set(
  "revint reveal.js reveal js https http www example org com JSON CSV NDJSON XLSX Excel Uid PDF Markdown QR URL API OBS OK UTC webhook token Home End Enter Tab Esc".split(
    " ",
  ),
);

/** Marks that are found again in whatever a function makes of them. */
const NUMBERS = [211, 312, 413, 514, 615];
/** With these, plurals differ. */
const COUNTS = [0, 1, 2, 3, 11, 100, 1000];

/**
 * What another language lacks or says otherwise than it may, a line each.
 * @param english what it is compared with: words, or lists and functions of them
 * @param own the same in the other language
 * @param tag the other language's
 */
export function compareWords(english: unknown, own: unknown, tag: string, path = ""): string[] {
  if (typeof english !== typeof own) return [`${path} is ${describe(own)}, not ${describe(english)}`];
  if (typeof english === "string" && typeof own === "string") return compareTexts(english, own, tag, path);
  if (typeof english === "function" && typeof own === "function") {
    return compareFunctions(english as Say, own as Say, path);
  }
  if (!isObject(english) || !isObject(own)) return isDeepStrictEqual(english, own) ? [] : [`${path} differs`];
  return [...new Set([...Object.keys(english), ...Object.keys(own)])].flatMap((key) => {
    const at = path === "" ? key : `${path}.${key}`;
    if (!(key in own)) return [`${at} is missing`];
    if (!(key in english)) return [`${at} is not in English`];
    return compareWords(english[key], own[key], tag, at);
  });
}

type Say = (...given: unknown[]) => unknown;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const describe = (value: unknown): string => (value === undefined ? "missing" : `a ${typeof value}`);

function compareTexts(english: string, own: string, tag: string, path: string): string[] {
  const found: string[] = [];
  if (own.trim() === "" && english.trim() !== "") found.push(`${path} is empty`);
  const [wanted, there] = [listBlanks(english), listBlanks(own)];
  if (!isDeepStrictEqual(wanted, there))
    found.push(`${path} has ${there.join() || "no blanks"}, not ${wanted.join()}`);
  if (english === own && isEnglish(english, tag)) found.push(`${path} is still “${english}”`);
  return found;
}

/** `{name}`, which something is put in place of. */
const listBlanks = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

/** One word may be the same in two languages that share an alphabet: two are none by chance. */
function isEnglish(text: string, tag: string): boolean {
  const words = text.replace(/https?:\S+|\{\w+\}|X-[\w-]+/g, "").match(/\p{L}{2,}/gu) ?? [];
  const isLatin = new Intl.Locale(tag).maximize().script === "Latn";
  return words.filter((word) => !NAMES.has(word)).length >= (isLatin ? 2 : 1);
}

function compareFunctions(english: Say, own: Say, path: string): string[] {
  if (english.length !== own.length) return [`${path} takes ${own.length} arguments, not ${english.length}`];
  const counts = COUNTS.map((count) => Array.from({ length: own.length }, () => count));
  return [
    ...(own.length > 0 ? counts : [[]]).flatMap((given) => compareCalls(english, own, given, path)),
    ...listUnused(english, own).map((index) => `${path} leaves out argument ${index + 1}`),
  ];
}

function compareCalls(english: Say, own: Say, given: readonly unknown[], path: string): string[] {
  const [said, told] = [call(english, given), call(own, given)];
  if (said === undefined || said === "") return [];
  const at = `${path}(${given.join(", ")})`;
  if (told === undefined) return [`${at} fails`];
  return told === "" ? [`${at} is empty`] : [];
}

/**
 * Arguments that English tells and this language never does. Of which kind they are, nobody says at run time: all kinds
 * are tried, and one is enough, since what is formatted as a number is no text.
 */
function listUnused(english: Say, own: Say): number[] {
  const told = new Set<number>();
  const wanted = new Set<number>();
  for (const given of listArguments(own.length)) {
    const [theirs, ours] = [call(english, given), call(own, given)];
    for (const [index, one] of given.entries()) {
      const [mark] = [one].flat().map(String);
      if (mark === undefined || one === undefined || !theirs?.includes(mark)) continue;
      wanted.add(index);
      if (ours?.includes(mark)) told.add(index);
    }
  }
  return [...wanted].filter((index) => !told.has(index));
}

function listArguments(length: number): unknown[][] {
  let lists: unknown[][] = [[]];
  for (let index = 0; index < length; index++) {
    const kinds = [NUMBERS[index], `⟦${index}⟧`, [`⟦${index}⟧`, `⟦${index}+⟧`], undefined];
    lists = lists.flatMap((list) => kinds.map((kind) => [...list, kind]));
  }
  return lists;
}

/** As text, whatever it is made of. `undefined`: these arguments are none of its. */
function call(say: Say, given: readonly unknown[]): string | undefined {
  try {
    const said = say(...given);
    const text = typeof said === "string" ? said : JSON.stringify(said);
    return text === undefined || /undefined|NaN|\[object/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

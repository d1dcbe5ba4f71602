import { overlay as words } from "../words/en.ts";

const THEMES = ["dark", "light"] as const;
const SIDES = ["left", "right"] as const;

/** What whoever has made the address wants to see, and where. */
export interface Options {
  /** Names of what is shown. */
  readonly show: readonly string[];
  /** Of the plates: the ground is transparent. */
  readonly theme: (typeof THEMES)[number];
  /** Where plates stand; reactions rise on the other side. */
  readonly side: (typeof SIDES)[number];
}

/**
 * @param names all that can be shown; left out, all of it is
 * @returns why it can't be read, for whoever wrote it, where it can't
 */
export function readOptions(query: URLSearchParams, names: readonly string[]): Options | string {
  const { show = names.join(), theme = "dark", side = "left" } = Object.fromEntries(query);
  const shown = show
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const unknown = shown.find((name) => !names.includes(name));
  if (unknown !== undefined) return words.unknown("show", unknown, names);
  if (!isOneOf(THEMES, theme)) return words.unknown("theme", theme, THEMES);
  if (!isOneOf(SIDES, side)) return words.unknown("side", side, SIDES);
  return { show: shown, theme, side };
}

const isOneOf = <T extends string>(known: readonly T[], value: string): value is T =>
  known.some((one) => one === value);

import { parseFields } from "../client/fields.ts";

/**
 * The state a leading deck sends: JSON text of this shape. `page` is `h.v` beside it.
 * Any other text may come from other hosts, so whoever reads it uses `readDeckState`.
 */
export interface DeckState {
  /** Horizontal and vertical index of the slide, from 0. */
  readonly h: number;
  readonly v: number;
  /** Index of the fragment shown last; -1 before the first; left out on a slide without any. */
  readonly f?: number | undefined;
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  /** The deck shows all its slides at once. */
  readonly overview?: boolean | undefined;
  /** The deck is blacked out. */
  readonly paused?: boolean | undefined;
  /** Following decks must not look around. */
  readonly hold?: boolean | undefined;
}

/** What could be read of a state: any of it may be missing. */
export type HeardState = { readonly [Field in keyof DeckState]?: DeckState[Field] | undefined };

/** Longest title or subtitle sent and shown, in code points: two of them fit into 4 KiB whatever they hold. */
export const TITLE_LENGTH = 200;

/** What a session says before its host has said anything. */
export const isUntouched = (page: string, state: string): boolean => page === "0" && state === "init";

export const getPage = ({ h, v }: Pick<DeckState, "h" | "v">): string => `${h}.${v}`;

/**
 * Reads any state. What is not there, or not what it should be, is left out; a text that is no
 * JSON object is somebody's own words, and becomes the title.
 */
export function readDeckState(state: string): HeardState {
  const fields = parseFields(state);
  if (fields === undefined) return state.trim() === "" ? {} : { title: clip(state) };
  return {
    h: readIndex(fields.h, 0),
    v: readIndex(fields.v, 0),
    f: readIndex(fields.f, -1),
    title: readText(fields.title),
    subtitle: readText(fields.subtitle),
    overview: fields.overview === true,
    paused: fields.paused === true,
    hold: fields.hold === true,
  };
}

/** The same place in the same words gives the same text: two of them can be compared. */
export function writeDeckState({ h, v, f, title, subtitle, overview, paused, hold }: DeckState): string {
  return JSON.stringify({
    h,
    v,
    ...(f !== undefined && { f }),
    ...(title && { title: clip(title) }),
    ...(subtitle && { subtitle: clip(subtitle) }),
    ...(overview && { overview }),
    ...(paused && { paused }),
    ...(hold && { hold }),
  });
}

const readIndex = (value: unknown, least: number): number | undefined =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= least ? value : undefined;

const readText = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? clip(value) : undefined;

/** One line of at most TITLE_LENGTH code points, never half a character and no NUL, which a state can't hold. */
function clip(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\s\0]+/g, " ")
    .trim();
  const points = [...line];
  return points.length <= TITLE_LENGTH ? line : `${points.slice(0, TITLE_LENGTH - 1).join("")}…`;
}

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
  /** The slide's own name, which its author gave it. It counts more than the indices where copies of a deck differ. */
  readonly id?: string | undefined;
  /** How many slides the deck has. */
  readonly slides?: number | undefined;
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  /** The deck shows all its slides at once. */
  readonly overview?: boolean | undefined;
  /** The deck is blacked out. */
  readonly paused?: boolean | undefined;
  /** Which of the slide's lightboxes is open, from 0. */
  readonly lightbox?: number | undefined;
  /** Following decks must not look around. */
  readonly hold?: boolean | undefined;
}

/** What could be read of a state: any of it may be missing. */
export type HeardState = { readonly [Field in keyof DeckState]?: DeckState[Field] | undefined };

/** Longest title, subtitle or id sent and shown, in code points: three of them fit into 4 KiB whatever they hold. */
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
    id: readText(fields.id),
    slides: readIndex(fields.slides, 1),
    title: readText(fields.title),
    subtitle: readText(fields.subtitle),
    overview: fields.overview === true,
    paused: fields.paused === true,
    lightbox: readIndex(fields.lightbox, 0),
    hold: fields.hold === true,
  };
}

/** The same place in the same words gives the same text: two of them can be compared. */
export function writeDeckState(state: DeckState): string {
  const { h, v, f, id, slides, title, subtitle, overview, paused, lightbox, hold } = state;
  return JSON.stringify({
    h,
    v,
    ...(f !== undefined && { f }),
    // Cut short, or in other spaces, it would be another one.
    ...(id && clip(id) === id && { id }),
    ...(slides !== undefined && { slides }),
    ...(title && { title: clip(title) }),
    ...(subtitle && { subtitle: clip(subtitle) }),
    ...(overview && { overview }),
    ...(paused && { paused }),
    ...(lightbox !== undefined && { lightbox }),
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

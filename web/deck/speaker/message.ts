import { type Fields, isBoolean, isFields, isNumber } from "../../client/fields.ts";

/*
 * What a deck, its speaker window, and the two copies in that window say to each other. All are pages of one origin, and
 * say it to no other.
 *
 *     deck ── position ──▶ speaker window ── reveal.js's own setState ──▶ copies
 *     deck ◀── hello, key, restart ── speaker window ◀── hello ── copies
 */

/** Where the deck is. */
export interface Position {
  readonly h: number;
  readonly v: number;
  /** The fragment; -1 before the first, or where there are none. */
  readonly f: number;
  readonly isPaused: boolean;
  /** Slides with this one, of all. */
  readonly number: number;
  readonly count: number;
  readonly isLast: boolean;
  /** When the speaker's clock began to run. */
  readonly startedAt: number;
}

export type SpeakerMessage =
  | { readonly speaker: "hello" | "restart" }
  | { readonly speaker: "key"; readonly keyCode: number }
  | { readonly speaker: "position"; readonly position: Position };

export const send = (to: Window, message: SpeakerMessage): void => to.postMessage(message, origin);

/** `undefined` for all that somebody else says. */
export function readMessage({ data, origin: from }: MessageEvent<unknown>): SpeakerMessage | undefined {
  if (from !== origin || !isFields(data)) return undefined;
  const { speaker, keyCode, position } = data;
  if (speaker === "hello" || speaker === "restart") return { speaker };
  if (speaker === "key") return isNumber(keyCode) ? { speaker, keyCode } : undefined;
  const known = speaker === "position" && isFields(position) ? readPosition(position) : undefined;
  return known && { speaker: "position", position: known };
}

function readPosition(fields: Fields): Position | undefined {
  const { h, v, f, number, count, startedAt, isPaused, isLast } = fields;
  if (!isNumber(h) || !isNumber(v) || !isNumber(f) || !isNumber(number) || !isNumber(count)) return undefined;
  if (!isNumber(startedAt) || !isBoolean(isPaused) || !isBoolean(isLast)) return undefined;
  return { h, v, f, number, count, startedAt, isPaused, isLast };
}

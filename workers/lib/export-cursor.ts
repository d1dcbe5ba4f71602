import { createHmac } from "node:crypto";

/** A place in an export: a window of time, all ledgers of it one after the other, and an entry in one. */
export interface ExportPosition {
  readonly salt: string;
  /** The window: from then on until before then, in ms since 1970. */
  readonly since: number;
  readonly until: number;
  readonly room: number;
  readonly seq: number;
  /** The entry to go on with. */
  readonly index: number;
}

type Window = Pick<ExportPosition, "since" | "until">;

/** Characters kept of a tag: 66 bits, since each guess is a request, and every row of an export carries them. */
const TAG_LENGTH = 11;

/**
 * What stands at the end of a window's cursors, so that nobody makes one up. A place inside the window needs no
 * proof: another one leads nowhere that the export does not.
 * @param key made from the salt with a secret
 */
export const signWindow = (key: string, { since, until }: Window): string =>
  createHmac("sha256", key).update(`${since}.${until}`).digest("base64url").slice(0, TAG_LENGTH);

/** Writes the cursors of one ledger in one window: the tag is made once for all of them. */
export function createCursorWriter(key: string, { salt, since, until, room }: ExportPosition) {
  const start = `${salt}.${since}.${until}.${room}`;
  const tag = signWindow(key, { since, until });
  return (seq: number, index: number): string => `${start}.${seq}.${index}.${tag}`;
}

/** The input must have the shape of its schema, `ExportCursor`. */
export function splitCursor(cursor: string): ExportPosition & { readonly tag: string } {
  const parts = cursor.split(".");
  const [since = 0, until = 0, room = 0, seq = 0, index = 0] = parts.slice(1, 6).map(Number);
  return { salt: parts[0] ?? "", since, until, room, seq, index, tag: parts[6] ?? "" };
}

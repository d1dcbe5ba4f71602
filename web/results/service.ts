import { unreadable } from "../client/api.ts";
import { isFields, isNumber, isTexts } from "../client/fields.ts";
import type { Pages } from "../client/wire.ts";
import { type Pass, readFields, request, send } from "../ui/service.ts";

export type ExportFormat = "csv" | "ndjson";

/** Counts of the whole session, and how many people have joined it. */
export interface Totals {
  readonly pages: Pages;
  readonly total: number;
  readonly participants: number;
}

export async function getTotals(pass: Pass): Promise<Totals> {
  const { pages, total, participants } = await readFields(pass, "/reactions");
  if (!isPages(pages) || !isNumber(total) || !isNumber(participants)) throw unreadable();
  return { pages, total, participants };
}

/** Every reaction after a cursor, or all of them, as a stream that may be long. */
export async function openExport(
  pass: Pass,
  format: ExportFormat,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const query = new URLSearchParams({ format, ...(cursor !== undefined && { cursor }) });
  const response = await request(pass, `/reactions/export?${query}`, { signal });
  if (!response.body) throw unreadable(response.status);
  return response.body;
}

/** Erases what one call can. @returns what is left to erase; nothing: all of it is gone */
export async function erase(pass: Pass): Promise<readonly string[]> {
  const answer = await send(pass, "", { method: "DELETE" });
  if (!answer) return [];
  if (!isTexts(answer.left)) throw unreadable();
  return answer.left;
}

const isPages = (value: unknown): value is Pages =>
  isFields(value) &&
  Object.values(value).every((counts) => isFields(counts) && Object.values(counts).every(isNumber));

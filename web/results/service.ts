import { type Access, readProblem, unreadable } from "../client/api.ts";
import { toRevintError } from "../client/error.ts";
import { type Fields, isFields, isNumber, isTexts, parseFields } from "../client/fields.ts";
import type { Pages } from "../client/wire.ts";
import { readTimeline, type Timeline } from "./timeline.ts";

/** What lets into the results: a host's or a participant's. Both travel as headers alone. */
export type Pass = Pick<Access, "sessionUid" | "token" | "uid">;

export type ExportFormat = "csv" | "ndjson";

/** Counts of the whole session, and how many people have joined it. */
export interface Totals {
  readonly pages: Pages;
  readonly total: number;
  readonly participants: number;
}

/** @param bucket seconds; left out, the service chooses */
export async function getTimeline(pass: Pass, bucket?: number): Promise<Timeline> {
  const query = bucket === undefined ? "" : `?bucket=${bucket}`;
  const timeline = readTimeline(await readJson(await request(pass, `/timeline${query}`)));
  if (!timeline) throw unreadable();
  return timeline;
}

export async function getTotals(pass: Pass): Promise<Totals> {
  const { pages, total, participants } = await readJson(await request(pass, "/reactions"));
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
  const response = await request(pass, "", { method: "DELETE" });
  if (response.status === 204) return [];
  const { left } = await readJson(response);
  if (!isTexts(left)) throw unreadable(response.status);
  return left;
}

interface Ask {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly body?: object;
  readonly signal?: AbortSignal;
}

/** @param what the rest of the path, behind the session @throws RevintError */
export async function request(
  { sessionUid, token, uid }: Pass,
  what: string,
  { body, ...ask }: Ask = {},
): Promise<Response> {
  const headers = { "x-session-token": token, "x-session-uid": uid };
  const isJson = { "content-type": "application/json" };
  try {
    const response = await fetch(`/api/v1/session/${encodeURIComponent(sessionUid)}${what}`, {
      ...ask,
      ...(body && { body: JSON.stringify(body) }),
      headers: body ? { ...headers, ...isJson } : headers,
      credentials: "omit",
      cache: "no-store",
    });
    if (!response.ok) throw readProblem(response, await response.text());
    return response;
  } catch (error) {
    throw toRevintError(error);
  }
}

/** @throws RevintError when it is no JSON object */
export async function readJson(response: Response): Promise<Fields> {
  const fields = parseFields(await response.text().catch(() => ""));
  if (!fields) throw unreadable(response.status);
  return fields;
}

const isPages = (value: unknown): value is Pages =>
  isFields(value) &&
  Object.values(value).every((counts) => isFields(counts) && Object.values(counts).every(isNumber));

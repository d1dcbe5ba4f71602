import { type Access, unreadable } from "../client/api.ts";
import { toRevintError } from "../client/error.ts";
import { type Fields, parseFields } from "../client/fields.ts";
import { readRefusal } from "./issues.ts";
import { readTimeline, type Timeline } from "./timeline.ts";

/* What our pages ask the service for besides what the client library does. */

/** An answer that is not there whole by then is taken for lost, in milliseconds: like the client's own. */
const TIMEOUT_MS = 10_000;

/** What lets somebody in: a host's or a participant's. Both travel as headers alone. */
export type Pass = Pick<Access, "sessionUid" | "token" | "uid">;

interface Ask {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
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
    if (!response.ok) throw readRefusal(response, await response.text());
    return response;
  } catch (error) {
    throw toRevintError(error);
  }
}

/** The JSON object that is answered; `undefined` for an answer without a body. @throws RevintError also when none comes in time */
export async function send(pass: Pass, what: string, ask: Ask = {}): Promise<Fields | undefined> {
  const attempt = new AbortController();
  const timer = setTimeout(() => attempt.abort(new Error("no answer in time")), TIMEOUT_MS);
  try {
    const response = await request(pass, what, { ...ask, signal: attempt.signal });
    if (response.status === 204) return undefined;
    const fields = parseFields(await response.text());
    if (!fields) throw unreadable(response.status);
    return fields;
  } catch (error) {
    throw toRevintError(error);
  } finally {
    clearTimeout(timer);
  }
}

/** The same, where there has to be one. */
export async function readFields(pass: Pass, what: string, ask?: Ask): Promise<Fields> {
  const fields = await send(pass, what, ask);
  if (!fields) throw unreadable();
  return fields;
}

/** @param bucket seconds; left out, the service chooses */
export async function getTimeline(pass: Pass, bucket?: number): Promise<Timeline> {
  const query = bucket === undefined ? "" : `?bucket=${bucket}`;
  const timeline = readTimeline(await readFields(pass, `/timeline${query}`));
  if (!timeline) throw unreadable();
  return timeline;
}

import { unreadable } from "../client/api.ts";
import { toRevintError } from "../client/error.ts";
import { type Fields, isFields, isText, parseFields } from "../client/fields.ts";
import { readRefusal } from "../ui/issues.ts";

/* What the console asks the service for: /api/v1/host. A cookie that no script reads says whose it is. */

/** An answer that is not there by then is taken for lost, in milliseconds: checking a password takes the service a while. */
const TIMEOUT_MS = 20_000;

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The JSON object that is answered; `undefined` for an answer without a body. @throws RevintError also when none comes in time */
export async function ask(method: Method, path: string, body?: object): Promise<Fields | undefined> {
  try {
    const response = await fetch(`/api/v1/host/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      credentials: "same-origin",
      cache: "no-store",
      // Of our own answers none leads elsewhere.
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok) throw readRefusal(response, text);
    if (text === "") return undefined;
    const fields = parseFields(text);
    if (!fields) throw unreadable(response.status);
    return fields;
  } catch (error) {
    throw toRevintError(error);
  }
}

/** The same, where something is read from the answer. @param read `undefined`: it is not what it should be */
export async function askFor<T>(
  read: (answer: Fields) => T | undefined,
  method: Method,
  path: string,
  body?: object,
): Promise<T> {
  const answer = await ask(method, path, body);
  const value = answer && read(answer);
  if (value === undefined) throw unreadable();
  return value;
}

/** A page of a list, and where the next one begins. */
export interface ListPage<T> {
  readonly list: readonly T[];
  readonly cursor: string | undefined;
}

/** A page of a list: what is in it and can't be read, such as of a later version, is passed over. */
export function readList<T>(
  name: string,
  read: (entry: Fields) => T | undefined,
): (answer: Fields) => ListPage<T> | undefined {
  return ({ [name]: entries, cursor }) => {
    if (!Array.isArray(entries)) return undefined;
    const list = entries.flatMap((entry) => (isFields(entry) ? (read(entry) ?? []) : []));
    return { list, cursor: isText(cursor) ? cursor : undefined };
  };
}

/** The rest of a path for a page of a list. */
export const fromCursor = (cursor: string | undefined): string =>
  cursor === undefined ? "" : `?${new URLSearchParams({ cursor })}`;

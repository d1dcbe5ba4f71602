import { readStream } from "../ui/read-stream.ts";
import type { Route } from "./description.ts";

/** Who asks: kept in this page's memory alone, and sent in headers, never in an address. */
export interface Credentials {
  readonly token: string;
  readonly uid: string;
}

/** What somebody has filled in. */
export interface Filled {
  /** By the place and name of each parameter, such as `path sessionUid`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** A request that is ready to go. */
export interface Trial {
  readonly method: string;
  /** Below this deployment. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What came back. */
export interface Outcome {
  readonly status: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** In milliseconds. */
  readonly took: number;
}

/** As much of an answer as a page shows. */
const MOST_CHARACTERS = 20_000;

/** Puts together what is sent. */
export function createTrial(route: Route, filled: Filled, { token, uid }: Credentials): Trial {
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  let { path } = route;
  for (const { name, in: place } of route.parameters) {
    const value = filled.parameters[`${place} ${name}`] ?? "";
    if (place === "path") path = path.replace(`{${name}}`, () => encodeURIComponent(value));
    else if (value === "") continue;
    else if (place === "query") query.append(name, value);
    else headers[name] = value;
  }
  const needs = new Set(route.security.flatMap((one) => Object.keys(one)));
  if (needs.has("token") && token !== "") headers["X-Session-Token"] = token;
  if (needs.has("uid") && uid !== "") headers["X-Session-Uid"] = uid;
  if (filled.body !== undefined) headers["Content-Type"] = "application/json";
  const asked = query.toString();
  return { method: route.method, path: asked === "" ? path : `${path}?${asked}`, headers, body: filled.body };
}

/** @param signal ends it: a stream of events never does by itself @param onProgress told what has come so far */
export async function runTrial(
  { method, path, headers, body }: Trial,
  signal: AbortSignal,
  onProgress: (outcome: Outcome) => void,
): Promise<void> {
  const since = performance.now();
  const request = {
    method,
    headers,
    signal,
    redirect: "manual",
    ...(body !== undefined && { body }),
  } as const;
  const answer = await fetch(path, request);
  const outcome = {
    status: answer.type === "opaqueredirect" ? "302" : `${answer.status} ${answer.statusText}`.trim(),
    headers: [...answer.headers],
    took: Math.round(performance.now() - since),
  };
  onProgress({ ...outcome, body: "" });
  if (!answer.body) return;
  let text = "";
  for await (const part of readStream(answer.body.pipeThrough(new TextDecoderStream()))) {
    text += part;
    const isWhole = text.length <= MOST_CHARACTERS;
    onProgress({ ...outcome, body: isWhole ? text : `${text.slice(0, MOST_CHARACTERS)}…` });
    if (!isWhole) return;
  }
  onProgress({ ...outcome, body: indent(text) });
}

/** JSON over several lines, anything else as it is. */
function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

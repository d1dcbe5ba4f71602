import { LIMITS } from "../../shared/protocol/limits.ts";
import { Problem } from "../../shared/protocol/problem.schema.ts";
import { readJson, type WireAnswer, type WireRequest } from "./wire.ts";

/** What no answer may ever say to anybody but its owner, and where an answer came from. */
export class Judge {
  readonly #secrets = new Set<string>();
  /** How often a part did not answer: the only 5xx there is. */
  unavailable = 0;

  /** These are known to their owner alone. */
  keepSecret(...secrets: readonly string[]): void {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  /**
   * Holds an answer against what docs/protocol.md promises of every answer.
   * @returns the problem, where it is one
   * @throws with the answer, where it breaks a promise
   */
  judge(attack: WireRequest, answer: WireAnswer): Problem | undefined {
    const problem = this.#read(attack, answer);
    if (typeof problem === "string") {
      const said = JSON.stringify({ status: answer.status, headers: answer.headers, text: answer.text });
      throw new Error(`${problem}: ${said.slice(0, 2000)}`);
    }
    return problem;
  }

  #read(attack: WireRequest, answer: WireAnswer): Problem | undefined | string {
    const { status, headers, text } = answer;
    const sent = JSON.stringify([attack.path, attack.headers]) + Buffer.from(attack.body ?? []).toString();
    const said = JSON.stringify(headers) + text;
    for (const secret of this.#secrets)
      if (said.includes(secret) && !sent.includes(secret)) return "a secret that the caller did not have";

    if (isCutOff(attack, answer)) return undefined;
    if (!isOurs(attack)) return status < 500 ? undefined : "a 5xx of something else";
    if (typeof headers["x-request-id"] !== "string" && status !== 101) return "no request id";
    const isFile = isDeckFile(attack, answer);
    if (isOfApi(attack) && !isFile && headers["cache-control"] !== "no-store") return "may be cached";
    if (status < 400 || isFile) return undefined;
    if (headers["content-type"] !== "application/problem+json") return "an error that is no problem";
    if (attack.method === "HEAD") return status < 500 ? undefined : "a 5xx";
    const read = Problem.safeParse(readJson(text));
    if (!read.success) return "a problem of another shape";
    if (read.data.status !== status) return "two statuses";
    if (read.data.requestId !== headers["x-request-id"]) return "two request ids";
    if (status === 429 && !(Number(headers["retry-after"]) > 0)) return "a 429 that says nothing of when";
    if (status < 500) return read.data;
    this.unavailable++;
    return read.data.code === "unavailable" ? read.data : "a 5xx";
  }
}

const isUpgrade = ({ headers = [] }: WireRequest): boolean =>
  headers.some(([name, value]) => name === "Upgrade" && value === "websocket");

/** The runtime makes a GET of whatever asks for an upgrade. */
export const isMadeGet = (attack: WireRequest): boolean => attack.method !== "GET" && isUpgrade(attack);

/** Whether the Worker itself answers, and not a page, or the runtime. */
function isOurs(attack: WireRequest): boolean {
  if (isMadeGet(attack)) return false;
  const { pathname } = new URL(`http://revint${attack.path}`);
  return pathname.startsWith("/api/v1/") || pathname.startsWith("/ws/v1/");
}

const isOfApi = ({ path }: WireRequest): boolean => path.startsWith("/api/");

/** The one thing that never changes, or that there is no such part of it: neither is JSON. */
const isDeckFile = ({ path }: WireRequest, { status }: WireAnswer): boolean =>
  (status < 400 || status === 416) && /^\/api\/v1\/decks\/[\w-]+\/files?(?:[/?]|$)/.test(path);

/**
 * What stands before the Worker on this machine says so itself when a body was refused unread: one that is too large,
 * or one in chunks that was sent to a file. And it opens no socket for whoever does not say of which version.
 */
export function isCutOff(attack: WireRequest, { headers, text }: WireAnswer): boolean {
  if (headers["x-request-id"] !== undefined) return false;
  if (isRefusedUnread(attack) && text.startsWith("Error: Network connection lost.")) return true;
  if (isUpgrade(attack)) return text === "ERROR: The requested WebSocket version is not supported.";
  return isForgotten(attack, text);
}

const isRefusedUnread = (attack: WireRequest): boolean =>
  (attack.body?.byteLength ?? 0) > LIMITS.bodyBytes || (attack.isChunked === true && !isOurs(attack));

/** It now and then forgets a GET that has a body, whether that is for a file, which no Worker of ours ever sees, or for the API. */
const isForgotten = ({ method, body }: WireRequest, text: string): boolean =>
  method === "GET" &&
  body !== undefined &&
  /^Error: Promise will never complete\.\n.*\/miniflare\/dist\/src\/workers\/core\/entry\.worker\.js:/.test(
    text,
  );

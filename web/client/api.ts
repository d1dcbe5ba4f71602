import type { LoginAnswer } from "../../shared/protocol/session.ts";
import { type ErrorFacts, RevintError, toRevintError } from "./error.ts";
import { type Fields, isNumber, isText, isTexts, parseFields } from "./fields.ts";
import { isPages, readRules, readState } from "./message.ts";
import type {
  ClientTotals,
  HostOptions,
  HostRules,
  NewSessionAnswer,
  OwnReaction,
  SessionAnswer,
  State,
} from "./session.ts";

/** A request without an answer by then counts as failed. */
const TIMEOUT_MS = 10_000;

/** What lets a participant in: both travel as headers and never as cookies. */
export interface Access {
  readonly sessionUid: string;
  readonly token: string;
  readonly uid: string;
  readonly role: "host" | "user";
  /** What comes before the path of a pipe. */
  readonly wsUrl: string;
}

interface Call {
  readonly method?: "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Goes on when the session is closed, which it may well bring about. */
  readonly isLast?: boolean;
}

/** The service's HTTP API. Everything throws RevintError and nothing else. */
export class Api {
  /** Without a slash at its end. */
  readonly url: string;
  readonly #requests = new Set<AbortController>();

  /** @throws TypeError when it is no URL; relative ones count from the page */
  constructor(apiUrl: string) {
    this.url = new URL(apiUrl, globalThis.location?.href).href.replace(/[?#].*$/, "").replace(/\/+$/, "");
  }

  /** Where the pipes are: where the session's host says, or else at the same place. Without a slash at its end. */
  socketUrl(wsUrl: string | undefined): string {
    return (wsUrl ?? this.url.replace(/^http/, "ws")).replace(/\/+$/, "");
  }

  async getSession(sessionUid: string): Promise<SessionAnswer> {
    const answer = await this.#ask(encodeURIComponent(sessionUid));
    const { token, userToken, name, date, reactions, apiUrl, webUiUrl, wsUrl, deckUrl } = answer;
    if (
      !(isText(token) && isText(userToken) && isText(name) && isText(date) && isTexts(reactions)) ||
      !(isText(apiUrl) && isText(webUiUrl) && (wsUrl === undefined || isText(wsUrl))) ||
      !(deckUrl === undefined || isText(deckUrl))
    ) {
      throw unreadable();
    }
    // A service of before does not say it.
    const anyReaction = answer.anyReaction === true;
    return {
      ...{ sessionUid, token, userToken, name, date, reactions, anyReaction },
      ...{ apiUrl, webUiUrl, wsUrl, deckUrl },
    };
  }

  /** Joins; with the uid of an earlier time, as the same participant. */
  async login(sessionUid: string, token: string, uid: string | undefined): Promise<LoginAnswer> {
    const headers = withUid({ "x-session-token": token }, uid);
    const answer = await this.#ask(`${encodeURIComponent(sessionUid)}/login`, { method: "POST", headers });
    if (!isText(answer.uid) || !isText(answer.token)) throw unreadable();
    return { uid: answer.uid, token: answer.token };
  }

  async openSession(hostToken: string, facts: OpenFacts, uid: string | undefined): Promise<NewSessionAnswer> {
    const headers = withUid({ "x-session-token": hostToken }, uid);
    const answer = await this.#ask("new", { method: "POST", headers, body: facts });
    const { token, hostUid, sessionUid, joinUrl, resumed, endedAt } = answer;
    if (!isText(token) || !isText(hostUid) || !isText(sessionUid) || !isText(joinUrl)) throw unreadable();
    return {
      token,
      hostUid,
      sessionUid,
      joinUrl,
      resumed: resumed === true,
      endedAt: isNumber(endedAt) ? endedAt : null,
    };
  }

  /** @returns the state's version */
  async setState(access: Access, page: string, state: string): Promise<number> {
    const path = `${encodeURIComponent(access.sessionUid)}/state`;
    const answer = await this.#ask(path, { method: "POST", headers: proofs(access), body: { page, state } });
    if (!isNumber(answer.version)) throw unreadable();
    return answer.version;
  }

  /** Resolves when the reaction is kept. */
  async react(access: Access, { id, page, reaction }: OwnReaction): Promise<void> {
    const path = `${encodeURIComponent(access.sessionUid)}/user/${encodeURIComponent(access.uid)}/react`;
    const headers = { ...proofs(access), "idempotency-key": id };
    const answer = await this.#ask(path, { method: "POST", headers, body: { page, reaction } });
    if (answer.success !== true) throw unreadable();
  }

  async getState(access: Access): Promise<State> {
    const state = readState(await this.#get(access, "state"));
    if (!state) throw unreadable();
    return state;
  }

  async getTotals(access: Access): Promise<ClientTotals> {
    const { pages, total } = await this.#get(access, "reactions");
    if (!isPages(pages) || !isNumber(total)) throw unreadable();
    return { pages, total };
  }

  async getRules(access: Access): Promise<HostRules> {
    return readHostRules(await this.#get(access, "rules"));
  }

  /** Changes what is named and says the rest again as it is, also what this version does not know. */
  async setRules(access: Access, change: Partial<HostRules>): Promise<HostRules> {
    const before = await this.#get(access, "rules");
    return readHostRules(await this.post(access, "rules", { ...before, ...change }));
  }

  /** Sends everybody out. @returns the host's new uid */
  async revoke(access: Access): Promise<string> {
    const { hostUid } = await this.post(access, "revoke");
    if (!isText(hostUid)) throw unreadable();
    return hostUid;
  }

  /** What a host asks for besides, such as `driver`; `isLast`: it may end the session. */
  post(access: Access, what: string, body?: unknown, isLast = false): Promise<Fields> {
    const path = `${encodeURIComponent(access.sessionUid)}/${what}`;
    return this.#ask(path, { method: "POST", headers: proofs(access), body, isLast });
  }

  /** The session's messages as server-sent events; the signal ends them. */
  async openEvents(access: Access, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const path = `${encodeURIComponent(access.sessionUid)}/events`;
    const headers = { ...proofs(access), accept: "text/event-stream" };
    try {
      const response = await this.#fetch(path, { headers }, signal);
      if (!response.ok) throw readProblem(response, await response.text());
      if (!response.body) throw unreadable(response.status);
      return response.body;
    } catch (error) {
      throw toRevintError(error);
    }
  }

  /** Ends every request that is on its way, apart from events. */
  close(): void {
    for (const request of this.#requests) request.abort(new Error("the session was closed"));
  }

  #get(access: Access, what: string): Promise<Fields> {
    return this.#ask(`${encodeURIComponent(access.sessionUid)}/${what}`, { headers: proofs(access) });
  }

  async #ask(path: string, call: Call = {}): Promise<Fields> {
    const request = new AbortController();
    const timer = setTimeout(() => request.abort(new Error("no answer in time")), TIMEOUT_MS);
    if (!call.isLast) this.#requests.add(request);
    try {
      const response = await this.#fetch(path, call, request.signal);
      const text = await response.text();
      if (!response.ok) throw readProblem(response, text);
      const fields = parseFields(text);
      if (!fields) throw unreadable(response.status);
      return fields;
    } catch (error) {
      throw toRevintError(error);
    } finally {
      clearTimeout(timer);
      this.#requests.delete(request);
    }
  }

  #fetch(path: string, { method, headers, body }: Call, signal: AbortSignal): Promise<Response> {
    return fetch(`${this.url}/api/v1/session/${path}`, {
      method: method ?? "GET",
      headers: body === undefined ? { ...headers } : { ...headers, "content-type": "application/json" },
      credentials: "omit",
      cache: "no-store",
      signal,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}

/** What a host says about its session: the options that are the service's business. */
export type OpenFacts = Omit<HostOptions, "storage" | "transport">;

function readHostRules(answer: Fields): HostRules {
  const rules = readRules(answer);
  if (!rules) throw unreadable();
  const { publicResults, isClosed, joinsPerMinute } = answer;
  return {
    ...rules,
    publicResults: publicResults === true,
    isClosed: isClosed === true,
    joinsPerMinute: isNumber(joinsPerMinute) ? joinsPerMinute : null,
  };
}

const proofs = ({ token, uid }: Access) => ({ "x-session-token": token, "x-session-uid": uid });

const withUid = (headers: Record<string, string>, uid: string | undefined) =>
  uid === undefined ? headers : { ...headers, "x-session-uid": uid };

export const unreadable = (status?: number): RevintError =>
  new RevintError("invalid_answer", "this is no answer of a revint API", { status });

/** A refusal of the service, or of whatever else answers at this address. */
export function readProblem({ status, headers }: Response, text: string): RevintError {
  const problem = parseFields(text);
  if (!problem || !isText(problem.code)) return unreadable(status);
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const facts: ErrorFacts = {
    status,
    ...(Number.isFinite(seconds) && { retryAfter: seconds }),
    ...(isText(problem.requestId) && { requestId: problem.requestId }),
  };
  return new RevintError(problem.code, isText(problem.detail) ? problem.detail : "", facts);
}

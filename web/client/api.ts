import type { Hiding } from "../../shared/interactions/activity/activity.ts";
import type { PlannedTalk } from "../../shared/protocol/problem.ts";
import type { LoginAnswer } from "../../shared/protocol/session.ts";
import { readActivity, readRanking } from "./activity.ts";
import { type ErrorFacts, RevintError, toRevintError } from "./error.ts";
import { type Fields, isFields, isNumber, isText, isTexts, parseFields } from "./fields.ts";
import { isPages, readRules, readState } from "./message.ts";
import { readLiveQuestion, readQuestions } from "./question.ts";
import type {
  Activity,
  ClientTotals,
  HostOptions,
  HostRules,
  LiveQuestion,
  NewActivity,
  NewSessionAnswer,
  QuestionChange,
  QuestionList,
  Questions,
  Ranking,
  SessionAnswer,
  State,
  StatusChange,
} from "./session.ts";

/** A request without an answer by then counts as failed. */
const TIMEOUT_MS = 10_000;

const NO_CONTENT = 204;

/** What lets a participant in: both travel as headers and never as cookies. */
export interface Access {
  readonly sessionUid: string;
  readonly token: string;
  readonly uid: string;
  readonly role: "host" | "user";
  /** What comes before the path of a pipe. */
  readonly wsUrl: string;
}

type Method = "POST" | "PUT" | "PATCH" | "DELETE";

interface Call {
  readonly method?: Method;
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
    const answer = await this.#ask(`session/${encodeURIComponent(sessionUid)}`);
    const { token, userToken, joinCode, startsAt } = answer;
    const { name, date, reactions, apiUrl, webUiUrl, wsUrl, deckUrl } = answer;
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
      ...{
        sessionUid,
        token,
        userToken,
        joinCode: readJoinCode(joinCode),
        startsAt: isNumber(startsAt) ? startsAt : null,
        name,
        date,
        reactions,
        anyReaction,
      },
      ...{ apiUrl, webUiUrl, wsUrl, deckUrl },
    };
  }

  /** The session that a join code leads to. */
  async findSession(joinCode: string): Promise<string> {
    const { sessionUid } = await this.#ask(`join/${encodeURIComponent(joinCode)}`);
    if (!isText(sessionUid)) throw unreadable();
    return sessionUid;
  }

  /** Joins; with the uid of an earlier time, as the same participant. @param path another way in */
  async login(
    sessionUid: string,
    token: string,
    uid: string | undefined,
    path = "login",
  ): Promise<LoginAnswer> {
    const headers = withUid({ "x-session-token": token }, uid);
    const answer = await this.#ask(`session/${encodeURIComponent(sessionUid)}/${path}`, {
      method: "POST",
      headers,
    });
    if (!isText(answer.uid) || !isText(answer.token)) throw unreadable();
    return { uid: answer.uid, token: answer.token };
  }

  async openSession(hostToken: string, facts: OpenFacts, uid: string | undefined): Promise<NewSessionAnswer> {
    const headers = withUid({ "x-session-token": hostToken }, uid);
    const answer = await this.#ask("session/new", { method: "POST", headers, body: facts });
    const { token, hostUid, sessionUid, joinUrl, joinCode, resumed, endedAt, withoutFlows } = answer;
    if (!isText(token) || !isText(hostUid) || !isText(sessionUid) || !isText(joinUrl)) throw unreadable();
    return {
      token,
      hostUid,
      sessionUid,
      joinUrl,
      joinCode: readJoinCode(joinCode),
      resumed: resumed === true,
      endedAt: isNumber(endedAt) ? endedAt : null,
      ...(withoutFlows === true && { withoutFlows }),
    };
  }

  /** @returns the state's version */
  async setState(access: Access, page: string, state: string): Promise<number> {
    const { version } = await this.post(access, "state", { page, state });
    if (!isNumber(version)) throw unreadable();
    return version;
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

  /** In the order in which they were written, but for those that this version can't read. */
  async listActivities(access: Access): Promise<Activity[]> {
    const { activities } = await this.#get(access, "activities");
    if (!Array.isArray(activities)) throw unreadable();
    return activities.map(readActivity).filter((activity) => activity !== undefined);
  }

  async readRanking(access: Access, id: string): Promise<Ranking> {
    const ranking = readRanking(await this.#get(access, `${toPath(id)}/ranking`));
    if (!ranking) throw unreadable();
    return ranking;
  }

  async putActivity(access: Access, id: string, definition: NewActivity): Promise<Activity> {
    return toActivity(await this.send(access, toPath(id), { method: "PUT", body: definition }));
  }

  async deleteActivity(access: Access, id: string): Promise<void> {
    await this.send(access, toPath(id), { method: "DELETE" });
  }

  async setActivity(access: Access, id: string, change: StatusChange): Promise<Activity> {
    return toActivity(await this.post(access, `${toPath(id)}/status`, change));
  }

  async hide(access: Access, id: string, hiding: Hiding): Promise<void> {
    await this.post(access, `${toPath(id)}/hidden`, hiding);
  }

  /** A page of them, but for those that this version can't read. */
  async listQuestions(access: Access, { sort, cursor }: QuestionList = {}): Promise<Questions> {
    const query = `${new URLSearchParams({ ...(sort && { sort }), ...(cursor && { cursor }) })}`;
    const questions = readQuestions(await this.#get(access, `questions${query && `?${query}`}`));
    if (!questions) throw unreadable();
    return questions;
  }

  async setQuestion(access: Access, id: string, change: QuestionChange): Promise<LiveQuestion> {
    const question = readLiveQuestion(await this.post(access, `questions/${encodeURIComponent(id)}`, change));
    if (!question) throw unreadable();
    return question;
  }

  async getRules(access: Access): Promise<HostRules> {
    return readHostRules(await this.#get(access, "rules"));
  }

  /** Changes what is named, and leaves the rest. */
  async setRules(access: Access, change: Partial<HostRules>): Promise<HostRules> {
    return readHostRules(await this.send(access, "rules", { method: "PATCH", body: change }));
  }

  /** Sends everybody out. @returns the host's new uid */
  async revoke(access: Access): Promise<string> {
    const { hostUid } = await this.post(access, "revoke");
    if (!isText(hostUid)) throw unreadable();
    return hostUid;
  }

  /** What a host asks for besides, such as `driver`; `isLast`: it may end the session. */
  post(access: Access, what: string, body?: unknown, isLast = false): Promise<Fields> {
    return this.send(access, what, { method: "POST", body, isLast });
  }

  /** The session's messages as server-sent events; the signal ends them. */
  async openEvents(access: Access, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const path = `session/${encodeURIComponent(access.sessionUid)}/events`;
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
    return this.send(access, what, {});
  }

  /** What a participant asks for besides. */
  send(access: Access, what: string, call: Call): Promise<Fields> {
    const headers = { ...proofs(access), ...call.headers };
    return this.#ask(`session/${encodeURIComponent(access.sessionUid)}/${what}`, { ...call, headers });
  }

  async #ask(path: string, call: Call = {}): Promise<Fields> {
    const request = new AbortController();
    const timer = setTimeout(() => request.abort(new Error("no answer in time")), TIMEOUT_MS);
    if (!call.isLast) this.#requests.add(request);
    try {
      const response = await this.#fetch(path, call, request.signal);
      const text = await response.text();
      if (!response.ok) throw readProblem(response, text);
      const fields = response.status === NO_CONTENT ? {} : parseFields(text);
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
    return fetch(`${this.url}/api/v1/${path}`, {
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

/** A service of before gives none. */
const readJoinCode = (joinCode: unknown): string | null => (isText(joinCode) ? joinCode : null);

function readHostRules(answer: Fields): HostRules {
  const rules = readRules(answer);
  if (!rules) throw unreadable();
  const { publicResults, isClosed, joinsPerMinute, names } = answer;
  return {
    ...rules,
    publicResults: publicResults === true,
    isClosed: isClosed === true,
    joinsPerMinute: isNumber(joinsPerMinute) ? joinsPerMinute : null,
    // A service of before does not say it, and takes none.
    names: names === true,
  };
}

const toPath = (activity: string): string => `activities/${encodeURIComponent(activity)}`;

function toActivity(answer: Fields): Activity {
  const activity = readActivity(answer);
  if (!activity) throw unreadable();
  return activity;
}

const proofs = ({ token, uid }: Access) => ({ "x-session-token": token, "x-session-uid": uid });

const withUid = (headers: Record<string, string>, uid: string | undefined) =>
  uid === undefined ? headers : { ...headers, "x-session-uid": uid };

export const unreadable = (status?: number): RevintError =>
  new RevintError("invalid_answer", "this is no answer of a revint API", { status });

const readPlannedTalk = (value: unknown): PlannedTalk | undefined =>
  isFields(value) && isText(value.name) && (value.startsAt === null || isNumber(value.startsAt))
    ? { name: value.name, startsAt: value.startsAt }
    : undefined;

/** A refusal of the service, or of whatever else answers at this address. */
export function readProblem({ status, headers }: Response, text: string): RevintError {
  const problem = parseFields(text);
  if (!problem || !isText(problem.code)) return unreadable(status);
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const facts: ErrorFacts = {
    status,
    ...(Number.isFinite(seconds) && { retryAfter: seconds }),
    ...(isText(problem.requestId) && { requestId: problem.requestId }),
    talk: readPlannedTalk(problem.talk),
  };
  return new RevintError(problem.code, isText(problem.detail) ? problem.detail : "", facts);
}

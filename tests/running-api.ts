import type * as z from "zod";
import { signToken } from "../scripts/host-token.ts";
import { Problem } from "../shared/protocol/problem.schema.ts";
import { LoginAnswer, NewSessionAnswer, SessionAnswer } from "../shared/protocol/session.schema.ts";

export interface RequestOptions {
  readonly token?: string;
  readonly uid?: string;
  readonly json?: unknown;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

/** An api that runs somewhere, and what a host and an audience do with it. */
export class RunningApi {
  /** Its origin. */
  readonly url: string;
  readonly #privatePem: string;
  #talks = 0;

  /** @param privatePem signs host tokens that it takes */
  constructor(url: string, privatePem: string) {
    this.url = url;
    this.#privatePem = privatePem;
  }

  /** A signed token of a talk of its own. */
  sign(payload: { name?: string; date?: string; host?: boolean; exp?: number } = {}): Promise<string> {
    return signToken({ name: `talk ${++this.#talks}`, date: "2026-11-20", ...payload }, this.#privatePem);
  }

  /** One request to the API; a body is sent as JSON. */
  request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const headers = new Headers(options.headers);
    if (options.token !== undefined) headers.set("x-session-token", options.token);
    if (options.uid !== undefined) headers.set("x-session-uid", options.uid);
    if (options.json !== undefined) headers.set("content-type", "application/json");
    return fetch(new URL(path, this.url), {
      method,
      headers,
      ...(options.json !== undefined && { body: JSON.stringify(options.json) }),
      ...(options.body !== undefined && { body: options.body }),
    });
  }

  /** Starts or resumes a session. */
  async host(token?: string, more: Record<string, unknown> = {}) {
    const response = await this.request("POST", "/api/v1/session/new", {
      token: token ?? (await this.sign()),
      json: { apiUrl: this.url, webUiUrl: `${this.url}/join`, ...more },
    });
    return read(NewSessionAnswer, response);
  }

  /** Looks a session up and joins it. */
  async join(sessionUid: string, headers: Record<string, string> = {}) {
    const info = await read(
      SessionAnswer,
      await this.request("GET", `/api/v1/session/${sessionUid}`, { headers }),
    );
    const path = `/api/v1/session/${sessionUid}/login`;
    return read(LoginAnswer, await this.request("POST", path, { token: info.token, headers }));
  }
}

/** A good answer by its schema; anything else fails the test with what was said. */
export async function read<S extends z.ZodType>(schema: S, response: Response): Promise<z.output<S>> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return schema.parse(JSON.parse(text));
}

/** A problem, checked to be one in every respect. */
export async function readProblem(response: Response): Promise<Problem> {
  const problem = Problem.parse(await response.json());
  if (response.headers.get("content-type") !== "application/problem+json")
    throw new Error("not problem+json");
  if (problem.status !== response.status) throw new Error("two statuses");
  return problem;
}

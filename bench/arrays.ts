import { z } from "zod";
import type { HttpRequest } from "./http-connection.ts";
import { readOk, sendAll } from "./revint.ts";

const Login = z.object({ uid: z.string() });

/** A session of P3, which keeps JSON arrays in KV. */
export class ArraySession {
  readonly port: number;
  readonly #path: string;

  private constructor(port: number, path: string) {
    this.port = port;
    this.#path = path;
  }

  static async start(port: number): Promise<ArraySession> {
    const sessionUid = crypto.randomUUID();
    const body = JSON.stringify({ sessionUid, name: "bench", apiUrl: "http://127.0.0.1" });
    const [answer] = await sendAll(port, [{ method: "POST", path: "/api/v1/session/new", body }]);
    readOk(answer);
    return new ArraySession(port, `/api/v1/session/${sessionUid}`);
  }

  lookUp(): HttpRequest {
    return { method: "GET", path: this.#path };
  }

  login(): HttpRequest {
    return { method: "POST", path: `${this.#path}/login` };
  }

  /** Every page has an array of its own. */
  react(uid: string, page: string): HttpRequest {
    const body = JSON.stringify({ page, reaction: "👍" });
    return { method: "POST", path: `${this.#path}/user/${uid}/react`, body };
  }

  getState(uid: string): HttpRequest {
    return { method: "GET", path: `${this.#path}/state`, headers: { "x-session-uid": uid } };
  }

  setState(page: string): HttpRequest {
    return { method: "POST", path: `${this.#path}/state`, body: JSON.stringify({ page, state: "s" }) };
  }

  /** One after the other: at the same time they would overwrite each other. */
  async join(count: number): Promise<string[]> {
    const uids: string[] = [];
    for (let joined = 0; joined < count; joined++) {
      const [answer] = await sendAll(this.port, [this.login()]);
      uids.push(Login.parse(readOk(answer)).uid);
    }
    return uids;
  }
}

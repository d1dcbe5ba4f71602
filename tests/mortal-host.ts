import type * as z from "zod";
import { AccountAnswer } from "../shared/protocol/host/account.schema.ts";
import { read } from "./deployment.ts";
import { createAddress, createEmail, PASSWORD } from "./host-browser.ts";
import type { Mortal } from "./mortal.ts";

interface Options {
  readonly json?: unknown;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** The browser of a host who goes on trying while the Workers die and come back. */
export class MortalHost {
  readonly email: string;
  readonly password: string;
  cookie = "";
  readonly #workers: Mortal;
  readonly #address = createAddress();

  constructor(workers: Mortal, email = createEmail(), password = PASSWORD) {
    this.#workers = workers;
    this.email = email;
    this.password = password;
  }

  static async signUp(workers: Mortal): Promise<MortalHost> {
    const host = new MortalHost(workers);
    await read(AccountAnswer, await host.persist(...host.toSignUp()));
    return host;
  }

  toSignUp(link?: string) {
    const { email, password } = this;
    return ["POST", "sign-up", { json: { email, name: "Ada", password, link } }] as const;
  }

  toSignIn() {
    const { email, password } = this;
    return ["POST", "sign-in", { json: { email, password } }] as const;
  }

  /** Asks once: whatever dies meanwhile takes the answer along. */
  once(method: string, path: string, options?: Options): Promise<Response> {
    return this.#keepCookie(this.#workers.ask(...this.#request(method, path, options)));
  }

  /** Asks until there is an answer that is final. */
  persist(method: string, path: string, options?: Options): Promise<Response> {
    return this.#keepCookie(this.#workers.persist(...this.#request(method, path, options)));
  }

  /** The same, for what is answered well. */
  ask = async <S extends z.ZodType>(schema: S, method: string, path: string, json?: unknown) =>
    read(schema, await this.persist(method, path, json === undefined ? {} : { json }));

  #request(method: string, path: string, { json, body }: Options = {}): [string, RequestInit] {
    const headers: Record<string, string> = { "cf-connecting-ip": this.#address, cookie: this.cookie };
    if (json !== undefined) headers["content-type"] = "application/json";
    const sent = json === undefined ? body : JSON.stringify(json);
    return [`/api/v1/host/${path}`, { method, headers, ...(sent !== undefined && { body: sent }) }];
  }

  async #keepCookie(answer: Promise<Response>): Promise<Response> {
    const response = await answer;
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(";")[0] ?? "";
    return response;
  }
}

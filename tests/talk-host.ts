import type * as z from "zod";
import { AccountAnswer } from "../shared/protocol/host/account.schema.ts";
import { type Talk, TalkAnswer, Talks } from "../shared/protocol/host/talk.schema.ts";
import type { NewTalk } from "../shared/protocol/host/talk.ts";
import { type RequestOptions, type RunningApi, read } from "./running-api.ts";

let people = 0;

/** Somebody with an account, signed in, from an address of their own. */
export class TalkHost {
  readonly #revint: RunningApi;
  readonly #headers: Record<string, string>;
  /** The account's id. */
  account = "";

  private constructor(revint: RunningApi) {
    this.#revint = revint;
    this.#headers = { "cf-connecting-ip": `198.19.${++people >> 8}.${people & 255}` };
  }

  static async signUp(revint: RunningApi): Promise<TalkHost> {
    const host = new TalkHost(revint);
    const json = {
      email: `host${people}@example.org`,
      name: "Ada",
      password: "correct horse battery staple",
    };
    const made = await host.request("POST", "sign-up", { json });
    host.#headers.cookie = made.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    host.account = (await read(AccountAnswer, made)).account.id;
    return host;
  }

  /** What a browser of theirs sends, as `name=value`. */
  get cookie(): string {
    return this.#headers.cookie ?? "";
  }

  request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const headers = { ...this.#headers, ...options.headers };
    return this.#revint.request(method, `/api/v1/host/${path}`, { ...options, headers });
  }

  ask = async <S extends z.ZodType>(schema: S, method: string, path: string, json?: unknown) =>
    read(schema, await this.request(method, path, json === undefined ? {} : { json }));

  create = (json: NewTalk) => this.ask(TalkAnswer, "POST", "talks", json);
  open = ({ id }: Pick<Talk, "id">) => this.ask(TalkAnswer, "GET", `talks/${id}`);
  renew = ({ id }: Pick<Talk, "id">) => this.ask(TalkAnswer, "POST", `talks/${id}/token`);
  list = (query = "") => this.ask(Talks, "GET", `talks${query}`);
}

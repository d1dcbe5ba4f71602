import type { z } from "zod";
import { AccountAnswer } from "../shared/protocol/host/account.schema.ts";
import { DeckAnswer, DeckUpload } from "../shared/protocol/host/deck.schema.ts";
import { TalkAnswer } from "../shared/protocol/host/talk.schema.ts";
import { DAY_MS } from "../shared/protocol/limits.ts";
import { createId, createSecret, hashSecret } from "../workers/lib/random.ts";
import type { HttpRequest } from "./http-connection.ts";
import type { Revint } from "./revint.ts";

const PASSWORD = "correct horse battery staple";

let people = 0;

/** Somebody with an account, signed in, from an address of their own. */
export class BenchHost {
  readonly revint: Revint;
  readonly email: string;
  readonly #address: string;
  #cookie = "";
  account = "";

  private constructor(revint: Revint) {
    this.revint = revint;
    const number = ++people;
    this.email = `host-${number}@example.org`;
    this.#address = `198.51.${number >> 8}.${number & 255}`;
  }

  static async signUp(revint: Revint): Promise<BenchHost> {
    const host = new BenchHost(revint);
    const json = { email: host.email, name: "Ada", password: PASSWORD };
    host.account = (await host.ask(AccountAnswer, "POST", "host/sign-up", json)).account.id;
    return host;
  }

  /**
   * The same, and so many talks, past host-store: which has changed nothing then, so that it reads from its cache what it
   * has read before.
   */
  static async insert(revint: Revint, talks: number): Promise<BenchHost> {
    const host = new BenchHost(revint);
    const secret = createSecret();
    host.account = createId();
    host.#cookie = `revint-host=${secret}`;
    await revint.sql(
      `INSERT INTO accounts (id, email, email_key, name, role, created_at, last_seen_at, talks)
       VALUES (?1, ?2, ?2, 'Ada', 'host', ?3, ?3, ?4)`,
      ...[host.account, host.email, Date.now(), talks],
    );
    await revint.sql(
      "INSERT INTO sign_ins VALUES (?1, ?2, ?3, 'Firefox on Linux', ?4, ?4, ?5)",
      ...[await hashSecret(secret), createId(), host.account, Date.now(), Date.now() + DAY_MS],
    );
    await revint.sql(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
       INSERT INTO talks (id, account, name, date, session_hash, token_id, listed_at, created_at)
       SELECT substr(?1, 1, 16) || printf('%06d', i), ?1, 'A talk', '2026-11-20', substr(?1, 1, 12) || printf('%06d', i),
         ?1, i, i FROM n`,
      ...[host.account, talks],
    );
    return host;
  }

  /** A request of theirs as it stands on the wire. @param path below /api/v1 */
  request(method: string, path: string, json?: object): HttpRequest {
    return {
      method,
      path: `/api/v1/${path}`,
      headers: { "cf-connecting-ip": this.#address, cookie: this.#cookie },
      ...(json && { body: JSON.stringify(json) }),
    };
  }

  /** One more browser signs in. */
  toSignIn(): HttpRequest {
    const { email } = this;
    return this.request("POST", "host/sign-in", { email, password: PASSWORD });
  }

  async signIn(): Promise<void> {
    await this.ask(AccountAnswer, "POST", "host/sign-in", { email: this.email, password: PASSWORD });
  }

  createTalk = (name: string, deck?: string) =>
    this.ask(TalkAnswer, "POST", "host/talks", { name, ...(deck !== undefined && { deck }) });

  /** A talk, and a token made for this answer. */
  openTalk = (talk: string) => this.ask(TalkAnswer, "GET", `host/talks/${talk}`);

  /** A piece of what a deck's page reads. */
  async readRange(path: string, from: number, bytes: number): Promise<void> {
    const range = `bytes=${from}-${from + bytes - 1}`;
    const url = `http://127.0.0.1:${this.revint.port}/api/v1/${path}`;
    const answer = await fetch(url, { headers: { range } });
    if (answer.status !== 206) throw new Error(`${path}: ${answer.status}`);
    await answer.arrayBuffer();
  }

  /** Uploads a deck, part after part. @returns its id */
  async upload(kind: "pdf" | "markdown", content: Uint8Array<ArrayBuffer>): Promise<string> {
    const about = { title: "Deck", kind, bytes: content.length, ...(kind === "pdf" && { pages: 30 }) };
    const { deck, partBytes } = await this.ask(DeckUpload, "POST", "host/decks", about);
    for (let number = 1; (number - 1) * partBytes < content.length; number++) {
      const part = content.slice((number - 1) * partBytes, number * partBytes);
      await this.send("PUT", `host/decks/${deck.id}/parts/${number}`, part);
    }
    await this.ask(DeckAnswer, "POST", `host/decks/${deck.id}/done`);
    return deck.id;
  }

  async ask<S extends z.ZodType>(
    schema: S,
    method: string,
    path: string,
    json?: object,
  ): Promise<z.output<S>> {
    const answer = await this.send(method, path, json && JSON.stringify(json));
    return schema.parse(await answer.json());
  }

  /** A good answer, whose body may be read; anything else fails the run with what was said. */
  async send(method: string, path: string, body?: BodyInit): Promise<Response> {
    const headers = new Headers({ "cf-connecting-ip": this.#address, cookie: this.#cookie });
    if (typeof body === "string") headers.set("content-type", "application/json");
    const url = `http://127.0.0.1:${this.revint.port}/api/v1/${path}`;
    const answer = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    const [cookie] = answer.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(";")[0] ?? "";
    return answer;
  }
}

/** A PDF of this many bytes, as far as the service looks. */
export function createPdf(bytes: number): Uint8Array<ArrayBuffer> {
  const pdf = new Uint8Array(bytes).fill(0x20);
  pdf.set(new TextEncoder().encode("%PDF-1.7\n"));
  pdf.set(new TextEncoder().encode("%%EOF"), bytes - 5);
  return pdf;
}

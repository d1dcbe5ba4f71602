import type { Context } from "hono";
import { Done } from "../../shared/protocol/session.schema.ts";
import { ExportLease } from "../lib/export-order.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { cutWhenStalled } from "./cut-when-stalled.ts";
import type { RequestEnv } from "./request-env.ts";

/** Well within the time after which the root gives an unrenewed place to somebody else. */
const RENEW_MS = 20_000;

/**
 * A user's place among the few who may read an export at a time, so that a whole audience that wants to
 * leaves those who react in peace.
 */
export class ExportPlace {
  /** Up to when to read, in ms since 1970. */
  readonly until: number;
  readonly #lease: string;
  readonly #c: Context<RequestEnv>;
  #renewedAt = Date.now();
  #hasEnded = false;

  private constructor(c: Context<RequestEnv>, { lease, until }: ExportLease) {
    this.#c = c;
    this.#lease = lease;
    this.until = until;
  }

  /** @throws `rate_limited` when none is free, `not_public` */
  static async take(c: Context<RequestEnv>): Promise<ExportPlace> {
    const place = c.get("stores").sessions.session[":session"].exports[":participant"];
    const param = { session: c.get("session").hash, participant: c.get("participant").name };
    const answer = await place.$post({ param });
    return new ExportPlace(c, await readAnswer(ExportLease, answer));
  }

  /** Passes an export on, and gives the place back when it is over, or when nobody reads on. */
  hold(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    return cutWhenStalled(body, {
      beforeRead: () => this.#renew(),
      onEnd: () => this.end(),
    });
  }

  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const ending = this.#call.$delete({ param: this.#param });
    // If it is lost, the place is free a minute later.
    this.#c.executionCtx.waitUntil(ending.catch(() => {}));
  }

  /** @throws when somebody else has the place by now */
  async #renew(): Promise<void> {
    const now = Date.now();
    // Also when the clock has stepped back: the root does not believe a time that lies ahead.
    if (now >= this.#renewedAt && now - this.#renewedAt < RENEW_MS) return;
    this.#renewedAt = now;
    await readAnswer(Done, await this.#call.$put({ param: this.#param }));
  }

  get #call() {
    return this.#c.get("stores").sessions.session[":session"].exports[":lease"];
  }

  get #param() {
    return { session: this.#c.get("session").hash, lease: this.#lease };
  }
}

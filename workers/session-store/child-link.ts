import { NO_REVISIONS, type Revisions } from "./room-message.ts";

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5000;

/** The topics to send; all of them where the child may have missed something. */
export type Topics = ReadonlySet<string> | "whole";

/**
 * A parent's side of one child room: what the child reported last, and what it has yet to hear.
 * One call is on its way at a time; it is repeated until the child confirms.
 */
export class ChildLink {
  readonly room: number;
  seq = 0;
  latest = 0;
  people: Readonly<Record<number, number>> = {};
  /** Of the newest report. */
  number = 0;
  /** It has reported since this room started. */
  isKnown = false;
  /** The version of the session that the child has confirmed; undefined where it may have missed one. */
  confirmed: string | undefined;
  /** What it has confirmed of activities and questions; nothing where it may have missed something. */
  revisions: Revisions = NO_REVISIONS;

  readonly #send: (topics: Topics) => Promise<void>;
  #topics = new Set<string>();
  #isWhole = false;
  #isBehind = false;
  #sending: Promise<void> | undefined;

  constructor(room: number, send: (topics: Topics) => Promise<void>) {
    this.room = room;
    this.#send = send;
  }

  /** It has not confirmed everything yet. */
  get isBehind(): boolean {
    return this.#isBehind || this.#sending !== undefined;
  }

  /** Sends what is new of the session, and the counts of these topics, or of every topic. */
  enqueue(topics: Iterable<string> | "whole" = []): void {
    this.#isBehind = true;
    if (topics === "whole") this.#isWhole = true;
    else for (const topic of topics) this.#topics.add(topic);
    this.#sending ??= this.#drain();
  }

  /** Resolves when the child has confirmed all that was enqueued. */
  async settled(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  async #drain(): Promise<void> {
    for (let failures = 0; this.#isBehind; ) {
      const topics: Topics = this.#isWhole ? "whole" : this.#topics;
      this.#isBehind = false;
      this.#isWhole = false;
      this.#topics = new Set();
      try {
        await this.#send(topics);
        failures = 0;
      } catch {
        // The child may or may not have heard it. Once more the same, and then everything: it may have missed more.
        this.#isBehind = true;
        if (topics === "whole" || failures > 0) this.#forgetConfirmed();
        else for (const topic of topics) this.#topics.add(topic);
        const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures++);
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    this.#sending = undefined;
  }

  #forgetConfirmed(): void {
    this.#isWhole = true;
    this.confirmed = undefined;
    this.revisions = NO_REVISIONS;
  }
}

import type { Access, Api } from "./api.ts";
import { type Channel, type ChannelEvents, GREETING_MS } from "./channel.ts";
import { RevintError, toRevintError } from "./error.ts";
import { EventParser } from "./event-parser.ts";
import { readMessage } from "./message.ts";

/** The service says something every 5 s, if only a comment. */
const SILENT_MS = 15_000;
const PROBE_MS = 7500;
const LATE_MS = 2000;

/** The same messages as server-sent events: over fetch, because an EventSource can't send headers. */
export class EventStream implements Channel {
  readonly #request = new AbortController();
  readonly #events: ChannelEvents;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #heardAt = performance.now();
  #isGreeted = false;
  #isEnded = false;

  constructor(api: Api, access: Access, events: ChannelEvents) {
    this.#events = events;
    this.#expect(GREETING_MS);
    void this.#read(api, access);
  }

  /** It can't ask; it only knows how long it has heard nothing, and that something should come soon. */
  probe(): void {
    if (performance.now() - this.#heardAt > PROBE_MS) this.#end(silent());
    else if (this.#isGreeted) this.#expect(PROBE_MS);
  }

  close(): void {
    this.#isEnded = true;
    clearTimeout(this.#deadline);
    this.#request.abort();
  }

  async #read(api: Api, access: Access): Promise<void> {
    const parser = new EventParser();
    const decoder = new TextDecoder();
    try {
      const reader = (await api.openEvents(access, this.#request.signal)).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) throw new RevintError("network", "the event stream ended");
        this.#heardAt = performance.now();
        if (this.#isGreeted) this.#expect(SILENT_MS);
        for (const data of parser.push(decoder.decode(value, { stream: true }))) {
          const message = readMessage(data);
          if (!message || this.#isEnded) continue;
          if (!this.#isGreeted) this.#expect(SILENT_MS);
          this.#isGreeted = true;
          this.#events.onMessage(message);
        }
      }
    } catch (error) {
      this.#end(toRevintError(error));
    }
  }

  #expect(withinMs: number): void {
    clearTimeout(this.#deadline);
    if (this.#isEnded) return;
    const since = performance.now();
    // A timer that is late was frozen with its page: nobody knows then what has been held back.
    const isOnTime = () => performance.now() - since < withinMs + LATE_MS;
    this.#deadline = setTimeout(() => this.#end(silent(), isOnTime()), withinMs);
  }

  #end(error: RevintError, isSilent = false): void {
    if (this.#isEnded) return;
    this.close();
    this.#events.onEnd(error, isSilent);
  }
}

const silent = (): RevintError => new RevintError("network", "the event stream is silent");

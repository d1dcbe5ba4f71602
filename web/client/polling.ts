import type { Access, Api } from "./api.ts";
import type { Channel, ChannelEvents } from "./channel.ts";
import { toRevintError } from "./error.ts";
import { isHidden } from "./wake.ts";

/** Between two questions: while somebody looks, and while nobody does. */
const SHOWN_MS = 3000;
const HIDDEN_MS = 30_000;
/** The counts are asked for with every fourth question. */
const TOTALS_EVERY = 4;

/**
 * Asks where the deck is, again and again: for networks that break sockets and hold back what a
 * stream says. Hears nothing of people and rules, and of counts only now and then.
 */
export class Polling implements Channel {
  readonly #api: Api;
  readonly #access: Access;
  readonly #events: ChannelEvents;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isEnded = false;
  /** Only the newest question's answer is heard: an older one may have been lost while the page was frozen. */
  #turn = 0;
  #untilTotals = 0;

  constructor(api: Api, access: Access, events: ChannelEvents) {
    this.#api = api;
    this.#access = access;
    this.#events = events;
    void this.#ask();
  }

  probe(): void {
    this.#untilTotals = 0;
    void this.#ask();
  }

  close(): void {
    this.#isEnded = true;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    const isOld = () => this.#isEnded || turn !== this.#turn;
    try {
      const state = await this.#api.getState(this.#access);
      if (isOld()) return;
      this.#events.onMessage({ type: "state_change", ...state });
    } catch (error) {
      if (isOld()) return;
      this.close();
      this.#events.onEnd(toRevintError(error));
      return;
    }
    // A listener may have closed the session.
    if (isOld()) return;
    this.#timer = setTimeout(() => this.#ask(), isHidden() ? HIDDEN_MS : SHOWN_MS);
    if (this.#untilTotals-- > 0) return;
    this.#untilTotals = TOTALS_EVERY - 1;
    // They come late or not at all while the service counts them anew; the next answer has them.
    const totals = await this.#api.getTotals(this.#access).catch(() => undefined);
    if (totals && !this.#isEnded) this.#events.onMessage({ type: "reactions", ...totals, whole: true });
  }
}

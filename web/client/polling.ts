import type { Access, Api } from "./api.ts";
import type { Channel, ChannelEvents } from "./channel.ts";
import { toRevintError } from "./error.ts";
import { toLiveQuestion } from "./question.ts";
import { toRecord } from "./record.ts";
import type { LiveQuestion, Questions } from "./session.ts";
import { isHidden } from "./wake.ts";

/** Between two questions: while somebody looks, and while nobody does. */
const SHOWN_MS = 3000;
const HIDDEN_MS = 30_000;
/** What is asked besides: activities with every second question, the counts and the audience's questions with every fourth. */
const ACTIVITIES_EVERY = 2;
const TOTALS_EVERY = 4;
const QUESTIONS_EVERY = 4;

/**
 * Asks where the deck is, again and again: for networks that break sockets and hold back what a
 * stream says. Hears nothing of people and rules, and of activities and counts only now and then.
 */
export class Polling implements Channel {
  readonly #api: Api;
  readonly #access: Access;
  readonly #events: ChannelEvents;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isEnded = false;
  /** Only the newest question's answer is heard: an older one may have been lost while the page was frozen. */
  #turn = 0;
  /** Questions since the last greeting or look. */
  #asked = 0;

  constructor(api: Api, access: Access, events: ChannelEvents) {
    this.#api = api;
    this.#access = access;
    this.#events = events;
    void this.#ask();
  }

  probe(): void {
    this.#asked = 0;
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
    const asked = this.#asked++;
    if (asked % ACTIVITIES_EVERY === 0) await this.#askForActivities();
    if (asked % TOTALS_EVERY === 0) await this.#askForTotals();
    if (asked % QUESTIONS_EVERY === 0) await this.#askForQuestions();
  }

  /** They come late or not at all while the service counts them anew; the next answer has them. */
  async #askForTotals(): Promise<void> {
    const totals = await this.#api.getTotals(this.#access).catch(() => undefined);
    if (totals && !this.#isEnded) this.#events.onMessage({ type: "reactions", ...totals, whole: true });
  }

  async #askForActivities(): Promise<void> {
    const all = await this.#api.listActivities(this.#access).catch(() => undefined);
    if (!all || this.#isEnded) return;
    const activities = all.map(({ tally: _, rounds: __, mine: ___, ...activity }) => activity);
    this.#events.onMessage({ type: "activities", activities, whole: true });
    const tallies = all.flatMap(({ id, tally }) => (tally ? [[id, tally] as const] : []));
    if (!this.#isEnded) this.#events.onMessage({ type: "tallies", tallies: toRecord(tallies) });
  }

  /** A user asks for the first page, as a pipe tells them those on top; whoever moderates needs all. */
  async #askForQuestions(): Promise<void> {
    const questions: LiveQuestion[] = [];
    let page: Questions | undefined;
    do {
      const { cursor } = page ?? {};
      page = await this.#api
        .listQuestions(this.#access, { ...(cursor && { cursor }) })
        .catch(() => undefined);
      if (!page || this.#isEnded) return;
      questions.push(...page.questions.map(toLiveQuestion));
    } while (page.cursor !== undefined && this.#access.role === "host");
    this.#events.onMessage({ type: "questions", questions, total: page.total, whole: true });
  }
}

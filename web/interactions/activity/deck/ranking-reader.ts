import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { Ranking } from "../../../../shared/interactions/activity/ranking.ts";
import { Backoff } from "../../../client/backoff.ts";
import { isTransient, toRevintError } from "../../../client/error.ts";
import { Pause } from "../../../client/pause.ts";
import type { Store } from "../../../ui/store.ts";
import type { DeckExtras } from "../../slots.ts";
import { isSolved } from "../visibility.ts";

/** Who follows asks at some moment within this time, in milliseconds: hundreds may do, whenever something is revealed. */
const SPREAD_MS = 2000;
/** What does not come by then is asked for when the slide is reached again, or something else is revealed. */
const TRIES = 5;

interface Parts {
  readonly store: Store<DeckExtras>;
  /** @param activity any that is revealed: the ranking is that of all */
  readonly read: (activity: string) => Promise<Ranking>;
  readonly isLeading: boolean;
}

/** Knows who is best in the quiz while a slide shows that: asks when it is reached, and when another question counts. */
export class RankingReader {
  readonly #parts: Parts;
  readonly #unwatch: () => void;
  readonly #pause = new Pause();
  #slide: object | undefined;
  #isShown = false;
  /** The questions of which it was asked for last. */
  #asked = "";
  #turns = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#unwatch = parts.store.watch(() => this.#notice());
  }

  /** @param slide the one that is shown; none in the overview. @param isShown the ranking stands there */
  move(slide: object | undefined, isShown: boolean): void {
    if (slide === this.#slide) return;
    this.#slide = slide;
    this.#isShown = isShown;
    this.#asked = "";
    this.#notice();
  }

  stop(): void {
    this.#turns++;
    this.#unwatch();
    this.#pause.skip();
  }

  #notice(): void {
    const { store } = this.#parts;
    const questions = listQuestions(store.get());
    const name = JSON.stringify(questions);
    if (questions.length === 0) {
      this.#turns++;
      store.set({ ranking: undefined });
    } else if (name !== this.#asked && this.#isShown) void this.#ask();
    else return;
    this.#asked = name;
  }

  async #ask(): Promise<void> {
    const { store, read, isLeading } = this.#parts;
    const turn = ++this.#turns;
    const backoff = new Backoff();
    let wait = isLeading ? 0 : Math.random() * SPREAD_MS;
    for (let tries = 0; tries < TRIES; tries++) {
      await this.#pause.wait(wait);
      const id = listQuestions(store.get())[0]?.id;
      if (turn !== this.#turns || id === undefined) return;
      try {
        const ranking = await read(id);
        if (turn === this.#turns) store.set({ ranking });
        return;
      } catch (thrown) {
        const error = toRevintError(thrown);
        if (!isTransient(error)) return;
        wait = backoff.next(error.retryAfter);
      }
    }
  }
}

/** What the ranking is about, as far as this deck knows: what has changed of it changes points. */
function listQuestions({ activities, told }: DeckExtras) {
  const known = new Map([...told, ...activities].map((activity) => [activity.id, activity]));
  return [...known.values()].filter(isQuestion).map(({ id, round, seconds, ...rest }) => {
    return { id, round, seconds, correct: "correct" in rest && rest.correct };
  });
}

/** Whether it counts in the quiz: something is right, and everyone knows what. */
export const isQuestion = (activity: LiveActivity): boolean =>
  isSolved(activity) && "correct" in activity && activity.correct !== undefined;

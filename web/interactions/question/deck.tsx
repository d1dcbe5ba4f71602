import { compareQuestions } from "../../../shared/interactions/question/order.ts";
import { isTransient, toRevintError } from "../../client/error.ts";
import type { HostSession, Session } from "../../client/session.ts";
import type { DeckActor, DeckExtra, DeckPart, DeckStage, Told } from "../slots.ts";
import { isForRoom } from "./board.tsx";
import { Boards } from "./deck/boards.tsx";
import { getLastQuestions, keepLastQuestions } from "./deck/last-questions.ts";
import { QUESTIONS } from "./deck/selector.ts";

/** What the room asks, where a slide of the deck has a place for it. */
export const questionExtra: DeckExtra = (stage) => new QuestionSlides(stage);

class QuestionSlides implements DeckActor {
  readonly #stage: DeckStage;
  readonly #boards: Boards;
  #places: readonly HTMLElement[] = [];

  constructor(stage: DeckStage) {
    this.#stage = stage;
    this.#boards = new Boards(stage);
  }

  fill(): void {
    this.#places = [...this.#stage.slides.querySelectorAll<HTMLElement>(QUESTIONS)];
    this.#boards.fill(this.#places);
  }

  attend({ session, host, getSessionUid }: DeckPart): () => void {
    if (this.#places.length === 0) return () => {};
    const hear = () => this.#hear(session, getSessionUid());
    hear();
    const stops = [session.on("questions", hear), session.on("rules", hear)];
    if (host) stops.push(this.#switchOn(host));
    return () => {
      for (const stop of stops) stop();
      this.#stage.store.set({ questions: undefined });
    };
  }

  press(): void {}

  move(): void {}

  recall(sessionUid: string | undefined): boolean {
    if (this.#places.length === 0) return true;
    const questions = getLastQuestions(this.#stage.apiUrl, sessionUid);
    if (questions) this.#stage.store.set({ questions });
    return questions !== undefined;
  }

  async show({ questions }: Told): Promise<void> {
    if (this.#places.length > 0) this.#stage.store.set({ questions });
  }

  /** Hosts hear of all; what is not for the room leaves nothing in this page. */
  #hear({ questions, rules }: Session, sessionUid: string | undefined): void {
    const { store, apiUrl } = this.#stage;
    const seen = questions.filter(isForRoom).sort(compareQuestions);
    const isOn = rules.questions !== "off" || seen.length > 0;
    store.set({ questions: isOn ? seen : undefined });
    if (isOn && sessionUid !== undefined) keepLastQuestions(apiUrl, sessionUid, seen);
  }

  /** A session that this deck starts takes questions; one that was there before is as its host has left it. */
  #switchOn(host: HostSession): () => void {
    const isModerated = this.#places.some(({ dataset }) => dataset.revintQuestions === "moderated");
    let isDone = false;
    const tryIt = async () => {
      if (isDone) return;
      isDone = true;
      try {
        await host.setRules({ questions: isModerated ? "moderated" : "open" });
      } catch (error) {
        // Once more with the next connection.
        isDone = !isTransient(toRevintError(error));
      }
    };
    let stop = () => {};
    host.ready.then(
      () => {
        if (host.info?.resumed !== false || host.rules.questions !== "off") return;
        stop = host.on("connection", (connection) => void (connection === "live" && tryIt()));
        void tryIt();
      },
      () => {},
    );
    return () => {
      isDone = true;
      stop();
    };
  }
}

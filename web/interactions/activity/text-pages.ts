import type { TextAnswer, TextAnswers } from "../../../shared/interactions/activity/activity.ts";
import { unreadable } from "../../client/api.ts";
import { type Fields, isFields, isNumber, isText } from "../../client/fields.ts";
import { type Action, act, IDLE } from "../../ui/action.ts";
import { createStore } from "../../ui/store.ts";
import { texts as words } from "./words/en/texts.ts";

interface TextsView extends Action {
  /** `undefined`: nothing was read yet. */
  readonly answers: readonly TextAnswer[] | undefined;
  /** Where the rest begins, if there is more. */
  readonly cursor: string | undefined;
}

/** The texts of one round, in the order in which they were given, read page by page. */
export class TextPages {
  readonly view = createStore<TextsView>({ ...IDLE, answers: undefined, cursor: undefined });
  readonly #path: string;
  readonly #read: (what: string) => Promise<Fields>;

  /** @param read asks the service for what stands behind a session's path */
  constructor(activity: string, round: number, read: (what: string) => Promise<Fields>) {
    this.#path = `/activities/${encodeURIComponent(activity)}/answers?round=${round}`;
    this.#read = read;
  }

  /** Begins again; what was shown stays until then. */
  load(): Promise<void> {
    return this.#act(async () => this.view.set(await this.#readPage(undefined)));
  }

  more(): Promise<void> {
    return this.#act(async () => {
      const { answers = [], cursor } = this.view.get();
      const page = await this.#readPage(cursor);
      this.view.set({ answers: [...answers, ...page.answers], cursor: page.cursor });
    });
  }

  #act(does: () => Promise<void>): Promise<void> {
    return act(this.view, () => words.notRead, does);
  }

  async #readPage(cursor: string | undefined): Promise<Pick<TextsView, "cursor"> & TextAnswers> {
    const page = await this.#read(cursor === undefined ? this.#path : `${this.#path}&cursor=${cursor}`);
    if (!Array.isArray(page.answers) || !page.answers.every(isTextAnswer)) throw unreadable();
    return { answers: page.answers, cursor: isText(page.cursor) ? page.cursor : undefined };
  }
}

const isTextAnswer = (value: unknown): value is TextAnswer =>
  isFields(value) &&
  isNumber(value.number) &&
  isText(value.value) &&
  isNumber(value.at) &&
  typeof value.hidden === "boolean";

import { cleanText } from "../../../../shared/interactions/question/text.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { isSeen } from "../../../../shared/protocol/text.ts";
import { type ErrorCode, toRevintError } from "../../../client/error.ts";
import type { UserSession } from "../../../client/session.ts";
import { createStore } from "../../../ui/store.ts";
import { tabStorage } from "../../../ui/tab-storage.ts";
import { phone as words } from "../words/en/phone.ts";

interface View {
  /** What somebody has written and not sent yet. */
  readonly text: string;
  readonly withName: boolean;
  /** Why what was sent is back. */
  readonly problem: string | undefined;
}

/** What somebody writes to ask: a reload does not lose it, and what is refused comes back. */
export class Asking {
  readonly view = createStore<View>({ text: "", withName: false, problem: undefined });
  readonly #session: UserSession;
  readonly #key: string;

  /** @param tell says it, wherever somebody looks at the moment */
  constructor(session: UserSession, tell: (problem: string) => void) {
    this.#session = session;
    this.#key = `revint:draft:${session.info?.sessionUid ?? ""}:question`;
    this.view.set({ text: tabStorage.get(this.#key) ?? "" });
    session.on("askRefused", ({ question, error }) => {
      const text = [question.text, this.view.get().text].filter(isSeen).join("\n\n");
      // What can be asked without a name can't be with one that is not known.
      const isUnnamed = question.name && error.code === "invalid_request";
      const reason = isUnnamed ? words.ask.nameless : this.#refuse(error.code);
      this.#keep(text, `${reason} ${words.ask.back}`);
      tell(reason);
    });
  }

  type(text: string): void {
    this.#keep(text, this.view.get().problem);
  }

  nameMe(withName: boolean): void {
    this.view.set({ withName });
  }

  /** @returns whether it is on its way */
  send(name: boolean): boolean {
    const { text } = this.view.get();
    if (!canSend(text)) return false;
    try {
      this.#session.ask(text, { name });
    } catch (error) {
      this.view.set({ problem: this.#refuse(toRevintError(error).code) });
      return false;
    }
    this.#keep("", undefined);
    return true;
  }

  #refuse(code: ErrorCode): string {
    const waiting = this.#session.questions.filter(
      ({ mine, status }) => mine && (status === "pending" || status === "published"),
    );
    return words.askRefused(code, waiting.length >= LIMITS.questionsPerPerson);
  }

  #keep(text: string, problem: string | undefined): void {
    this.view.set({ text, problem });
    if (text === "") tabStorage.remove(this.#key);
    else tabStorage.set(this.#key, text);
  }
}

/** How many characters more a question may have, as the service counts them. */
export const countLeft = (text: string): number => LIMITS.questionLength - [...cleanText(text)].length;

export const canSend = (text: string): boolean => isSeen(cleanText(text)) && countLeft(text) >= 0;

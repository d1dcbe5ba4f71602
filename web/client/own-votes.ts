import { isText, isTexts, parseFields } from "./fields.ts";
import type { SafeStorage } from "./storage.ts";

/**
 * What one participant has voted for, as far as the service has kept it. In storage, so that a reload knows it: no
 * message says whose votes they are.
 */
export class OwnVotes {
  readonly #storage: SafeStorage;
  readonly #key: string;
  #uid: string | undefined;
  #questions: ReadonlySet<string> = new Set();
  /** When it was last known for sure, by the steady clock. */
  readonly #keptAt = new Map<string, number>();

  /** @param key where in the storage they are kept */
  constructor(storage: SafeStorage, key: string) {
    this.#storage = storage;
    this.#key = key;
    const stored = this.#read();
    this.#uid = stored?.uid;
    this.#questions = new Set(stored?.questions);
  }

  has(question: string): boolean {
    return this.#questions.has(question);
  }

  /** Who votes from now on; what somebody else has voted for is forgotten. */
  follow(uid: string): void {
    if (uid === this.#uid) return;
    this.#uid = uid;
    if (this.#questions.size > 0) this.#write([]);
  }

  /** The service has kept it. */
  keep(question: string, vote: boolean): void {
    this.#keptAt.set(question, performance.now());
    this.#set(question, vote);
  }

  /** What the service has answered to a request of then: what was kept since is newer. */
  correct(question: string, vote: boolean, askedAt: number): void {
    if ((this.#keptAt.get(question) ?? 0) < askedAt) this.#set(question, vote);
  }

  #set(question: string, vote: boolean): void {
    if (this.has(question) === vote) return;
    const stored = this.#read();
    // Another tab may know more; where nothing is stored, this one knows all.
    const questions = new Set(stored && stored.uid === this.#uid ? stored.questions : this.#questions);
    if (vote) questions.add(question);
    else questions.delete(question);
    this.#write([...questions]);
  }

  #read(): { readonly uid: string; readonly questions: readonly string[] } | undefined {
    const stored = parseFields(this.#storage.get(this.#key) ?? "");
    if (!stored) return undefined;
    const { uid, questions } = stored;
    return isText(uid) && isTexts(questions) ? { uid, questions } : undefined;
  }

  #write(questions: readonly string[]): void {
    this.#questions = new Set(questions);
    this.#storage.set(this.#key, JSON.stringify({ uid: this.#uid, questions }));
  }
}

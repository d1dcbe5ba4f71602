import type { QuestionChange, QuestionStatus } from "../../../../shared/interactions/question/question.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { SyncStorage } from "../../sync-storage.ts";
import { QuestionStorage } from "./question-storage.ts";
import { isPublic, type StoredQuestion } from "./stored-question.ts";

/** What rooms tell each other of questions: all that changed after `since`, and what is gone since then. */
export interface QuestionsUpdate {
  readonly revision: number;
  /**
   * Whoever does not know this revision has missed something, and asks for everything: since 0, where what is not
   * named is not there.
   */
  readonly since: number;
  readonly changed: readonly StoredQuestion[];
  readonly removed: readonly string[];
}

/** How the board differs from what it was. */
export interface QuestionsChange {
  /** As they are now: asked, or changed. */
  readonly changed: readonly StoredQuestion[];
  /** As they were: their author has withdrawn them, or the session has begun anew. */
  readonly removed: readonly StoredQuestion[];
  /** As they were: those that everybody could read, and that nobody but hosts and their author can now; also some of `removed`. */
  readonly withdrawn: readonly StoredQuestion[];
}

/** What somebody asks, as the root has decided to keep it. */
export interface AskedQuestion {
  readonly author: string;
  readonly request: string;
  readonly text: string;
  readonly name?: string | undefined;
  readonly status: QuestionStatus;
}

/** What hosts change of a question; whom they block is not the board's. */
export type BoardQuestionChange = Omit<QuestionChange, "block">;

const NOTHING: QuestionsChange = { changed: [], removed: [], withdrawn: [] };

/**
 * The questions of a session, as one room knows them. Kept in storage first, then in memory. The root changes them;
 * every other room takes them over from its parent.
 */
export class QuestionBoard {
  readonly #rows: QuestionStorage;
  readonly #storage: SyncStorage;
  readonly #questions = new Map<string, StoredQuestion>();
  #revision = 0;
  /**
   * What is gone, and with which revision. In memory alone: what a room below has confirmed its parent forgets in the
   * same moment, and tells it everything.
   */
  readonly #removed = new Map<string, number>();
  /** What was gone by then is not among them. */
  #removedSince = 0;

  constructor(sql: SqlStorage, storage: SyncStorage) {
    this.#rows = new QuestionStorage(sql);
    this.#storage = storage;
  }

  /** Reads what an earlier life of the room has kept. */
  load(): void {
    this.#revision = this.#storage.get<number>("questions") ?? 0;
    this.#removedSince = this.#revision;
    if (this.#revision === 0) return;
    for (const question of this.#rows.read()) this.#questions.set(question.id, question);
  }

  /** Grows with every change; 0 where nobody has ever asked anything. */
  get revision(): number {
    return this.#revision;
  }

  /** In no order that means anything. */
  get all(): readonly StoredQuestion[] {
    return [...this.#questions.values()];
  }

  get size(): number {
    return this.#questions.size;
  }

  get(id: string): StoredQuestion | undefined {
    return this.#questions.get(id);
  }

  // ── The root ───────────────────────────────────────────────────────────────────────────────

  /** @returns its change, with the new question alone */
  add({ author, request, text, name, status }: AskedQuestion, now: number): QuestionsChange {
    const revision = this.#getNext(now);
    // No other question ever had this revision, nor will one have it: so an id names one question for good.
    const id = revision.toString(36);
    const question = { id, revision, text, name, author, request, at: now, status };
    return this.#keep([{ ...question, pinned: false, isExcluded: false }], [], revision);
  }

  /** What a host has changed of a question. Pinning it takes the pin from another; what was merged into it follows it. */
  set(question: StoredQuestion, change: BoardQuestionChange, now: number): QuestionsChange {
    const after = applyChange(question, change);
    if (JSON.stringify(after) === JSON.stringify(question)) return NOTHING;
    const others = this.all.filter(({ id }) => id !== question.id);
    const unpinned = after.pinned ? others.filter(({ pinned }) => pinned) : [];
    const { mergedInto } = after;
    const followers = mergedInto ? others.filter((other) => other.mergedInto === question.id) : [];
    return this.#change(
      [
        after,
        ...unpinned.map((other) => ({ ...other, pinned: false })),
        ...followers.map((other) => ({ ...other, mergedInto })),
      ],
      now,
    );
  }

  /** It is gone; what was merged into it is merged into none, and stays hidden. */
  remove(id: string, now: number): QuestionsChange {
    const followers = this.all.filter(({ mergedInto }) => mergedInto === id);
    return this.#change(
      followers.map((other) => ({ ...other, mergedInto: undefined })),
      now,
      [id],
    );
  }

  /** What somebody has sent is taken out of the counts, or put back. */
  setExcluded(author: string, isExcluded: boolean, now: number): QuestionsChange {
    const own = this.all.filter((each) => each.author === author && each.isExcluded !== isExcluded);
    return this.#change(
      own.map((question) => ({ ...question, isExcluded })),
      now,
    );
  }

  /** Somebody is forgotten: what they asked stays, without a name, and is nobody's. */
  forgetAuthor(author: string, now: number): QuestionsChange {
    const own = this.all.filter((each) => each.author === author);
    const anonymous = { author: undefined, name: undefined, request: undefined };
    return this.#change(
      own.map((question) => ({ ...question, ...anonymous })),
      now,
    );
  }

  /** The session begins again, and nothing was asked. */
  reset(now: number): QuestionsChange {
    return this.#change([], now, [...this.#questions.keys()]);
  }

  // ── Between rooms ──────────────────────────────────────────────────────────────────────────

  /** For a room that knows of everything up to this revision. Undefined where nobody has ever asked anything. */
  getUpdate(since: number): QuestionsUpdate | undefined {
    if (this.#revision === 0) return undefined;
    const from = since < this.#removedSince ? 0 : since;
    const changed = this.all.filter(({ revision }) => revision > from);
    const removed = [...this.#removed].flatMap(([id, revision]) => (revision > from ? id : []));
    return { revision: this.#revision, since: from, changed, removed: from === 0 ? [] : removed };
  }

  /**
   * Takes over what the parent says, as far as it is newer.
   * @throws when this room has missed something: the parent then says everything
   */
  adopt({ revision, since, changed, removed }: QuestionsUpdate): QuestionsChange {
    if (revision <= this.#revision) return NOTHING;
    if (since > this.#revision) throw new Error("has missed a change of the questions");
    const newer = changed.filter((heard) => heard.revision > (this.#questions.get(heard.id)?.revision ?? 0));
    const named = new Set(changed.map(({ id }) => id));
    const gone = since === 0 ? [...this.#questions.keys()].filter((id) => !named.has(id)) : removed;
    return this.#keep(newer, gone, revision);
  }

  /** Not the root: the session begins again, and what there is from now on its parent says. */
  drop(): QuestionsChange {
    return this.#keep([], [...this.#questions.keys()], this.#revision);
  }

  /** There is no session any more, as far as memory goes: storage is emptied by whoever erases the room. */
  clear(): void {
    this.#questions.clear();
    this.#removed.clear();
    this.#revision = 0;
    this.#removedSince = 0;
  }

  // ── Keeping ────────────────────────────────────────────────────────────────────────────────

  /** Another number than any before: a time, so that it grows over a session that was deleted, too. */
  #getNext(now: number): number {
    return Math.max(this.#revision + 1, now);
  }

  #change(changed: readonly StoredQuestion[], now: number, removed: readonly string[] = []): QuestionsChange {
    if (changed.length === 0 && removed.length === 0) return NOTHING;
    const revision = this.#getNext(now);
    return this.#keep(
      changed.map((question) => ({ ...question, revision })),
      removed,
      revision,
    );
  }

  #keep(changed: readonly StoredQuestion[], removed: readonly string[], revision: number): QuestionsChange {
    const gone = removed.flatMap((id) => this.#questions.get(id) ?? []);
    const before = changed.flatMap(({ id }) => this.#questions.get(id) ?? []);
    if (changed.length > 0 || gone.length > 0 || revision !== this.#revision) {
      for (const question of changed) this.#rows.put(question);
      for (const { id } of gone) this.#rows.delete(id);
      this.#storage.put("questions", revision);
    }
    for (const question of changed) this.#questions.set(question.id, question);
    for (const { id } of gone) {
      this.#questions.delete(id);
      this.#removed.set(id, revision);
    }
    this.#revision = revision;
    this.#forgetRemoved();
    const withdrawn = [...before, ...gone].filter((question) => {
      const now = this.#questions.get(question.id);
      return isPublic(question) && !(now && isPublic(now));
    });
    return { changed, removed: gone, withdrawn };
  }

  /** Who has heard of nothing for so long is told everything. */
  #forgetRemoved(): void {
    for (const [id, revision] of this.#removed) {
      if (this.#removed.size <= LIMITS.questions) return;
      this.#removed.delete(id);
      this.#removedSince = Math.max(this.#removedSince, revision);
    }
  }
}

/** What a question is after a host's change. */
export function applyChange(question: StoredQuestion, change: BoardQuestionChange): StoredQuestion {
  const { answer, mergedInto } = change;
  const isAnswering = typeof answer === "string";
  const said =
    mergedInto !== undefined ? "hidden" : (change.status ?? (isAnswering ? "answered" : undefined));
  const status = said ?? question.status;
  const isShown = status === "published" || status === "answered";
  return {
    ...question,
    status,
    pinned: isShown && (change.pinned ?? question.pinned),
    answer: answer === null ? undefined : (answer ?? question.answer),
    mergedInto: status === "hidden" ? (mergedInto ?? question.mergedInto) : undefined,
    // Who publishes one question of somebody whose others are taken out means this one.
    isExcluded: question.isExcluded && !(said !== undefined && isShown),
  };
}

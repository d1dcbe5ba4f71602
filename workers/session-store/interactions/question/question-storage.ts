import type { QuestionStatus } from "../../../../shared/interactions/question/question.ts";
import type { StoredQuestion } from "./stored-question.ts";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS questions (   -- what the audience has asked
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    text TEXT NOT NULL,
    name TEXT,
    author TEXT,
    request TEXT,
    at INTEGER NOT NULL,
    status TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    answer TEXT,
    merged_into TEXT,
    is_excluded INTEGER NOT NULL
  ) WITHOUT ROWID;`;

type Row = {
  id: string;
  revision: number;
  text: string;
  name: string | null;
  author: string | null;
  request: string | null;
  at: number;
  status: QuestionStatus;
  pinned: number;
  answer: string | null;
  merged_into: string | null;
  is_excluded: number;
};

/** The questions of a session on disk, a row each. The table comes with the first one. */
export class QuestionStorage {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** In the order in which they were asked. */
  read(): StoredQuestion[] {
    const [table] = this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'questions'").toArray();
    if (!table) return [];
    return Array.from(this.#sql.exec<Row>("SELECT * FROM questions ORDER BY at, id"), toQuestion);
  }

  put(question: StoredQuestion): void {
    const { id, revision, text, name, author, request, at, status, pinned } = question;
    const { answer, mergedInto, isExcluded } = question;
    this.#sql.exec(SCHEMA);
    this.#sql.exec(
      "INSERT OR REPLACE INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      ...[id, revision, text, name ?? null, author ?? null, request ?? null],
      ...[at, status, Number(pinned), answer ?? null, mergedInto ?? null, Number(isExcluded)],
    );
  }

  /** One that was kept. */
  delete(id: string): void {
    this.#sql.exec("DELETE FROM questions WHERE id = ?", id);
  }
}

const toQuestion = ({ merged_into, pinned, is_excluded, ...row }: Row): StoredQuestion => ({
  ...row,
  name: row.name ?? undefined,
  author: row.author ?? undefined,
  request: row.request ?? undefined,
  answer: row.answer ?? undefined,
  pinned: pinned === 1,
  mergedInto: merged_into ?? undefined,
  isExcluded: is_excluded === 1,
});

import type { AnswerRow } from "../../../shared/interactions/activity/answer-row.ts";
import type { QuestionRow } from "../../../shared/interactions/question/question-row.ts";
import type { ExportRow } from "../../../shared/protocol/export.ts";
import type { Exported } from "../view.ts";

/** A column of a sheet. */
export interface Column {
  /** The field of a row that stands in it. */
  readonly key: string;
  /** What the first row calls it. */
  readonly title: string;
  /** In characters. */
  readonly width: number;
  /** Its texts are moments, in ISO 8601. */
  readonly isTime: boolean;
}

const [SHORT, LONG] = [14, 60];

/**
 * The columns of one export, in their order. A cursor is for going on with what broke off: in a file that is whole it
 * is of no use.
 * @param widths of every field, so that none is forgotten when rows get a new one
 */
const createColumns = <Row>(widths: { readonly [Key in Exclude<keyof Row, "cursor">]: number }): Column[] =>
  Object.entries<number>(widths).map(([key, width]) => {
    const isTime = key === "time";
    // A spreadsheet knows no time zones.
    return { key, width, isTime, title: isTime ? "time (UTC)" : key };
  });

const TIME = 24;

export const COLUMNS: { readonly [What in Exported]: readonly Column[] } = {
  reactions: createColumns<ExportRow>({
    time: TIME,
    page: SHORT,
    title: LONG,
    reaction: SHORT,
    participant: 18,
  }),
  answers: createColumns<AnswerRow>({
    time: TIME,
    activity: 24,
    round: SHORT,
    value: LONG,
    elapsedMs: SHORT,
    points: SHORT,
    participant: 18,
  }),
  questions: createColumns<QuestionRow>({
    time: TIME,
    question: SHORT,
    text: LONG,
    name: 24,
    status: SHORT,
    votes: SHORT,
    pinned: SHORT,
    answer: LONG,
  }),
};

import type { Burst } from "../../shared/interactions/reaction/message.ts";
import type { ServerMessage } from "../../shared/protocol/message.ts";
import type { QuestionRule, Rules } from "../../shared/protocol/rules.ts";
import type { State } from "../../shared/protocol/state.ts";
import type { Pages } from "../../shared/protocol/totals.ts";
import { readLiveActivities, readTallies } from "./activity.ts";
import type { Code } from "./error.ts";
import { type Fields, isFields, isNumber, isText, isTexts, parseFields } from "./fields.ts";
import { readLiveQuestions, readVotes } from "./question.ts";
import { toRecord } from "./record.ts";

/** What a service says on a pipe and as server-sent events: one of a later version may refuse with a code we do not know. */
export type HeardMessage = ServerMessage<Code>;

export const isPages = (value: unknown): value is Pages =>
  isFields(value) &&
  Object.values(value).every((counts) => isFields(counts) && Object.values(counts).every(isNumber));

const isBurst = (value: unknown): value is Burst =>
  isFields(value) &&
  isText(value.participant) &&
  isText(value.page) &&
  isText(value.reaction) &&
  isNumber(value.count);

const isAllowed = (entry: [page: string, texts: unknown]): entry is [string, string[]] => isTexts(entry[1]);

const QUESTION_RULES: readonly unknown[] = ["open", "moderated"] satisfies QuestionRule[];

const isQuestionRule = (value: unknown): value is QuestionRule => QUESTION_RULES.includes(value);

/** The rules in these fields; undefined where they are none. A service of before says less. */
export function readRules(fields: Fields): Rules | undefined {
  const { paused, reactions, pages, anyReaction, questions, names } = fields;
  if (typeof paused !== "boolean" || !(reactions === null || isTexts(reactions))) return undefined;
  if (!isFields(pages)) return undefined;
  const allowed = Object.entries(pages);
  if (!allowed.every(isAllowed)) return undefined;
  return {
    paused,
    reactions,
    pages: toRecord(allowed),
    anyReaction: anyReaction === true,
    questions: isQuestionRule(questions) ? questions : "off",
    // One that does not say it may take them, and refuses a name in words.
    names: names !== false,
  };
}

/** The state in these fields; undefined where there is none. */
export const readState = ({ page, state, version }: Fields): State | undefined =>
  isText(page) && isText(state) && isNumber(version) ? { page, state, version } : undefined;

type Type = HeardMessage["type"];

/** Reads the fields of a message of each type; `undefined` where they are not what they should be. */
const READERS: {
  readonly [Name in Type]: (fields: Fields) => Extract<HeardMessage, { readonly type: Name }> | undefined;
} = {
  state_change(fields) {
    const state = readState(fields);
    return state && { type: "state_change", ...state };
  },
  rules(fields) {
    const rules = readRules(fields);
    return rules && { type: "rules", ...rules };
  },
  reactions({ pages, total, whole }) {
    if (!isPages(pages) || !isNumber(total)) return undefined;
    return { type: "reactions", pages, total, ...(whole === true && { whole }) };
  },
  bursts: ({ bursts }) =>
    Array.isArray(bursts) && bursts.every(isBurst) ? { type: "bursts", bursts } : undefined,
  activities({ activities, removed, whole }) {
    if (!Array.isArray(activities)) return undefined;
    return {
      type: "activities",
      activities: readLiveActivities(activities),
      ...(isTexts(removed) && { removed }),
      ...(whole === true && { whole }),
    };
  },
  tallies: ({ tallies }) =>
    isFields(tallies) ? { type: "tallies", tallies: readTallies(tallies) } : undefined,
  score: ({ points, rank }) =>
    isNumber(points) && isNumber(rank) ? { type: "score", points, rank } : undefined,
  questions({ questions, removed, total, whole }) {
    if (!Array.isArray(questions) || !isNumber(total)) return undefined;
    return {
      type: "questions",
      questions: readLiveQuestions(questions),
      total,
      ...(isTexts(removed) && { removed }),
      ...(whole === true && { whole }),
    };
  },
  votes: ({ votes }) => (isFields(votes) ? { type: "votes", votes: readVotes(votes) } : undefined),
  presence: ({ participants }) => (isNumber(participants) ? { type: "presence", participants } : undefined),
  door({ waiting, perMinute, isClosed }) {
    if (!isNumber(waiting) || !isNumber(perMinute) || typeof isClosed !== "boolean") return undefined;
    return { type: "door", waiting, perMinute, isClosed };
  },
  notice: ({ text, at }) => (isText(text) && isNumber(at) ? { type: "notice", text, at } : undefined),
  driver: ({ driver }) => (isText(driver) ? { type: "driver", driver } : undefined),
  ack: ({ ids }) => (isTexts(ids) ? { type: "ack", ids } : undefined),
  error({ id, code, detail, retryAfter }) {
    if (!isText(code)) return undefined;
    return {
      type: "error",
      code,
      detail: isText(detail) ? detail : "",
      ...(isText(id) && { id }),
      ...(isNumber(retryAfter) && { retryAfter }),
    };
  },
  end: () => ({ type: "end" }),
};

const isType = (value: unknown): value is Type => isText(value) && Object.hasOwn(READERS, value);

/** Reads a message of the service. What is no message, or one of a later version, is undefined. */
export function readMessage(text: string): HeardMessage | undefined {
  const fields = parseFields(text);
  return fields && isType(fields.type) ? READERS[fields.type](fields) : undefined;
}

import type { Definition } from "../../../../shared/interactions/activity/activity.ts";
import { type KeptAnswer, readAnswerKey } from "../../../../shared/interactions/activity/answer-key.ts";
import type { AnswerRow } from "../../../../shared/interactions/activity/answer-row.ts";
import { getPoints } from "../../../../shared/interactions/activity/points.ts";
import type { AnswerValue } from "../../../../shared/interactions/activity/tally.ts";
import { ANSWER } from "../../../../shared/interactions/activity/topic.ts";
import type { AnswerExportOrder } from "../../../lib/export-order.ts";
import { createRowWriter } from "../../../lib/row-writer.ts";
import { type ListedLedger, streamExport } from "../../export-stream.ts";

const answerRows = createRowWriter<AnswerRow>([
  "time",
  "activity",
  "round",
  "value",
  "elapsedMs",
  "points",
  "participant",
  "cursor",
]);

/**
 * All answers to the rounds that the order names, each time one was given or taken back. What stands is each
 * participant's last row of a round.
 */
export function createAnswerExport(
  order: AnswerExportOrder,
  getLedger: (room: number) => ListedLedger,
): Response {
  const rounds = new Map(
    order.rounds.map(({ topic, hidden, ...round }) => [topic, { ...round, hidden: new Set(hidden) }]),
  );
  return streamExport(order, getLedger, {
    name: ANSWER,
    onlyCounted: order.isPublic,
    writer: answerRows,
    createRow({ topic, key }, { time, ...common }) {
      const asked = rounds.get(topic);
      if (!asked) return undefined;
      const { activity, round, hidden, question } = asked;
      const answer = readAnswerKey(key);
      const value = answer ? withoutHidden(answer.value, hidden) : null;
      const points = question ? getWorth(question, answer) : null;
      return { time, activity, round, value, elapsedMs: answer?.elapsedMs ?? null, points, ...common };
    },
  });
}

/** An answer that was taken back is worth as much as none. */
const getWorth = (question: Definition, answer: KeptAnswer | undefined): number =>
  answer ? (getPoints(question, answer) ?? 0) : 0;

/** What is left of an answer: of several words those that may be shown, of one number or text all or nothing. */
function withoutHidden(value: AnswerValue, hidden: ReadonlySet<string>): AnswerValue | null {
  if (typeof value === "string" || typeof value === "number") return hidden.has(String(value)) ? null : value;
  return value.filter((word) => !hidden.has(word));
}

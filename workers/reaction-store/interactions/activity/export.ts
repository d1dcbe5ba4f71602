import { readAnswerKey } from "../../../../shared/interactions/activity/answer-key.ts";
import type { AnswerRow } from "../../../../shared/interactions/activity/answer-row.ts";
import { ANSWER } from "../../../../shared/interactions/activity/topic.ts";
import type { AnswerExportOrder } from "../../../lib/export-order.ts";
import { type ListedLedger, streamExport } from "../../export-stream.ts";
import { createRowWriter } from "../../row-writer.ts";

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
  const rounds = new Map(order.rounds.map((round) => [round.topic, round]));
  return streamExport(order, getLedger, {
    name: ANSWER,
    writer: answerRows,
    createRow({ topic, key }, { time, ...common }) {
      const asked = rounds.get(topic);
      if (!asked) return undefined;
      const { activity, round } = asked;
      const { value = null, elapsedMs = null } = readAnswerKey(key) ?? {};
      return { time, activity, round, value, elapsedMs, points: null, ...common };
    },
  });
}

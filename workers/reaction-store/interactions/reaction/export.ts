import { getTopicPage, REACTION } from "../../../../shared/interactions/reaction/topic.ts";
import type { ExportRow } from "../../../../shared/protocol/export.ts";
import type { ReactionExportOrder } from "../../../lib/export-order.ts";
import { createRowWriter } from "../../../lib/row-writer.ts";
import { type ListedLedger, streamExport } from "../../export-stream.ts";

export const reactionRows = createRowWriter<ExportRow>([
  "time",
  "page",
  "title",
  "reaction",
  "participant",
  "cursor",
]);

/** All reactions of a session, with their pages' titles. */
export function createReactionExport(
  order: ReactionExportOrder,
  getLedger: (room: number) => ListedLedger,
): Response {
  const titles = new Map(order.titles);
  return streamExport(order, getLedger, {
    name: REACTION,
    writer: reactionRows,
    createRow({ topic, key }, { time, ...common }) {
      const page = getTopicPage(topic) ?? "";
      return { time, page, title: titles.get(page) ?? "", reaction: key, ...common };
    },
  });
}

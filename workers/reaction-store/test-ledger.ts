import { env } from "cloudflare:workers";
import type * as z from "zod";
import { writeAnswerKey } from "../../shared/interactions/activity/answer-key.ts";
import type { ActivityKind } from "../../shared/interactions/activity/kinds/index.ts";
import type { AnswerValue } from "../../shared/interactions/activity/tally.ts";
import { getRoundTopic, type Round } from "../../shared/interactions/activity/topic.ts";
import { getPageTopic, REACTION } from "../../shared/interactions/reaction/topic.ts";
import { TAKEN_BACK, toTopic } from "../../shared/interactions/topic.ts";
import { ExportRow } from "../../shared/protocol/export.schema.ts";
import { createParticipant } from "../../shared/protocol/identity.ts";
import type { ReactionExportOrder } from "../lib/export-order.ts";
import type { Batch, Entry, EntryMode } from "../lib/ledger.ts";

export const SESSION = "abcdefghijklmnopqr";
let ledgers = 0;

/** A ledger of its own for each test. */
export function open() {
  const name = `${SESSION}.${++ledgers}`;
  const stub = () => env.REACTION_LEDGER.getByName(name);
  return { name, stub, append: (batch: Batch) => stub().append(batch) };
}

export const participant = (number: number) => createParticipant("user", 0, String(number).padStart(16, "0"));

/** One of a participant's reactions. */
export const reaction = (by: number, id: string, page = "1", text = "x"): Entry => ({
  participant: participant(by),
  id,
  topic: getPageTopic(page),
  key: text,
  mode: "add",
});

/** What a participant says of a topic that takes one from each. */
export const answer = (by: number, id: string, key: string, name = "1"): Entry => ({
  participant: participant(by),
  id,
  topic: toTopic("answer", name),
  key,
  mode: "replace",
});

/** What a participant answers in a round of an activity, so many milliseconds after it was opened; null takes it back. */
export const say = (
  by: number,
  id: string,
  round: Round,
  value: AnswerValue | null,
  { elapsedMs = 1000, mode = "replace" }: { elapsedMs?: number; mode?: EntryMode } = {},
): Entry => ({
  participant: participant(by),
  id,
  topic: getRoundTopic(round),
  key: value === null ? TAKEN_BACK : writeAnswerKey({ elapsedMs, value }),
  mode,
});

/** A round of an activity of this kind. */
export const createRound = (kind: ActivityKind, activity = "ask", openedAt = 1_795_180_000_000): Round => ({
  kind,
  activity,
  openedAt,
});

/** The reactions that a ledger lists. */
export const REACTIONS = { interaction: REACTION, limit: 1000 } as const;

/** What api asks for an export of one ledger. */
export const createOrder = (given: Partial<ReactionExportOrder> = {}): ReactionExportOrder => ({
  format: "ndjson",
  salt: "mS4qvg0-hIEYdGNZ",
  key: "a key of this export",
  cursorKey: "a key of its cursors",
  rooms: 1,
  until: Date.now(),
  isSnapshot: false,
  titles: [],
  ...given,
});

/** The rows of an export as NDJSON. */
export const readLines = <Row>(text: string, row: z.ZodType<Row>): Row[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => row.parse(JSON.parse(line)));

export const readRows = (text: string) => readLines(text, ExportRow);

import {
  NewActivity,
  Definition as Schema,
} from "../../../../shared/interactions/activity/activity.schema.ts";
import type { Definition } from "../../../../shared/interactions/activity/kinds/index.ts";
import { PEOPLE } from "../../../../shared/interactions/activity/topic.ts";
import { NOW } from "../../test-session.ts";
import { MemoryKv } from "../../test-storage.ts";
import { ActivityBoard, type BoardChange } from "./activity-board.ts";
import { listTopics, type StoredActivity } from "./stored-activity.ts";

/** What a host writes, with every default in its place. */
export const writing = (given: Record<string, unknown> = {}): NewActivity =>
  NewActivity.parse({
    kind: "choice",
    prompt: "Which runtime?",
    options: [
      { id: "a", text: "Workers" },
      { id: "b", text: "Node" },
      { id: "c", text: "Deno" },
    ],
    ...given,
  });

export const define = (given: Record<string, unknown> = {}): Definition => Schema.parse(writing(given));

/** The board of a root, and what it holds. */
export function openBoard(storage = new MemoryKv()) {
  const board = new ActivityBoard(storage);
  board.load();
  const read = (id: string): StoredActivity => {
    const activity = board.get(id);
    if (!activity) throw new Error(`there is no ${id}`);
    return activity;
  };
  const write = (id: string, given: Record<string, unknown> = {}, now = NOW): BoardChange =>
    board.write(id, define(given), false, now);
  const open = (id: string, more: Record<string, unknown> = {}, now = NOW + 1): BoardChange =>
    board.setStatus(read(id), { status: "open", ...more }, now);
  const close = (id: string, more: Record<string, unknown> = {}, now = NOW + 2): BoardChange =>
    board.setStatus(read(id), { status: "closed", ...more }, now);
  /** The topic of the round that is open, or was last. */
  const topicOf = (id: string): string => listTopics(read(id)).at(-1) ?? "";
  return { board, storage, read, write, open, close, topicOf };
}

/** So many people have answered, and this is how. */
export const answered = (people: number, counts: Record<string, number> = {}) => ({
  [PEOPLE]: people,
  ...counts,
});

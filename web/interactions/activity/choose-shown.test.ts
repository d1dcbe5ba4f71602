import { expect, test } from "vitest";
import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";
import { chooseShown } from "./choose-shown.ts";

const activity = (id: string, status: LiveActivity["status"], openedAt = 1, round = 1): LiveActivity => ({
  ...{ id, status, openedAt, round, kind: "text", prompt: id },
  ...{ show: "closed", change: true, revealed: false },
});

test("what is opened comes onto the board, and stays there once it is closed", () => {
  const drafts = [activity("a", "draft"), activity("b", "draft")];
  expect(chooseShown(undefined, [], drafts)).toBeUndefined();
  const open = [activity("a", "draft"), activity("b", "open")];
  expect(chooseShown(undefined, drafts, open)).toBe("b");
  expect(chooseShown("b", open, [activity("a", "draft"), activity("b", "closed")])).toBe("b");
});

test("of several that are open, it is the one that was opened last; a new round counts as opening", () => {
  const both = [activity("a", "open", 2), activity("b", "open", 1)];
  expect(chooseShown(undefined, [], both)).toBe("a");
  expect(chooseShown("a", both, [activity("a", "open", 2), activity("b", "open", 3, 2)])).toBe("b");
});

test("what was put away stays away, also when it changes", () => {
  const open = [activity("a", "open")];
  expect(chooseShown(undefined, open, [{ ...activity("a", "open"), prompt: "other words" }])).toBeUndefined();
});

test("what is gone, or a draft again, is on no board", () => {
  const closed = [activity("a", "closed")];
  expect(chooseShown("a", closed, [])).toBeUndefined();
  expect(chooseShown("a", closed, [activity("a", "draft")])).toBeUndefined();
});

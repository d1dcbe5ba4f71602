import { expect, test } from "vitest";
import type { Activity } from "../../../shared/interactions/activity/activity.ts";
import { listAsked } from "./results.tsx";

const asked = (id: string, openedAt: number | undefined, page?: string): Activity => ({
  id,
  kind: "text",
  prompt: id,
  show: "closed",
  change: true,
  status: openedAt === undefined ? "draft" : "closed",
  round: 1,
  revealed: false,
  openedAt,
  page,
  rounds: [],
});
const list = (...activities: Activity[]) => listAsked(activities).map(({ id }) => id);

test("what belongs to slides stands in their order, and a draft nowhere", () => {
  expect(
    list(asked("c", 1, "10.0"), asked("a", 3, "2.0"), asked("b", 2, "4.1"), asked("d", undefined)),
  ).toEqual(["a", "b", "c"]);
});

test("without slides, or with some, it is the order of opening", () => {
  expect(list(asked("b", 2), asked("a", 1))).toEqual(["a", "b"]);
  expect(list(asked("b", 2, "0.0"), asked("a", 1), asked("c", 3))).toEqual(["a", "b", "c"]);
});

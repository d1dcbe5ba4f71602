import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FlowRun, FlowRuns, FlowStep } from "../../shared/protocol/flow.ts";
import { RevintError } from "../client/error.ts";
import type { RunService } from "./flow-service.ts";
import { RunList } from "./run-list.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const run = (id: string, ...steps: Partial<FlowStep>[]): FlowRun => ({
  id,
  at: 0,
  event: "page",
  steps: steps.map((step) => ({ do: "webhook", status: "done", attempts: 1, ...step })),
});

/** What the service says, and how often it was asked. */
function createService(pages: Readonly<Record<string, FlowRuns>>) {
  const list = vi.fn(async (_: string, cursor = "") => pages[cursor] ?? { runs: [] });
  const service: RunService = {
    list,
    sendAgain: async (_, id) => run(id, { status: "waiting", attempts: 0 }),
    tryNow: (_, onStep, signal) => {
      onStep({ do: "webhook", status: "running", attempts: 0 }, 0);
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(new RevintError("network", "left"))),
      );
    },
    onHint: () => () => {},
  };
  return { service, list };
}

test("as long as nothing waits, it is read once", async () => {
  const { service, list } = createService({ "": { runs: [run("a"), run("b", { status: "dead" })] } });
  const runs = new RunList(service, "chat");
  runs.open();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(list).toHaveBeenCalledTimes(1);
  runs.close();
});

test("what waits is looked for when it is due, and what waits behind it not before", async () => {
  const at = Date.now() + 20_000;
  const pages: Record<string, FlowRuns> = {
    "": { runs: [run("b", { status: "waiting", attempts: 0 }), run("a", { status: "waiting", nextAt: at })] },
  };
  const { service, list } = createService(pages);
  const runs = new RunList(service, "chat");
  runs.open();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(list).toHaveBeenCalledTimes(1);
  pages[""] = { runs: [run("b"), run("a")] };
  await vi.advanceTimersByTimeAsync(1000);
  expect(list).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
  runs.close();
});

test("older ones stay when it is read again", async () => {
  const { service } = createService({
    "": { runs: [run("c")], cursor: "2" },
    "2": { runs: [run("b")], cursor: "1" },
    "1": { runs: [run("a")] },
  });
  const runs = new RunList(service, "chat");
  const ids = () => runs.view.get().runs?.map(({ id }) => id);
  await runs.refresh();
  expect([ids(), runs.view.get().hasOlder]).toEqual([["c"], true]);
  await runs.showOlder();
  await runs.showOlder();
  expect([ids(), runs.view.get().hasOlder]).toEqual([["c", "b", "a"], false]);
  await runs.refresh();
  expect(ids()).toEqual(["c", "b", "a"]);
  runs.close();
});

test("whoever leaves cancels what is tried", async () => {
  const { service } = createService({});
  const runs = new RunList(service, "chat");
  const tried = runs.tryNow();
  expect(runs.view.get()).toMatchObject({ isTrying: true, tried: [{ status: "running" }] });
  runs.close();
  await tried;
  expect(runs.view.get()).toMatchObject({ isTrying: false, problem: undefined });
});

import { expect, test } from "vitest";
import { type Action, act, IDLE } from "./action.ts";
import { createStore } from "./store.ts";

test("what is asked for while another action is on its way is not done", async () => {
  const store = createStore<Action>(IDLE);
  const done: string[] = [];
  let finish = () => {};
  const first = act(
    store,
    () => "failed",
    async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      done.push("first");
    },
  );
  expect(store.get().isBusy).toBe(true);
  await act(
    store,
    () => "failed",
    async () => void done.push("second"),
  );
  finish();
  await first;
  expect(done).toEqual(["first"]);
  expect(store.get()).toEqual(IDLE);
});

test("a failure is told until the next action begins", async () => {
  const store = createStore<Action>(IDLE);
  await act(
    store,
    ({ code }) => `failed: ${code}`,
    () => Promise.reject(new Error("no network")),
  );
  expect(store.get()).toEqual({ ...IDLE, problem: "failed: network" });
  await act(
    store,
    () => "failed",
    async () => store.set({ notice: "done" }),
  );
  expect(store.get()).toEqual({ ...IDLE, notice: "done" });
});

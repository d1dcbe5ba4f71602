import { expect, test } from "vitest";
import { createTestDataset } from "../lib/test-dataset.ts";
import { createMeasuredPerform } from "./measured-perform.ts";
import type { StepOrder, StepOutcome } from "./step.ts";

const ORDER: StepOrder = {
  id: "secret.0",
  action: { do: "webhook", url: "https://secret.example/hook" },
  session: "secret",
  sessionUid: "secret",
  flow: { id: "secret", name: "secret" },
  signingSecret: "secret",
  ...{ run: "secret", at: 0, cause: { event: "secret" }, depth: 1, epoch: 1 },
};

/** What is written of an attempt, and what becomes of it. */
async function perform(attempt: () => Promise<StepOutcome>) {
  const { env, points } = createTestDataset();
  const outcome = await createMeasuredPerform(env, attempt)(ORDER, new AbortController().signal).catch(
    String,
  );
  return {
    outcome,
    points: points.map(({ index, blobs, doubles: [, ...counts] }) => [index, blobs, counts]),
  };
}

const texts = ["automations webhook", ["automations", "action", "", "webhook", ""]] as const;

test.each<[what: string, outcome: StepOutcome, counts: number[]]>([
  ["goes well", { ok: true }, [0, 0]],
  ["will be tried again", { ok: false, problem: "It said 500.", retryAfter: 9 }, [1, 0]],
  ["is of no use", { ok: false, problem: "It has no secret.", isFinal: true }, [1, 1]],
  ["finds nobody any more", { ok: false, problem: "It said 410.", isGone: true }, [1, 1]],
])("an attempt that %s is one point, which names nobody", async (_, outcome, counts) => {
  expect(await perform(async () => outcome)).toEqual({ outcome, points: [[...texts, counts]] });
});

test("one that throws is one, too, and fails as before", async () => {
  const failed = await perform(() => Promise.reject(new Error("cancelled")));
  expect(failed).toEqual({ outcome: "Error: cancelled", points: [[...texts, [1, 0]]] });
});

test("where there is no dataset, actions are done as they are", () => {
  const plain = async (): Promise<StepOutcome> => ({ ok: true });
  expect(createMeasuredPerform({}, plain)).toBe(plain);
});

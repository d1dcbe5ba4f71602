import { expect, test } from "vitest";
import type { Batch, BatchAnswer, Entry, Outcome } from "../lib/ledger.ts";
import { createTestDataset } from "../lib/test-dataset.ts";
import { createMeasuredAppend } from "./measured-batch.ts";

const entry = (topic: string): Entry => ({
  ...{ participant: "u0000Tda3wUBOd8QG_DYp", id: crypto.randomUUID() },
  ...{ topic, key: "secret", mode: "add" },
});
const BATCH: Batch = {
  epoch: 1,
  entries: [
    ...["reaction:1.0", "reaction:secret", "answer:choice:secret:1", "vote:secret", "reaction:answer:1"],
  ].map(entry),
};
const keep = (...outcomes: Outcome[]): BatchAnswer => ({
  ...{ kept: true, outcomes, previous: 0, seq: 1, topics: {}, fence: 0 },
});

/** What is written of the batch, and what becomes of it. */
async function append(answer: () => Promise<BatchAnswer>) {
  const { env, points } = createTestDataset();
  const outcome = await createMeasuredAppend(env, answer)(BATCH).catch(String);
  const counts = points.map(({ doubles: [, ...rest] }) => rest);
  return { outcome, counts, texts: points.map(({ index, blobs }) => [index, ...blobs]) };
}

test("a batch is one point: how much was kept of each interaction, and what was refused", async () => {
  const answer = keep("kept", "conflict", "kept", "kept", "kept");
  expect(await append(async () => answer)).toEqual({
    outcome: answer,
    counts: [[2, 1, 1, 1]],
    texts: [["session-store batch", "session-store", "batch", "", "", ""]],
  });
});

test("one that the ledger did not take is one, too, and fails as before", async () => {
  const failed = await append(() => Promise.reject(new Error("no answer in time")));
  expect(failed.outcome).toBe("Error: no answer in time");
  expect(failed.counts).toEqual([[0, 0, 0, 5]]);
  expect(failed.texts).toEqual([["session-store batch", "session-store", "batch", "", "", "unavailable"]]);
});

test("of one from before a restart nothing is kept, and nothing refused", async () => {
  const { counts } = await append(async () => ({ kept: false, epoch: 2 }));
  expect(counts).toEqual([[0, 0, 0, 0]]);
});

test("where there is no dataset, batches go as they are", () => {
  const plain = async () => keep();
  expect(createMeasuredAppend({}, plain)).toBe(plain);
});

import { expect, test } from "vitest";
import { createTestDataset } from "../../lib/test-dataset.ts";
import { createMeasuredWrite } from "./measured-write.ts";
import { ModelError } from "./model-error.ts";
import { createMaterial } from "./test-material.ts";
import type { Writing } from "./write.ts";

const USAGE = { promptTokens: 900, completionTokens: 120 };

/** What is written of one attempt, and what becomes of it. */
async function write(attempt: () => Promise<Writing>) {
  const { env, points } = createTestDataset();
  const options = { signal: new AbortController().signal, onStatement: () => {}, onProgress: () => {} };
  const outcome = await createMeasuredWrite(env, attempt)(createMaterial(), options).catch(String);
  return {
    outcome,
    points: points.map(({ index, blobs, doubles: [, ...counts] }) => [index, blobs, counts]),
  };
}

const texts = ["recap model", ["recap", "model", "", "", ""]] as const;

test("what the model has written is one point, with the tokens that it took", async () => {
  const writing: Writing = { statements: [], usage: USAGE };
  expect(await write(async () => writing)).toEqual({ outcome: writing, points: [[...texts, [0, 900, 120]]] });
});

test("what it did not get done is one, too, with what is to be paid all the same", async () => {
  const error = new ModelError("not_valid", "What the model wrote is no recap.");
  error.usage = USAGE;
  const failed = await write(() => Promise.reject(error));
  expect(failed).toEqual({ outcome: String(error), points: [[...texts, [1, 900, 120]]] });
  expect((await write(() => Promise.reject(new Error("cancelled")))).points).toEqual([[...texts, [1, 0, 0]]]);
});

test("where there is no dataset, the model is asked as it is", () => {
  const plain = async () => ({ statements: [], usage: USAGE });
  expect(createMeasuredWrite({}, plain)).toBe(plain);
});

import { type Metered, writePoint } from "../../lib/metrics.ts";
import type { RecapMaterial } from "../material/material.ts";
import { ModelError } from "./model-error.ts";
import type { Writing, WritingOptions } from "./write.ts";

type Write = (material: RecapMaterial, options: WritingOptions) => Promise<Writing>;

/** Has the model write and, where there is a dataset, writes a data point each time: how long it took, how it went, and the tokens. */
export const createMeasuredWrite = (env: Metered, write: Write): Write =>
  env.METRICS ? (material, options) => measureWrite(env, write, material, options) : write;

async function measureWrite(
  env: Metered,
  write: Write,
  ...[material, options]: Parameters<Write>
): Promise<Writing> {
  const start = Date.now();
  const note = (hasFailed: boolean, usage: Partial<Writing["usage"]> = {}) => {
    const counts = [hasFailed ? 1 : 0, usage.promptTokens ?? 0, usage.completionTokens ?? 0];
    writePoint(env, { worker: "recap", event: "model", ms: Date.now() - start, counts });
  };
  try {
    const writing = await write(material, options);
    note(false, writing.usage);
    return writing;
  } catch (error) {
    note(true, error instanceof ModelError ? error.usage : undefined);
    throw error;
  }
}

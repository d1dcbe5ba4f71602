import * as z from "zod";
import { ModelError } from "../workers/recap/model/model-error.ts";
import { readModelSettings } from "../workers/recap/model/settings.ts";
import { createMaterial } from "../workers/recap/model/test-material.ts";
import { writeByModel } from "../workers/recap/model/write.ts";

/** What one attempt is made with. */
const Attempt = z.object({
  vars: z.record(z.string(), z.string()),
  /** Milliseconds after which whoever asks leaves. */
  leavesAfter: z.number().optional(),
});
export type Attempt = z.input<typeof Attempt>;

/** How it ended. */
export const Outcome = z.object({
  statements: z.number().optional(),
  kind: z.string().optional(),
  isFinal: z.boolean().optional(),
  retryAfter: z.number().optional(),
  message: z.string().optional(),
});

/** A Worker that has a model write, once for each request: the client as it runs where it is deployed. */
export default {
  async fetch(request: Request): Promise<Response> {
    const { vars, leavesAfter } = Attempt.parse(await request.json());
    const settings = readModelSettings(vars);
    if (!settings) return new Response("no model", { status: 400 });
    const controller = new AbortController();
    if (leavesAfter !== undefined) setTimeout(() => controller.abort(new Error("left")), leavesAfter);
    const options = { signal: controller.signal, onStatement: () => {}, onProgress: () => {} };
    return Response.json(
      await writeByModel(createMaterial(), settings, options).then(describe, describeError),
    );
  },
};

const describe = ({ statements }: { statements: readonly unknown[] }) => ({ statements: statements.length });

function describeError(error: unknown) {
  if (!(error instanceof ModelError)) return { kind: "other", message: String(error) };
  const { kind, isFinal, retryAfter, message } = error;
  return { kind, isFinal, message, ...(retryAfter !== undefined && { retryAfter }) };
}

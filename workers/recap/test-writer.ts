import { ProblemError } from "../lib/problem-error.ts";
import type { DraftStatement } from "./document/draft.ts";
import app from "./index.ts";
import type { RecapMaterial } from "./material/material.ts";
import { ModelError } from "./model/model-error.ts";
import type { WritingOptions } from "./model/write.ts";
import type { RecapParts } from "./recap-parts.ts";
import { RecapWriter as Writer } from "./recap-writer.ts";

/** What tests say, and count. */
export const script = {
  hasModel: true,
  isRunning: false,
  expiresAt: 0,
  asked: new Map<string, number>(),
  gathered: 0,
  /** What happens while the facts are gathered. */
  onGather: undefined as (() => Promise<void>) | undefined,
  /** What the model does, in place of writing well. */
  model: undefined as ((title: string, signal: AbortSignal) => Promise<void>) | undefined,
  /** What happens before the model is asked. */
  onCount: undefined as (() => Promise<void>) | undefined,
  /** What rendering a page does before it does so. */
  onRender: undefined as (() => void) | undefined,
  /** What happens at each step where a writer waits for others, by its name. */
  onStep: undefined as ((step: string, writer: DurableObjectState) => Promise<void>) | undefined,
  /** … and of whoever reads. */
  onRead: undefined as ((step: string) => Promise<void>) | undefined,
};

export function resetScript(): void {
  Object.assign(script, {
    hasModel: true,
    isRunning: false,
    expiresAt: Date.now() + 86_400_000,
    asked: new Map(),
    gathered: 0,
    onGather: undefined,
    model: undefined,
    onCount: undefined,
    onRender: undefined,
    onStep: undefined,
    onRead: undefined,
  });
}

const createMaterial = (title: string): RecapMaterial => ({
  title,
  date: "2026-11-20",
  startedAt: 0,
  endedAt: 1,
  people: 3,
  peak: 3,
  total: 9,
  reactions: [],
  sections: [{ id: "summary", type: "summary", text: [], moments: [] }],
});

const say = (text: string): DraftStatement => ({ section: "summary", text, sources: ["summary"] });

const createParts = (onStep: (step: string) => Promise<void> | undefined): RecapParts => ({
  async gather(session) {
    await onStep("before gathering");
    if (script.isRunning) throw new ProblemError("session_running", "it runs");
    script.gathered++;
    await script.onGather?.();
    return { material: createMaterial(session), expiresAt: script.expiresAt };
  },
  writeTemplate: () => [say("The template says so.")],
  checkStatement: (statement) => (statement.text.includes("false") ? undefined : statement),
  createDocument: (material, statements, more) => ({
    ...material,
    ...more,
    sections: material.sections.map((section) => ({ ...section, text: [...statements] })),
  }),
  applyEdit: (document, { title }) => ({ ...document, title: title ?? document.title }),
  renderPage: (document) => {
    script.onRender?.();
    return `<main>${document.sections.flatMap(({ text }) => text.map(({ text }) => text)).join(" ")}</main>`;
  },
  async countAsking() {
    await onStep("before counting");
    await script.onCount?.();
    await onStep("after counting");
  },
  get writeByModel() {
    if (!script.hasModel) return undefined;
    return async ({ title }: RecapMaterial, { signal, onStatement, onProgress }: WritingOptions) => {
      script.asked.set(title, (script.asked.get(title) ?? 0) + 1);
      onStatement(say("The model says so."));
      onStatement(say("Something false."));
      onProgress(0.5);
      await script.model?.(title, signal);
      await onStep("after the model");
      return { statements: [], usage: { promptTokens: 10, completionTokens: 2 } };
    };
  },
});

export const unavailable = (more: { retryAfter?: number; isFinal?: boolean } = {}): ModelError =>
  new ModelError("unavailable", "The model is not there.", more);

/** The real store, with something that happens before and after each thing that is done to it. */
function watchStore<T extends object>(
  store: T,
  name: string,
  onStep: (step: string) => Promise<void> | undefined,
): T {
  return new Proxy(store, {
    get(target, field) {
      const does: unknown = Reflect.get(target, field, target);
      if (typeof does !== "function") return does;
      return async (...args: unknown[]) => {
        const step = `${name}.${String(field)}`;
        await onStep(`before ${step}`);
        const result: unknown = await Reflect.apply(does, target, args);
        await onStep(`after ${step}`);
        return result;
      };
    },
  });
}

/** The stores of its Worker, where they are read. */
export default {
  fetch(request, env, ctx) {
    const watch = <T extends object>(store: T, name: string) =>
      watchStore(store, name, (step) => script.onRead?.(step));
    return app.fetch(
      request,
      { ...env, RECAPS: watch(env.RECAPS, "R2"), RECAP_KV: watch(env.RECAP_KV, "KV") },
      ctx,
    );
  },
} satisfies ExportedHandler<RecapEnv>;

/** A writer of the real kind, with what it has done by others as the test says. */
export class RecapWriter extends Writer {
  constructor(ctx: DurableObjectState, env: RecapEnv) {
    const onStep = (step: string) => script.onStep?.(step, ctx);
    const RECAPS = watchStore(env.RECAPS, "R2", onStep);
    const RECAP_KV = watchStore(env.RECAP_KV, "KV", onStep);
    super(ctx, { ...env, RECAPS, RECAP_KV }, createParts(onStep));
  }
}

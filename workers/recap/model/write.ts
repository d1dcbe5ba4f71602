import type { DraftStatement } from "../document/draft.ts";
import type { RecapMaterial } from "../material/material.ts";
import { streamChat } from "./chat-client.ts";
import { DraftLines } from "./draft-lines.ts";
import { ModelError, type ModelUsage } from "./model-error.ts";
import { createPrompt, type Prompt } from "./prompt.ts";
import type { ModelSettings } from "./settings.ts";

export interface WritingOptions {
  /** Its reason is what is thrown. */
  readonly signal: AbortSignal;
  /** As soon as one is there. Whether it is true to the material is for whoever hears it to check. */
  readonly onStatement: (statement: DraftStatement) => void;
  /** How much is written, from 0 to 1, and never less than before. */
  readonly onProgress: (progress: number) => void;
}

export interface Writing {
  readonly statements: readonly DraftStatement[];
  readonly usage: ModelUsage;
}

/**
 * One attempt to have a model write the recap: all of it, or nothing. What was handed out before a failure is void.
 * @throws ModelError when the model did not get it done; the reason of `signal`
 */
export async function writeByModel(
  material: RecapMaterial,
  model: ModelSettings,
  { signal, onStatement, onProgress }: WritingOptions,
): Promise<Writing> {
  const prompt = createPrompt(material);
  const statements: DraftStatement[] = [];
  const left = new Set(prompt.sections);
  let characters = 0;
  const lines = new DraftLines((statement) => {
    statements.push(statement);
    onStatement(statement);
    if (left.delete(statement.section)) onProgress(1 - left.size / prompt.sections.length);
  });
  const onText = (text: string) => {
    characters += text.length;
    lines.push(text);
    if (lines.isHopeless) throw notValid();
  };
  let usage: ModelUsage | undefined;
  try {
    ({ usage } = await streamChat(model, prompt, { signal, onText }));
    lines.end();
    if (lines.isNotValid) throw notValid();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    // Whatever was written is paid for.
    if (characters > 0) error.usage ??= usage ?? estimateUsage(prompt, characters);
    throw error;
  }
  return { statements, usage: usage ?? estimateUsage(prompt, characters) };
}

const notValid = () => new ModelError("not_valid", "What the model wrote is no recap.");

/** For a service that does not count: four characters a token, as in English. */
function estimateUsage({ messages }: Prompt, characters: number): ModelUsage {
  const asked = messages.reduce((sum, { content }) => sum + content.length, 0);
  const promptTokens = Math.ceil(asked / 4);
  return { promptTokens, completionTokens: Math.ceil(characters / 4), isEstimate: true };
}

import * as z from "zod";

const Tokens = z.number().int().nonnegative();

/** The tokens of prompt and answer, in the chunk before the end where they were asked for. */
const Usage = z.looseObject({ prompt_tokens: Tokens, completion_tokens: Tokens });

/**
 * One event of a streamed answer, as far as it matters here. Services add fields of their own, and leave out or send as
 * `null` what others send.
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export const ChatChunk = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        delta: z.looseObject({ content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: Usage.nullish(),
  /** What some services send when they fail in the middle: an object or a sentence, which nobody here reads. */
  error: z.unknown().optional(),
});
export type ChatChunk = z.infer<typeof ChatChunk>;

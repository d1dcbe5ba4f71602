import * as z from "zod";

/** What a receiver of webhooks does with one request. */
export const ReceiverScript = z.discriminatedUnion("does", [
  z.object({
    does: z.literal("answer"),
    status: z.number().default(200),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.string().default(""),
  }),
  /** Takes the request and says nothing, until it is released; then it answers well. */
  z.object({ does: z.literal("hang") }),
  /** Breaks the line: before it says anything, or in the middle of its answer. */
  z.object({ does: z.literal("reset"), within: z.enum(["request", "answer"]).default("request") }),
  /** Answers so many bytes, a piece at a time, with so many milliseconds in between. */
  z.object({
    does: z.literal("drip"),
    status: z.number().default(200),
    bytes: z.number().default(10 * 10 ** 6),
    piece: z.number().default(16 * 1024),
    pause: z.number().default(0),
  }),
]);
export type ReceiverScript = z.output<typeof ReceiverScript>;

/** One request, as it came. */
export const ReceivedRequest = z.object({
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  /** When it had come, in milliseconds since 1970. */
  at: z.number(),
  /** `running`, or how it ended: all was answered, or the line broke, whoever broke it. */
  state: z.enum(["running", "whole", "broken"]),
  /** Bytes of the answer that have left. */
  sent: z.number(),
});
export type ReceivedRequest = z.output<typeof ReceivedRequest>;

/**
 * What its process is told. `scripts` are for the next requests whose path begins so, one each; `always` is for all that
 * have none.
 */
export const ReceiverOrder = z.union([
  z.object({ path: z.string(), scripts: z.array(ReceiverScript) }),
  z.object({ path: z.string(), always: ReceiverScript }),
  z.object({ release: z.literal(true) }),
]);
export type ReceiverOrder = z.input<typeof ReceiverOrder>;

/** What its process tells. */
export const ReceiverReport = z.union([
  z.object({ port: z.number() }),
  z.object({ place: z.number(), request: ReceivedRequest }),
  z.object({ obeyed: z.literal(true) }),
]);
export type ReceiverReport = z.output<typeof ReceiverReport>;

import * as z from "zod";

/** What the model's server does with one request. */
export const ModelScript = z.discriminatedUnion("does", [
  /** It writes as a model does. */
  z.object({
    does: z.literal("write"),
    /** Instead of a recap of the material that it was sent. */
    lines: z.array(z.string()).readonly().optional(),
    /** Before them. */
    before: z.array(z.string()).readonly().optional(),
    /** Milliseconds between two tokens. */
    pause: z.number().default(0),
    /** After so many tokens the line drops in the middle of an event. */
    dropsAfter: z.number().optional(),
    /** After so many tokens nothing more comes, until it is released. */
    waitsAfter: z.number().optional(),
    /** `null`: it does not say that it has finished. */
    finish: z.string().nullable().default("stop"),
    hasDone: z.boolean().default(true),
    countsTokens: z.boolean().default(true),
  }),
  /** It sends these bytes, in base64, one piece after another. */
  z.object({
    does: z.literal("send"),
    status: z.number().default(200),
    headers: z.record(z.string(), z.string()).default({ "content-type": "text/event-stream" }),
    pieces: z.array(z.string()).readonly().default([]),
    /** Milliseconds between two pieces. */
    pause: z.number().default(0),
    /** The last piece again and again. */
    isEndless: z.boolean().default(false),
    /** The answer stays open. */
    staysOpen: z.boolean().default(false),
  }),
]);
export type ModelScript = z.output<typeof ModelScript>;

/** One request, as far as it has come. */
export const ModelRequest = z.object({
  authorization: z.string().optional(),
  path: z.string(),
  body: z.looseObject({
    model: z.string(),
    stream: z.literal(true),
    messages: z.array(z.object({ role: z.string(), content: z.string() })),
  }),
  /** What is on the bill. */
  promptTokens: z.number(),
  completionTokens: z.number(),
  /** `running`, or how it ended: all was sent, or the line broke, whoever broke it. */
  state: z.enum(["running", "whole", "broken"]),
});
export type ModelRequest = z.output<typeof ModelRequest>;

/** What its process is told: what to do with the next requests that have these words in them, or that all who wait go on. */
export const ModelOrder = z.union([
  z.object({ about: z.string(), scripts: z.array(ModelScript) }),
  z.object({ release: z.literal(true) }),
]);
export type ModelOrder = z.input<typeof ModelOrder>;

/** What its process tells. */
export const ModelReport = z.union([
  z.object({ port: z.number() }),
  z.object({ place: z.number(), request: ModelRequest }),
  z.object({ obeyed: z.literal(true) }),
]);
export type ModelReport = z.output<typeof ModelReport>;

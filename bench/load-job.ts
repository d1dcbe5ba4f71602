import * as z from "zod";

/** What a load process is told to do, one thing at a time. */
export const LoadJob = z.discriminatedUnion("kind", [
  /** Closed loop over HTTP: every connection sends its next request when the last is answered. */
  z.object({
    kind: z.literal("http"),
    port: z.number(),
    /** Taken in turn. */
    requests: z.array(z.string()),
    connections: z.number(),
    seconds: z.number(),
  }),
  /** Opens pipes, and keeps them until `close`. */
  z.object({
    kind: z.literal("open"),
    port: z.number(),
    paths: z.array(z.string()),
    protocol: z.enum(["plain", "socket.io"]),
  }),
  /** Sends a request and waits until every pipe has heard a message that holds `marker`. */
  z.object({
    kind: z.literal("broadcast"),
    port: z.number(),
    request: z.string(),
    marker: z.string(),
    timeoutMs: z.number(),
  }),
  /** Reacts on all pipes, answers an activity, or votes: closed loop, or at `rate` a second over all of them. */
  z.object({
    kind: z.literal("react"),
    seconds: z.number(),
    rate: z.number().optional(),
    page: z.string(),
    /** Taken in turn; with an activity, they are ids of its options. */
    reactions: z.array(z.string()),
    activity: z.string().optional(),
    /** Taken in turn: each pipe votes for one, and takes back its vote for another. */
    questions: z.array(z.string()).optional(),
  }),
  /** Arrivals at a steady pace: each looks up, logs in, opens a pipe and is greeted. */
  z.object({
    kind: z.literal("storm"),
    port: z.number(),
    sessionUid: z.string(),
    people: z.number(),
    seconds: z.number(),
  }),
  /** Everyone taps at their own pace; the first pipe is the host's and shows what it hears of the probes. */
  z.object({
    kind: z.literal("tap"),
    seconds: z.number(),
    everySeconds: z.number(),
    probes: z.number(),
  }),
  z.object({ kind: z.literal("close") }),
]);
export type LoadJob = z.infer<typeof LoadJob>;

/** Figures by name: counts, and times in milliseconds. */
export const LoadResult = z.record(z.string(), z.number().or(z.nan()));
export type LoadResult = z.infer<typeof LoadResult>;

export const LoadAnswer = z.union([z.object({ result: LoadResult }), z.object({ error: z.string() })]);
export type LoadAnswer = z.infer<typeof LoadAnswer>;

import * as z from "zod";

/** Something to be done for one key, kept until it is done, has failed for good, or is cancelled. */
export const Job = z.object({
  key: z.string(),
  /** Another job of the same key has another one. */
  id: z.string(),
  /** Attempts that failed. */
  attempts: z.number().int(),
  /** Lives of the object that ended in the middle of it. */
  deaths: z.number().int(),
});
export type Job = z.infer<typeof Job>;

/** How jobs are worked off. Times in milliseconds. */
export interface JobRules {
  /** So many are kept at most, the running one included. */
  readonly depth: number;
  /** So many attempts may fail. */
  readonly attempts: number;
  /** What is waited after the first failure, the second …; the last one goes for all that follow. */
  readonly waits: readonly number[];
  /** However long a failure asks to be left alone, it is tried again after this. */
  readonly longestWait: number;
  /** An attempt that takes longer has failed. */
  readonly timeLimit: number;
  /** A job in whose middle so many lives ended is what ends them. */
  readonly deaths: number;
}

/** Why an attempt failed, where that says when the next one makes sense. Any other error is waited for by the rules. */
export class JobFailure extends Error {
  override readonly name = "JobFailure";
  /** Milliseconds. */
  readonly retryAfter?: number;
  /** Another attempt ends the same. */
  readonly isFinal: boolean;

  constructor(
    message: string,
    { retryAfter, isFinal = false }: { retryAfter?: number; isFinal?: boolean } = {},
  ) {
    super(message);
    this.isFinal = isFinal;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
}

/** What an attempt's signal says when the attempt took too long. */
export class JobTimeout extends Error {
  override readonly name = "JobTimeout";
}

/** What an attempt's signal says when nobody wants the job any more. */
export class JobCancelled extends Error {
  override readonly name = "JobCancelled";
}

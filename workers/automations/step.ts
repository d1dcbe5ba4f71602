import type { FlowAction } from "../../shared/protocol/flow.ts";
import type { Cause } from "./run-records.ts";

/** One action that is to be done, and all that doing it takes. */
export interface StepOrder {
  /** Under this id others do it once. */
  readonly id: string;
  readonly action: FlowAction;
  readonly session: string;
  readonly sessionUid: string;
  readonly flow: { readonly id: string; readonly name: string };
  readonly signingSecret: string | undefined;
  readonly run: string;
  readonly at: number;
  readonly cause: Cause;
  /** Of what it causes. */
  readonly depth: number;
  /** The session's life in which its flow was set off. */
  readonly epoch: number;
}

/** What became of one attempt. A problem is a sentence for the host: it names no secret and repeats nothing of an answer. */
export type StepOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly problem: string;
      /** Trying again is of no use. */
      readonly isFinal?: true;
      /** Nobody is there any more: the flow is switched off. */
      readonly isGone?: true;
      /** In seconds. */
      readonly retryAfter?: number | undefined;
    };

/** Does what an order says. Once its signal says so, it is for nothing: what comes later is not heard. */
export type PerformStep = (order: StepOrder, signal: AbortSignal) => Promise<StepOutcome>;

/**
 * One attempt within its time. It never throws: what can't be foreseen is a problem that may pass.
 * @param isUnwanted says that nobody wants it any more
 */
export async function attemptStep(
  perform: PerformStep,
  order: StepOrder,
  isUnwanted: AbortSignal,
  limitMs: number,
): Promise<StepOutcome> {
  const limit = new AbortController();
  const signal = AbortSignal.any([isUnwanted, limit.signal]);
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => limit.abort(new Error("it took too long")), limitMs);
  try {
    signal.throwIfAborted();
    return await Promise.race([perform(order, signal), promise]);
  } catch (error) {
    if (isUnwanted.aborted) return { ok: false, problem: "It was cancelled.", isFinal: true };
    if (limit.signal.aborted) return { ok: false, problem: "It took too long." };
    console.error(
      JSON.stringify({ message: "a flow's action failed", do: order.action.do, error: String(error) }),
    );
    return { ok: false, problem: "A part of the service did not answer." };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    // Of whatever still runs of it, nothing is wanted.
    limit.abort(new Error("it is over"));
  }
}

import { LIMITS } from "../../../shared/protocol/limits.ts";
import { orAborted } from "../../lib/or-aborted.ts";
import { readRetryAfter } from "../../lib/retry-after.ts";
import { refuseAddress } from "./address.ts";
import { signWebhook } from "./sign.ts";

/** `problem` is a sentence for the host: it names no address, no secret, and no word of what the receiver answered. */
export type WebhookOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly problem: string;
      /** The receiver wants no more of them, ever (410): the flow is switched off. */
      readonly gone?: true;
      /** Seconds, as the receiver asked for. */
      readonly retryAfter?: number;
    };

export interface Webhook {
  readonly url: string;
  /** `whsec_` and a key in base64. */
  readonly secret: string;
  /** The same for each try of one message. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
  /** Of what the receiver may cause by our own hooks: sent along, so that flows don't go round by way of it. */
  readonly depth?: number;
  readonly signal: AbortSignal;
  readonly isPrivateAllowed: boolean;
  readonly fetch?: typeof fetch;
  readonly timeoutMs?: number;
}

/**
 * Tries once to deliver a message. Its status says whether it was taken; nothing else of the answer matters, redirects
 * are not followed, and it never throws for what a receiver does.
 * @throws the caller's reason when `signal` aborts
 */
export async function sendWebhook(webhook: Webhook): Promise<WebhookOutcome> {
  const { url, signal, isPrivateAllowed, timeoutMs = LIMITS.webhookMs } = webhook;
  const refusal = refuseAddress(url, isPrivateAllowed);
  if (refusal !== undefined) return { ok: false, problem: `It was not sent: ${refusal}.` };
  signal.throwIfAborted();
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error("no answer in time")), timeoutMs);
  const either = AbortSignal.any([signal, late.signal]);
  try {
    const response = await orAborted(post(webhook, either), either);
    await drain(response, either);
    return toOutcome(response);
  } catch {
    signal.throwIfAborted();
    return {
      ok: false,
      problem: late.signal.aborted
        ? `The receiver did not answer within ${timeoutMs / 1000} seconds.`
        : "The receiver can't be reached, or broke off.",
    };
  } finally {
    clearTimeout(timer);
  }
}

async function post(
  { url, secret, id, body, depth, fetch: send = fetch }: Webhook,
  signal: AbortSignal,
): Promise<Response> {
  const signature = await signWebhook(secret, { id, at: Date.now(), body });
  return send(url, {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": "application/json",
      "user-agent": "revint",
      ...(depth !== undefined && { "revint-depth": `${depth}` }),
      ...signature,
    },
    body,
    signal,
  });
}

function toOutcome({ status, headers }: Response): WebhookOutcome {
  if (status >= 200 && status < 300) return { ok: true };
  if (status === 410) return { ok: false, problem: "The receiver wants no more of them (410).", gone: true };
  if (status >= 300 && status < 400)
    return { ok: false, problem: `The receiver sends elsewhere (${status}), and webhooks don't follow.` };
  const retryAfter = readRetryAfter(headers.get("retry-after"), Date.now());
  return {
    ok: false,
    problem: `The receiver answered with ${status}.`,
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** Reads what little an answer has to say, so that its connection can be used again, and leaves one that says more. */
async function drain({ body }: Response, signal: AbortSignal): Promise<void> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    let bytes = 0;
    while (bytes < LIMITS.webhookAnswerBytes) {
      const { done, value } = await orAborted(reader.read(), signal);
      if (done) return;
      bytes += value.byteLength;
    }
  } catch {
    // The status has come: a line that breaks after it changes nothing.
  } finally {
    reader.cancel().catch(() => {});
  }
}

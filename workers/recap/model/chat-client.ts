import { createParser } from "eventsource-parser";
import { orAborted } from "../../lib/or-aborted.ts";
import { readRetryAfter } from "../../lib/retry-after.ts";
import { ChatChunk } from "./chat-chunk.ts";
import { ModelError, type ModelUsage } from "./model-error.ts";
import { getChatAddress, type ModelSettings } from "./settings.ts";
import { TimeLimits } from "./time-limits.ts";

export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** How long the answer may become, in tokens. */
  readonly maxTokens: number;
}

/** How an answer ended. */
export interface ChatEnd {
  /** Undefined: the service does not count. */
  readonly usage: ModelUsage | undefined;
}

/** Bytes of an answer: a token comes in some 300 bytes of event. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Characters of one event: no service sends more than a few hundred. */
const MAX_EVENT = 256 * 1024;

/**
 * Asks for an answer and hands its text out as it comes. Redirects are not followed: the key is for this address alone.
 * What a service says of its failures is not read: it may repeat what it was sent.
 * @throws ModelError for whatever is not a whole answer; the caller's reason when `signal` aborts
 */
export async function streamChat(
  settings: ModelSettings,
  request: ChatRequest,
  { signal, onText }: { readonly signal: AbortSignal; readonly onText: (text: string) => void },
): Promise<ChatEnd> {
  const address = getChatAddress(settings);
  const limits = new TimeLimits(settings.patience, signal);
  const answer = new ChatAnswer(onText);
  try {
    signal.throwIfAborted();
    const response = await overNetwork(post(address, settings, request, limits.signal), limits.signal);
    refuseFailure(response);
    await readAnswer(response, answer, limits);
    if (!answer.isFinished) throw brokeOff();
  } catch (error) {
    if (!answer.isFinished || !isLineBroken(error) || signal.aborted) throw withUsage(error, answer.usage);
  } finally {
    limits.stop();
  }
  return { usage: answer.usage };
}

const brokeOff = () => new ModelError("unavailable", "The model broke off in the middle of the recap.");

/** Once the model has finished, a broken line loses nothing but the count of tokens. */
const isLineBroken = (error: unknown) => error instanceof ModelError && error.kind !== "not_valid";

function withUsage(error: unknown, usage: ModelUsage | undefined): unknown {
  if (error instanceof ModelError && usage) error.usage = usage;
  return error;
}

async function post(
  address: URL,
  { key, model }: ModelSettings,
  { messages, maxTokens }: ChatRequest,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(address, {
    method: "POST",
    redirect: "manual",
    headers: {
      accept: "text/event-stream",
      "content-type": "application/json",
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
      [getLimitName(address, model)]: maxTokens,
    }),
    signal,
  });
}

/**
 * OpenAI's own models refuse the older name of the limit, and many other services don't know the newer. One of the two
 * has to be there: where there is no limit, Workers AI ends an answer after 256 tokens.
 */
function getLimitName({ hostname, pathname }: URL, model: string): "max_tokens" | "max_completion_tokens" {
  const isOpenAi =
    hostname === "api.openai.com" || pathname.split("/").includes("openai") || model.startsWith("openai/");
  return isOpenAi ? "max_completion_tokens" : "max_tokens";
}

/** What another attempt may change, of all that is a client's fault by its number. */
const PASSING = [408, 425];

/** @throws ModelError for everything but a stream of events */
function refuseFailure({ status, headers, body }: Response): void {
  const isStream = /^text\/event-stream\b/i.test(headers.get("content-type") ?? "");
  if (status === 200 && isStream) return;
  body?.cancel().catch(() => {});
  const retryAfter = readRetryAfter(headers.get("retry-after"), Date.now());
  if (status === 429) {
    throw new ModelError("rate_limited", "The model is asked too much at the moment.", { retryAfter });
  }
  if (status >= 500 || PASSING.includes(status)) {
    throw new ModelError("unavailable", `The model's service has a problem (${status}).`, { retryAfter });
  }
  if (status >= 400) {
    throw new ModelError("unavailable", `The model's service refuses (${status}).`, { isFinal: true });
  }
  if (status >= 300) {
    throw new ModelError("unavailable", "The model is at another address now.", { isFinal: true });
  }
  throw new ModelError("not_valid", "The model's service answered something else than a stream.");
}

async function readAnswer(response: Response, answer: ChatAnswer, limits: TimeLimits): Promise<void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let bytes = 0;
  try {
    while (!answer.isClosed) {
      const { done, value } = await overNetwork(reader.read(), limits.signal);
      if (done) break;
      bytes += value.byteLength;
      if (bytes > MAX_BYTES) throw invalid("The model did not stop writing.");
      // What comes after the end does not put it off.
      const wasFinished = answer.isFinished;
      answer.feed(decode(decoder, value));
      if (!answer.isFinished) limits.renew(answer.hasText);
      else if (!wasFinished) limits.finish();
    }
  } finally {
    // A stream that is left must not go on: its tokens are paid for.
    reader.cancel().catch(() => {});
  }
}

/** The errors of a network have addresses in them: they stay here. */
async function overNetwork<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await orAborted(promise, signal);
  } catch {
    signal.throwIfAborted();
    throw new ModelError("unavailable", "The model can't be reached, or broke off.");
  }
}

function decode(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch {
    throw invalid("The model's answer is not text.");
  }
}

const invalid = (message: string) => new ModelError("not_valid", message);

/** Reads the events of one answer. */
class ChatAnswer {
  usage: ModelUsage | undefined;
  hasText = false;
  /** The model said that it has finished: nothing of the text is missing. */
  isFinished = false;
  /** Nothing more comes. */
  isClosed = false;
  readonly #onText: (text: string) => void;
  readonly #parser = createParser({
    onEvent: ({ data }) => this.#read(data),
    maxBufferSize: MAX_EVENT,
    onError: ({ type }) => {
      if (type === "max-buffer-size-exceeded") throw invalid("The model's answer has no end of a line.");
    },
  });

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  feed(text: string): void {
    this.#parser.feed(text);
  }

  #read(data: string): void {
    if (this.isClosed) return;
    if (data.trim() === "[DONE]") {
      this.isFinished = true;
      this.isClosed = true;
      return;
    }
    const chunk = parseChunk(data);
    if (chunk.error !== undefined && chunk.error !== null) {
      throw new ModelError("unavailable", "The model's service failed in the middle of the recap.");
    }
    if (chunk.usage) {
      const { prompt_tokens, completion_tokens } = chunk.usage;
      this.usage = { promptTokens: prompt_tokens, completionTokens: completion_tokens };
    }
    // Only one answer was asked for.
    const choice = chunk.choices?.[0];
    if (choice?.delta?.content) {
      this.hasText = true;
      this.#onText(choice.delta.content);
    }
    if (choice?.finish_reason) this.#finish(choice.finish_reason);
  }

  #finish(reason: string): void {
    if (reason === "length") throw invalid("The model's recap became too long.");
    if (reason !== "stop") throw invalid("The model did not finish the recap.");
    this.isFinished = true;
  }
}

function parseChunk(data: string): ChatChunk {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    throw invalid("The model's answer is garbled.");
  }
  const chunk = ChatChunk.safeParse(value);
  if (!chunk.success) throw invalid("The model's answer is not as expected.");
  return chunk.data;
}

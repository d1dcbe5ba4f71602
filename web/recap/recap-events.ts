import type { RecapStatus, WrittenStatement } from "../../shared/protocol/recap.ts";
import { Backoff } from "../client/backoff.ts";
import { isTransient, RevintError, toRevintError } from "../client/error.ts";
import { EventParser } from "../client/event-parser.ts";
import { isText, parseFields } from "../client/fields.ts";
import { Pause } from "../client/pause.ts";
import { onWake } from "../client/wake.ts";
import { readRecapStatus } from "../ui/recap-service.ts";
import type { Pass } from "../ui/service.ts";
import { openRecapEvents } from "./service.ts";

/** A stream that says nothing for so long is taken for broken, and opened anew: it tells then how things stand. */
const SILENT_MS = 60_000;

/** Nothing follows these. */
const LAST: readonly RecapStatus["status"][] = ["none", "done", "failed"];

export const isUnderWay = ({ status }: RecapStatus): boolean => !LAST.includes(status);

/** What somebody who follows hears. */
export interface RecapListener {
  onStatus(status: RecapStatus): void;
  onStatement(statement: WrittenStatement): void;
  /** The stream broke off, or is there again. */
  onBroken(isBroken: boolean): void;
}

/**
 * Follows what becomes of a recap until nothing more comes, over however many streams that takes.
 * @throws RevintError what trying again will not change
 */
export async function followRecap(pass: Pass, listener: RecapListener, signal: AbortSignal): Promise<void> {
  const backoff = new Backoff();
  const pause = new Pause();
  const stopWaking = onWake(() => pause.skip());
  signal.addEventListener("abort", () => pause.skip());
  try {
    while (!signal.aborted) {
      try {
        for await (const heard of readEvents(pass, signal)) {
          backoff.reset();
          listener.onBroken(false);
          if ("section" in heard) listener.onStatement(heard);
          else listener.onStatus(heard);
          if ("status" in heard && !isUnderWay(heard)) return;
        }
        throw new RevintError("network", "the stream ended before the recap was done");
      } catch (thrown) {
        const error = toRevintError(thrown);
        if (signal.aborted) return;
        if (!isTransient(error)) throw error;
        listener.onBroken(true);
        await pause.wait(backoff.next(error.retryAfter));
      }
    }
  } finally {
    stopWaking();
  }
}

/** One stream's events as they come; those of a later version are passed over. */
async function* readEvents(
  pass: Pass,
  signal: AbortSignal,
): AsyncGenerator<RecapStatus | WrittenStatement, void> {
  const attempt = new AbortController();
  const stop = () => attempt.abort();
  signal.addEventListener("abort", stop);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expect = () => {
    clearTimeout(timer);
    timer = setTimeout(stop, SILENT_MS);
  };
  const parser = new EventParser();
  const decoder = new TextDecoder();
  try {
    expect();
    const reader = (await openRecapEvents(pass, attempt.signal)).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      expect();
      for (const data of parser.push(decoder.decode(value, { stream: true }))) {
        const fields = parseFields(data) ?? {};
        const { section, text } = fields;
        const heard = isText(section) && isText(text) ? { section, text } : readRecapStatus(fields);
        if (heard) yield heard;
      }
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    attempt.abort();
  }
}

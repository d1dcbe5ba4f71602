import type { ExportFormat } from "../../shared/protocol/export.ts";
import { Backoff } from "../client/backoff.ts";
import { isTransient, RevintError, toRevintError } from "../client/error.ts";
import { Pause } from "../client/pause.ts";
import { onWake } from "../client/wake.ts";
import { RowCutter } from "./row-cutter.ts";

/** A connection that says nothing for so long is taken for broken, in milliseconds. */
const SILENT_MS = 30_000;
/** Broken off for so long, and online all the time: then it is given up, in milliseconds. */
const BROKEN_MS = 120_000;

/** An export, and who hears how far it is. */
export interface ExportSource {
  readonly format: ExportFormat;
  /** What stands after this cursor, or everything. */
  open(cursor: string | undefined, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  /** So many rows have come. */
  onRows(rows: number): void;
  /** The connection broke off, and is tried again. */
  onBreak(): void;
}

/**
 * Every row of an export, once and in order, however often the connection breaks off: it goes on
 * after the last row that came whole.
 * @throws RevintError when the service refuses, or when trying again brings nothing more
 */
export async function* readExport({ format, open, onRows, onBreak }: ExportSource) {
  const cutter = new RowCutter(format);
  const backoff = new Backoff();
  const pause = new Pause();
  const stopWaking = onWake(() => {
    backoff.reset();
    pause.skip();
  });
  let brokenAt: number | undefined;
  try {
    for (;;) {
      try {
        for await (const chunk of readChunks((signal) => open(cutter.cursor, signal))) {
          const rows = cutter.cut(chunk);
          if (rows.length === 0) continue;
          brokenAt = undefined;
          backoff.reset();
          onRows(cutter.rows);
          yield rows;
        }
        if (!cutter.isWhole) throw new RevintError("network", "the export ended within a row");
        const header = cutter.finish();
        if (header.length > 0) yield header;
        return;
      } catch (thrown) {
        const error = toRevintError(thrown);
        const now = performance.now();
        // Who has no network waits for it, however long that takes: nothing that has come is thrown away.
        brokenAt = navigator.onLine ? (brokenAt ?? now) : undefined;
        const isLost = brokenAt !== undefined && now - brokenAt >= BROKEN_MS;
        if (!isTransient(error) || isLost) throw error;
        cutter.restart();
        onBreak();
        await pause.wait(backoff.next(error.retryAfter));
      }
    }
  } finally {
    stopWaking();
  }
}

/** One attempt's bytes as they come. */
async function* readChunks(open: (signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>) {
  const attempt = new AbortController();
  const inTime = async <T>(work: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => attempt.abort(new Error("no answer in time")), SILENT_MS);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  };
  try {
    const reader = (await inTime(open(attempt.signal))).getReader();
    for (;;) {
      const { value, done } = await inTime(reader.read());
      if (done) return;
      yield value;
    }
  } finally {
    attempt.abort();
  }
}

import { createMiddleware } from "hono/factory";
import { withTimeout } from "../lib/with-timeout.ts";

/** What has not come by then is not waited for: an answer is better than a body that nobody reads. */
const PATIENCE_MS = 2000;
/** More than anybody sends by mistake. */
const MOST_BYTES = 1024 * 1024;

/**
 * What a request brought along and nobody read is read and forgotten before its answer begins: answered while its body is
 * still on its way, a request may lose its answer to whatever stands between a runtime and its Worker, or never get one. A
 * body that is larger still is left where it is, and so is one that never ends.
 */
export const drainBody = createMiddleware(function drainBody(c, next) {
  const { body } = c.req.raw;
  return body === null ? next() : drainRest(body);

  async function drainRest(body: ReadableStream<Uint8Array>): Promise<void> {
    await next();
    if (!c.req.raw.bodyUsed) await withTimeout(() => drain(body), PATIENCE_MS).catch(() => {});
  }
});

async function drain(body: ReadableStream<Uint8Array>): Promise<void> {
  let size = 0;
  try {
    for await (const part of body) {
      size += part.byteLength;
      if (size > MOST_BYTES) return;
    }
  } catch {
    // Whoever sent it is gone, and its answer with it.
  }
}

import { LIMITS } from "../../shared/protocol/limits.ts";
import { ServerMessage } from "../../shared/protocol/message.schema.ts";

/**
 * A comment this often keeps proxies from closing a quiet stream, in milliseconds. The runtime
 * notices that a client has gone when it writes, so this is also how long presence may be late.
 */
const HEARTBEAT_MS = 5_000;
/** What an EventSource waits before it connects again, in milliseconds. */
const RETRY_MS = 2000;

/** After so many bytes passed on the room hears that somebody reads them. */
const READ_BYTES = LIMITS.unreadBytes / 4;

const STATE_CHANGE = '{"type":"state_change"';

/** A state's version is its event's id. The counts, which are nearly all that is said, need no reading. */
function nameEvent(data: string): string {
  if (!data.startsWith(STATE_CHANGE)) return "";
  const message = ServerMessage.parse(JSON.parse(data));
  return message.type === "state_change" ? `id: ${message.version}\n` : "";
}

/**
 * Server-sent events for networks that break WebSockets: the messages of one pipe, each as
 * `data`, with the state's version as `id`. The stream lives in the Worker and not in the room,
 * so that a quiet room can hibernate; the pipe ends when the client goes, and the other way round.
 */
export function streamEvents(pipe: WebSocket): Response {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  let unread = 0;
  let read = 0;
  const write = (text: string) => {
    // Whoever reads so slowly is better off connecting again: the greeting says it all.
    if (unread > LIMITS.unreadBytes) return end();
    const bytes = encoder.encode(text);
    unread += bytes.byteLength;
    return writer.write(bytes).then(() => {
      unread -= bytes.byteLength;
      read += bytes.byteLength;
      if (read > READ_BYTES) ping();
    }, end);
  };
  const ping = () => {
    read = 0;
    try {
      pipe.send("ping");
    } catch {
      // It is closing; its close event follows.
    }
  };
  const heartbeat = setInterval(() => {
    ping();
    void write(": still here\n\n");
  }, HEARTBEAT_MS);

  function end(): void {
    clearInterval(heartbeat);
    // What waits is for nobody.
    void (unread > LIMITS.unreadBytes ? writer.abort() : writer.close()).catch(() => {});
    try {
      pipe.close(1000);
    } catch {
      // Closed already.
    }
  }

  // The client went: its half of the stream is cancelled.
  writer.closed.catch(end);
  void write(`retry: ${RETRY_MS}\n\n`);
  pipe.addEventListener("message", ({ data }) => {
    if (typeof data !== "string" || data === "pong") return;
    void write(`${nameEvent(data)}data: ${data}\n\n`);
  });
  pipe.addEventListener("close", end);
  pipe.addEventListener("error", end);
  pipe.accept();

  return new Response(readable, {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store",
      // nginx would collect the events otherwise.
      "X-Accel-Buffering": "no",
    },
  });
}

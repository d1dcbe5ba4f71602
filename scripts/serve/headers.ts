import type { IncomingMessage } from "node:http";
import type { Visit } from "./visitor.ts";

/** What is between two that talk to each other, and not for who comes after (RFC 9110, 7.6.1). */
const HOP_BY_HOP =
  /^(connection|keep-alive|proxy-connection|proxy-authenticate|proxy-authorization|te|trailer|transfer-encoding|upgrade|http2-settings|expect)$/i;

/** What only whoever stands in front of api may say: we, in this process; and what means something to the runtime. */
const OURS = /^(host|x-request-id|forwarded|x-real-ip|true-client-ip|(cf|mf|x-forwarded)-.*)$/i;

/** The headers of a request, as api gets it. */
export function requestHeaders(
  { rawHeaders }: Pick<IncomingMessage, "rawHeaders">,
  { address, origin }: Visit,
  requestId: string,
): string[] {
  const all = pairs(rawHeaders);
  // A body keeps its frame, whatever its method: without one it would be read as another request.
  const isChunked = all.some(([name]) => /^transfer-encoding$/i.test(name));
  return [
    ...all.filter(([name]) => !HOP_BY_HOP.test(name) && !OURS.test(name)),
    ...(isChunked ? [["Transfer-Encoding", "chunked"]] : []),
    ["Host", new URL(origin).host],
    ["CF-Connecting-IP", address],
    ["X-Request-Id", requestId],
  ].flat();
}

/** The headers of an answer, as whoever asked gets it. */
export const answerHeaders = ({ rawHeaders }: Pick<IncomingMessage, "rawHeaders">): string[] =>
  pairs(rawHeaders)
    .filter(([name]) => !HOP_BY_HOP.test(name) && !/^cf-cache-status$/i.test(name))
    .flat();

function pairs(raw: readonly string[]): [name: string, value: string][] {
  const all: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) all.push([raw[at] ?? "", raw[at + 1] ?? ""]);
  return all;
}

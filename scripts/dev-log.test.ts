import { once } from "node:events";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { forwardLog, maskSecrets } from "./dev-log.ts";

test("a request's line keeps its route and loses the uid", () => {
  expect(maskSecrets("POST /api/v1/session/S/user/u0000abc/react/0/x 200 OK (8ms)")).toBe(
    "POST /api/v1/session/S/user/…/react/0/x 200 OK (8ms)",
  );
  expect(maskSecrets("GET /ws/v1/session/S/host/h0000abc/pipe 101")).toBe(
    "GET /ws/v1/session/S/host/…/pipe 101",
  );
});

test("a query is dropped, since EventSource puts token and uid there", () => {
  expect(maskSecrets("GET http://127.0.0.1:8787/api/v1/session/S/events?token=t&uid=u 200")).toBe(
    "GET http://127.0.0.1:8787/api/v1/session/S/events?… 200",
  );
});

test("a stack keeps the paths of our files", () => {
  const line = "    at fetch (file:///home/ada/revint/workers/host-store/index.ts:3:7)";
  expect(maskSecrets(line)).toBe(line);
});

test("wrangler's note that nothing fires crons is left out, and what comes behind it is not", async () => {
  const note = [
    "▲ [WARNING] Scheduled Workers are not automatically triggered during local development.",
    "",
    "  To manually trigger a scheduled event, run:",
    '    curl "http://127.0.0.1:8787/cdn-cgi/local/scheduled"',
    "  For more details, see https://developers.cloudflare.com/workers/configuration/cron-triggers/#test-cron-triggers-locally",
    "",
    "",
  ];
  const [from, to] = [new PassThrough(), new PassThrough()];
  forwardLog(from, to, () => false);
  from.end(["before", ...note, "▲ [WARNING] another one", "", "behind it", ""].join("\n"));
  await once(from, "close");
  to.end();
  expect(await text(to)).toBe("before\n▲ [WARNING] another one\n\nbehind it\n");
});

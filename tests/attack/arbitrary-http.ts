import * as fc from "fast-check";
import { evilJson, evilObject, evilText, toBytes } from "./arbitrary.ts";

/*
 * Requests that nobody means well with: the parts of one, and what is no request any more.
 */

/** A body, or none. @param good what its route takes */
export const evilBody = (good: Readonly<Record<string, unknown>>): fc.Arbitrary<Uint8Array | undefined> =>
  fc.oneof(
    { weight: 6, arbitrary: toBytes(evilObject(good)) },
    { weight: 1, arbitrary: toBytes(evilObject(good).map((each) => `[${each}]`)) },
    { weight: 1, arbitrary: toBytes(evilJson) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }) },
    { weight: 1, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("", " ", "[]", "[{},{}]", "[[{}]]").map((text) => Buffer.from(text)),
    },
    { weight: 1, arbitrary: fc.constant(Buffer.from(JSON.stringify(good))) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(16_384, 17_000, 70_000)
        .map((size) => Buffer.from(JSON.stringify({ ...good, more: "x".repeat(size) }))),
    },
  );

/** Percent-encodes a text, lone surrogates as the bytes they would have. */
export const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll("%EF%BF%BD", "%ED%A0%80");

/** One part of a path, as it stands there. */
export const evilPart: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: evilText.map((text) => encode(text).slice(0, 3000)) },
  { weight: 1, arbitrary: evilText.map((text) => encode(encode(text)).slice(0, 3000)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        "%",
        "%%",
        "%zz",
        "%E0%A4%A",
        "%C0%80",
        "%00",
        "%2F",
        "%2e%2e",
        "%5C",
        "%ED%A0%80",
        "%FF",
        "%u0041",
      ],
      ...["", ".", "..", ";", ":", "@", "!", "x;y=1", "a//b", "x%20y", "x+y", "%F0%9F%91%8F", "__proto__"],
    ),
  },
);

/** What stands behind the question mark, and it: known names and others, some of them twice. */
export const evilQuery: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(
          "bucket",
          "format",
          "cursor",
          "token",
          "uid",
          "final",
          "participant",
          "role",
          "bucket[]",
        ),
        evilText.map(encode),
      ),
      fc.oneof(fc.constantFrom("60", "1", "csv", "ndjson", "0", "-1", "1e9", "1.5"), evilPart),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => (pairs.length === 0 ? "" : `?${pairs.map((pair) => pair.join("=")).join("&")}`))
  .map((query) => query.slice(0, 3000));

/** What HTTP lets a header hold: bytes, but no control characters. */
const evilValue: fc.Arbitrary<string> = evilText.map((text) =>
  Buffer.from(text)
    .toString("latin1")
    .replaceAll(/[^\x20-\x7e\x80-\xff]/g, "")
    .slice(0, 3000),
);

/** Headers that mean something to us, to the runtime or to something in between, some of them twice. */
export const evilHeaders: fc.Arbitrary<(readonly [string, string])[]> = fc.array(
  fc.oneof(
    fc.tuple(
      fc.constantFrom(
        ...["Idempotency-Key", "Content-Type", "Cookie", "Origin", "Accept", "Last-Event-ID", "X-Request-Id"],
        ...[
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-HTTP-Method-Override",
          "Content-Encoding",
          "Range",
          "Accept-Encoding",
        ],
        ...[
          "If-None-Match",
          "Authorization",
          "Referer",
          "User-Agent",
          "constructor",
          "__proto__",
          "toString",
        ],
        ...["X-Session-Token", "X-Session-Uid", "Sec-WebSocket-Protocol", "Access-Control-Request-Method"],
      ),
      evilValue,
    ),
    fc.constantFrom<readonly [string, string]>(
      ["Content-Type", "text/plain"],
      ["Content-Type", "application/json; charset=utf-16"],
      ["Content-Type", "multipart/form-data; boundary=x"],
      ["Content-Type", "application/x-www-form-urlencoded"],
      ["Content-Encoding", "gzip"],
      ["Expect", "100-continue"],
      ["Upgrade", "websocket"],
      ["Cookie", "uid=%E0%A4%A; uid=x; =; uid"],
      ["Origin", "null"],
      ["Origin", "https://evil.example"],
      ["Range", "bytes=0-1"],
    ),
  ),
  { maxLength: 4 },
);

/** Those that the runtime lets through, most of them no method of ours. */
export const METHODS = [
  ...[
    "GET",
    "POST",
    "DELETE",
    "PUT",
    "PATCH",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "PROPFIND",
    "PROPPATCH",
    "MKCOL",
    "COPY",
  ],
  ...["MOVE", "LOCK", "UNLOCK", "SEARCH", "PURGE", "REPORT", "SUBSCRIBE", "MERGE"],
] as const;

/** What is no HTTP any more, or HTTP that two readers read in two ways. */
export const brokenHttp = (host: string, path: string, token: string): fc.Arbitrary<string> =>
  fc
    .record({
      method: fc.constantFrom("GET", "POST", "DELETE", "BREW", "get", "", "CONNECT", "G ET"),
      version: fc.constantFrom("HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "", "HTTP/2.0"),
      target: fc.constantFrom(
        path,
        `${path}/\0`,
        `${path}/é`,
        "*",
        "",
        `http://${host}${path}`,
        "//",
        "/%",
        "\\",
      ),
      lines: fc.array(
        fc.constantFrom(
          ...[`Host: ${host}`, "Host: a b<>", "Host:", `X-Session-Token: ${token}`, "X-Session-Token: a\0b"],
          ...[
            "Content-Length: 5",
            "Content-Length: -5",
            "Content-Length: 99999999999999999999",
            "Content-Length: x",
          ],
          ...[
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: xchunked",
          ],
          ...[
            "Transfer-Encoding : chunked",
            " folded",
            "no colon",
            ": no name",
            "X: a\rb",
            "X\0Y: 1",
            "Connection: Upgrade",
          ],
          ...[
            "Upgrade: websocket",
            "Upgrade: h2c",
            "Sec-WebSocket-Key: x",
            "Sec-WebSocket-Version: 99",
            "Expect: x",
          ],
        ),
        { maxLength: 6 },
      ),
      end: fc.constantFrom("\r\n", "\n", "\r"),
      body: fc.constantFrom(
        "",
        "{}",
        "5\r\nhello\r\n0\r\n\r\n",
        "zz\r\n",
        "ffffffffffffffff\r\nx",
        "0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
      ),
    })
    .map(({ method, version, target, lines, end, body }) =>
      [`${method} ${target} ${version}`, `Host: ${host}`, ...lines, "", body].join(end),
    );

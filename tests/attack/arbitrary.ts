import * as fc from "fast-check";

/*
 * What nobody means well with, made up by fast-check: texts, JSON, messages.
 */

/** What every object has, and what JavaScript asks objects for by itself. */
const INHERITED = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...["prototype", "then", "toJSON", "length", "name", "next", "size", "has", "Symbol.iterator"],
];

const TRICKS = [
  ...[
    "",
    " ",
    ".",
    "..",
    "/",
    "\\",
    "%",
    "%00",
    "*",
    ":",
    "{uid}",
    "'",
    '"',
    "`",
    "<b>",
    "--",
    ";",
    "&",
    "#",
    "?",
  ],
  ...["\0", "a\0b", "\ud800", "a\udfff", "\ufeff", "\u202e", "\u2028", "\x7f", "\r\n", "a\r\nX-Evil: 1"],
  ...["'; DROP TABLE batches; --", "=1+1", "{{1}}", "../../etc/passwd", "javascript:alert(1)"],
  ...["NaN", "null", "undefined", "true", "-1", "0", "1e999", "9007199254740993", "[object Object]"],
  ...["❤", "❤️", "👩‍👩‍👧‍👦", "🏳️‍🌈", "é", "e\u0301", "\u0301", "\ufe0f", "ﷺ"],
];

/** About as long as the limits are: 64 characters, 200, 2,048, 4 KiB, 16 KiB. */
const long = fc
  .tuple(
    fc.constantFrom("x", "é", "🔥", "e\u0301", "\0"),
    fc.constantFrom(63, 64, 65, 200, 201, 2049, 4096, 4097),
  )
  .map(([part, times]) => part.repeat(times));

export const evilText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...INHERITED) },
  { weight: 3, arbitrary: fc.constantFrom(...TRICKS) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 70 }) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 20 }) },
  { weight: 1, arbitrary: long },
);

/** JSON that no `JSON.stringify` would write. */
const rawJson = fc.constantFrom(
  ...["1e400", "-1e400", "-0", "9007199254740993", "1E+2", "0.1", "-1", "123456789012345678901234567890"],
  ...[
    "NaN",
    "Infinity",
    "01",
    "0x1",
    "'a'",
    "undefined",
    "",
    "\ufeff{}",
    '"\\ud800"',
    '"\\u0000"',
    "{}{}",
    "[",
    "{",
  ],
  ...[1, 100, 5000].map((depth) => "[".repeat(depth) + "]".repeat(depth)),
  ...[1, 100, 2500].map((depth) => '{"a":'.repeat(depth) + 1 + "}".repeat(depth)),
);

const json = (value: fc.Arbitrary<unknown>) => value.map((each) => JSON.stringify(each) ?? "null");

/** One JSON value, as text. */
export const evilJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: json(evilText) },
  { weight: 2, arbitrary: rawJson },
  { weight: 2, arbitrary: json(fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger())) },
  { weight: 1, arbitrary: fc.constantFrom("null", "true", "false", "[]", "{}", "[[]]", "[null]") },
  { weight: 2, arbitrary: json(fc.array(evilText, { maxLength: 60 })) },
  {
    weight: 2,
    arbitrary: json(fc.dictionary(evilText, fc.array(evilText, { maxLength: 5 }), { maxKeys: 8 })),
  },
  { weight: 1, arbitrary: json(fc.jsonValue({ maxDepth: 4 })) },
);

/** An object whose fields are those of a good one, some of them gone, some of them other values, and more beside them. */
export const evilObject = (good: Readonly<Record<string, unknown>>): fc.Arbitrary<string> => {
  const fields = Object.entries(good).map(([name, value]) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(`${JSON.stringify(name)}:${JSON.stringify(value)}`) },
      { weight: 3, arbitrary: evilJson.map((other) => `${JSON.stringify(name)}:${other}`) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
  );
  const more = fc.tuple(json(evilText), evilJson).map(([name, value]) => `${name}:${value}`);
  return fc.tuple(fc.tuple(...fields), fc.array(more, { maxLength: 3 })).map(
    (parts) =>
      `{${parts
        .flat()
        .filter((part) => part !== undefined)
        .join(",")}}`,
  );
};

/** A text as bytes, one of which may be another than it was: no UTF-8 any more, mostly. */
export const toBytes = (text: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      text,
      fc.option(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
        freq: 5,
      }),
    )
    .map(([text, change]) => {
      const bytes = Buffer.from(text);
      if (change) bytes[Math.floor(change[0] * bytes.length)] = change[1];
      return bytes;
    });

/** A reaction with words that nobody should choose, under an id that may have been used before. */
export const evilReaction = fc.record({
  page: evilText,
  reaction: evilText,
  id: fc.oneof(fc.constant(undefined), fc.constantFrom(...INHERITED, "a", "b")),
});

/** One message on a pipe. */
export const evilFrame: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.oneof(
  { weight: 6, arbitrary: evilObject({ type: "react", id: "a", page: "1.0", reaction: "x" }) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(evilText, evilText, fc.constantFrom(...INHERITED, "a"))
      .map(([page, reaction, id]) => JSON.stringify({ type: "react", page, reaction, id })),
  },
  {
    weight: 3,
    arbitrary: evilObject({ type: "answer", id: "a", activity: "thought", round: 1, value: ["room"] }),
  },
  {
    weight: 2,
    arbitrary: evilText.map((type) => JSON.stringify({ type, id: "a", page: "1.0", reaction: "x" })),
  },
  { weight: 2, arbitrary: evilJson },
  { weight: 2, arbitrary: evilText },
  {
    weight: 1,
    arbitrary: fc.constantFrom("ping", "pong", "PING", " ping", "ping\n", "close", "x".repeat(17_000)),
  },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)) },
);

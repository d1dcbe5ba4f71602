import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findJoinCode, spaceJoinCode } from "./join-code.ts";

describe("a join code in what somebody types", () => {
  test.each([
    ["482913", "482913"],
    [" 482 913 ", "482913"],
    ["482-913", "482913"],
    ["#482913", "482913"],
    ["4829 1357", "48291357"],
    ["482\u00a0913.", "482913"],
    ["\u202a482913\u202c", "482913"],
    ["٤٨٢٩١٣", "482913"],
    ["４８２９１３", "482913"],
    ["४८२९१३", "482913"],
    ["example.org/482913", "482913"],
    ["https://example.org/j/482913/", "482913"],
    ["https://example.org/482913?utm=mail#top", "482913"],
  ])("%j is %s", (text, code) => expect(findJoinCode(text)).toBe(code));

  test.each([
    "",
    " ",
    "/",
    "48291",
    "4829135",
    "482913571",
    "082913",
    "48a913",
    "https://example.org/",
    "٠٨٢٩١٣",
  ])("%j is none", (text) => expect(findJoinCode(text)).toBeUndefined());

  test("is found as it is shown", () => {
    const Code = fc.oneof(fc.integer({ min: 1e5, max: 1e6 - 1 }), fc.integer({ min: 1e7, max: 1e8 - 1 }));
    fc.assert(
      fc.property(Code.map(String), (code) => {
        expect(findJoinCode(spaceJoinCode(code))).toBe(code);
        expect(findJoinCode(`https://example.org/${code}`)).toBe(code);
      }),
    );
  });

  test("is looked for in whatever comes, and quickly", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void findJoinCode(text)));
    const start = performance.now();
    for (const part of ["/", "?", " ", "#?", "1"]) findJoinCode(`${part.repeat(100_000)}x`);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

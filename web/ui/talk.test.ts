import { expect, test } from "vitest";
import { readTalk } from "./talk.ts";

/** As `npm run token` writes one: base64url of JSON, and a signature. */
function write(payload: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  const text = btoa(String.fromCharCode(...bytes));
  return `${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}.c2lnbmF0dXJl`;
}

test("a host token says which talk it is for, in any script", () => {
  for (const name of ["My talk", "Überall 你好 🎤 ?>~", "constructor"]) {
    const talk = { name, date: "2026-12-01" };
    expect(readTalk(write({ ...talk, host: true }))).toEqual(talk);
  }
});

test("what is no host token says none", () => {
  const texts = ["", ".", "hello", "moderator:abc:def", write([1]), write({ name: "a" }), "ÿ.x"];
  expect(texts.map(readTalk)).toEqual(texts.map(() => undefined));
});

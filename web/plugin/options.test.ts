import { beforeAll, describe, expect, test } from "vitest";
import { readOptions } from "./options.ts";

const SCRIPT = "https://api.example/plugin/revint.js";
// What a browser has, and Node has not.
beforeAll(() => Object.assign(globalThis, { location: new URL("https://talks.example/deck.html") }));

describe("the reactions of a deck", () => {
  test("are the six defaults where it gives none, so that no session is open by accident", () => {
    for (const reactions of [undefined, []]) {
      const settings = readOptions(reactions ? { reactions } : {}, SCRIPT);
      expect(settings.reactions).toEqual(["👍", "❤️", "😂", "🤯", "👏", "❓"]);
      expect(settings).toMatchObject({ anyReaction: false, advice: [] });
    }
    expect(readOptions({ anyReaction: true }, SCRIPT).anyReaction).toBe(true);
  });

  test("are the first twelve of thirteen, and its author is told so", () => {
    const reactions = [..."abcdefghijklm"];
    const settings = readOptions({ reactions }, SCRIPT);
    expect(settings.reactions).toEqual([..."abcdefghijkl"]);
    expect(settings.advice).toEqual([expect.stringMatching(/has 13 reactions.*up to 12.*first 12.*shorten/)]);
    expect(readOptions({ reactions: reactions.slice(1) }, SCRIPT).advice).toEqual([]);
  });

  test("are each offered once, whatever their spelling, and its author is told which were double", () => {
    const settings = readOptions({ reactions: ["❤️", "👍", "❤", "👍", "constructor"] }, SCRIPT);
    expect(settings.reactions).toEqual(["❤️", "👍", "constructor"]);
    expect(settings.advice).toEqual([expect.stringContaining("offered once: ❤ 👍.")]);
  });

  test("are none that the service would refuse a session for", () => {
    const wrong = ["", "x".repeat(65), "\ud800", "a\0b", "__proto__", 7, null];
    const reactions = [...wrong, "💡".repeat(64)] as string[];
    const settings = readOptions({ reactions }, SCRIPT);
    expect(settings.reactions).toEqual(["💡".repeat(64)]);
    expect(settings.advice).toEqual([expect.stringContaining("1 to 64 characters")]);
    expect(readOptions({ reactions: wrong as string[] }, SCRIPT).reactions).toHaveLength(6);
  });
});

test("a deck finds its service by the script of any language", () => {
  for (const path of ["revint.mjs", "de/revint.js", "pt-BR/revint.mjs"])
    expect(readOptions({}, `https://api.example/plugin/${path}`).apiUrl).toBe("https://api.example");
  expect(() => readOptions({}, "https://talks.example/plugin/a/b/revint.js")).toThrow(/apiUrl/);
});

test("a deck without an address of its service, or with a wrong one, is told which option to set", () => {
  expect(() => readOptions({}, "https://talks.example/copy/revint.js")).toThrow(/apiUrl/);
  expect(() => readOptions({ apiUrl: "http://" }, undefined)).toThrow(/`apiUrl` is no address/);
  expect(() => readOptions({ webUiUrl: "http://" }, SCRIPT)).toThrow(/`webUiUrl` is no address/);
  expect(readOptions({}, SCRIPT)).toMatchObject({
    apiUrl: "https://api.example",
    webUiUrl: "https://api.example/join",
    keys: { overlay: "Q", host: "I", together: "T", welcome: "W" },
  });
});

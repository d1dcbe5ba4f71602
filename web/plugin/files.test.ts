import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLoader, type Files, listAddresses, type TryFile } from "./files.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ALL_TRIES = 60_000;

/** A place that has the files, once so many tries have failed. */
function createPlace(failing: number) {
  const found: Files = { activities: { deckExtras: [] }, copy: { drawCopy: async () => {} } };
  const tries: [name: string, apiUrl: string, failures: number][] = [];
  const tryFile: TryFile = async (name, apiUrl, failures) => {
    tries.push([name, apiUrl, failures]);
    if (tries.length <= failing) throw new Error("no network");
    return found[name];
  };
  return { found, tries, load: createLoader(tryFile, "https://api") };
}

describe("a file of the plugin", () => {
  test("that can be loaded is asked for once", async () => {
    const { found, tries, load } = createPlace(0);
    expect(await load("activities")).toBe(found.activities);
    expect(tries).toEqual([["activities", "https://api", 0]]);
  });

  test("that can't is asked for again after a while, which is said each time", async () => {
    const { found, tries, load } = createPlace(2);
    const onFailure = vi.fn();
    const loading = load("copy", onFailure);
    await vi.advanceTimersByTimeAsync(0);
    expect(onFailure).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(ALL_TRIES);
    expect(await loading).toBe(found.copy);
    expect(onFailure).toHaveBeenCalledTimes(2);
    expect(tries.map(([, , failures]) => failures)).toEqual([0, 1, 2]);
  });

  test("that stays away is given up, and asked for under other addresses when it is needed again", async () => {
    const { tries, load } = createPlace(Number.POSITIVE_INFINITY);
    for (const most of [6, 12]) {
      const loading = expect(load("activities")).rejects.toThrow("no network");
      await vi.advanceTimersByTimeAsync(ALL_TRIES);
      await loading;
      expect(tries).toHaveLength(most);
    }
    expect(new Set(tries.map(([, , failures]) => failures)).size).toBe(12);
  });
});

describe("the addresses of a file", () => {
  const list = (script: string | undefined, failures = 0) =>
    listAddresses("a.js", script, "https://api", failures);

  test("are beside the script, and at the deployment", () => {
    expect(list("https://deck/libs/revint.js")).toEqual([
      "https://deck/libs/a.js",
      "https://api/plugin/a.js",
    ]);
    expect(list("file:///deck/revint.js")).toEqual(["file:///deck/a.js", "https://api/plugin/a.js"]);
    expect(list("https://api/plugin/revint.js")).toEqual(["https://api/plugin/a.js"]);
  });

  test("are at the deployment alone, where nobody knows where the script was", () => {
    expect(list(undefined)).toEqual(["https://api/plugin/a.js"]);
    expect(list("")).toEqual(["https://api/plugin/a.js"]);
  });

  test("are others after a failure, since browsers remember those that have failed", () => {
    expect(list(undefined, 3)).toEqual(["https://api/plugin/a.js?retry=3"]);
  });
});

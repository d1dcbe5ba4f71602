import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";

/** A path of the project as a page of docs/ writes it: `workers/api/index.ts`, or a folder. */
const PATH = /`((?:shared|workers|web|scripts|tests|docs)\/[\w./-]*)`/g;

const pages = [
  "README.md",
  ...(await readdir("docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
];

describe("every file and folder that the docs name is there", () => {
  test.each(pages)("%s", async (page) => {
    const named = [...(await readFile(page, "utf8")).matchAll(PATH)].map(([, path = ""]) => path);
    const gone = named.filter((path) => !existsSync(path));
    expect(gone, `${page} names what has been moved or removed: say where it is now`).toEqual([]);
  });

  test("docs/walk.md names every step of its way", async () => {
    const walk = await readFile("docs/walk.md", "utf8");
    expect(new Set([...walk.matchAll(PATH)].map(([, path]) => path)).size).toBeGreaterThan(25);
  });
});

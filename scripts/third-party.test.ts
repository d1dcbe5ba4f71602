import { expect, test } from "vitest";
import { findPackage, listBundled, writeNotices } from "./third-party.ts";

test.each([
  ["node_modules/hono/dist/jsx/dom/index.js", "node_modules/hono"],
  ["node_modules/@scope/name/a.js", "node_modules/@scope/name"],
  ["node_modules/a/node_modules/b/index.js", "node_modules/a/node_modules/b"],
  ["web/ui/store.ts", undefined],
  ["lean-hono:../utils.js", undefined],
])("%s belongs to %s", (file, folder) => {
  expect(findPackage(file)).toBe(folder);
});

test("of what was left out of a bundle nothing is handed on", () => {
  const output = (inputs: Record<string, { bytesInOutput: number }>) => ({
    ...{ bytes: 1, imports: [], exports: [], inputs },
  });
  const outputs = {
    "a.js": output({
      "node_modules/a/a.js": { bytesInOutput: 3 },
      "node_modules/b/b.js": { bytesInOutput: 0 },
    }),
    "c.js": output({ "web/c.ts": { bytesInOutput: 5 } }),
  };
  expect(listBundled({ inputs: {}, outputs })).toEqual(["node_modules/a"]);
});

test("each package is named once, with its version and the whole text of its licence", async () => {
  const text = await writeNotices(["node_modules/d3-cloud", "node_modules/hono", "node_modules/d3-cloud"]);
  expect(text.match(/^d3-cloud \d+\.\d+\.\d+ \(BSD-3-Clause\)$/gm)).toHaveLength(1);
  expect(text).toMatch(/^hono \d+\.\d+\.\d+ \(MIT\)$/m);
  expect(text).toContain("Redistributions in binary form must reproduce the above copyright notice");
});

test("a package without the text of its licence is not handed on", async () => {
  await expect(writeNotices(["scripts"])).rejects.toThrow();
});

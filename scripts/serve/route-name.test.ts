import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nameRoute } from "./route-name.ts";

/** Every route that a table of routes names, without what stands in braces. */
const documented = ["README.md", "docs/protocol.md", "docs/host-protocol.md"].flatMap((page) =>
  [...readFileSync(page, "utf8").matchAll(/^\| `(?:GET|POST|PUT|PATCH|DELETE) ([^`]+)`/gm)].map(
    ([, path = ""]) => (path.startsWith("/") ? path : `/api/v1/host/${path}`).replace(/\?.*/, ""),
  ),
);

test("every route of the docs keeps its own words, and nothing of what people put into it", () => {
  expect(documented.length).toBeGreaterThan(80);
  const named = documented.map((path) => nameRoute(path.replaceAll(/\{\w+\}/g, "SECRET")));
  expect(named).toEqual(documented.map((path) => path.replaceAll(/\{\w+\}/g, ":")));
});

test("queries, names and what leads nowhere are not named", () => {
  expect(nameRoute("/join?session=abc")).toBe("/join");
  expect(nameRoute("/recap?session=abc#x")).toBe("/recap");
  expect(nameRoute("/wp-admin/../../etc/passwd")).toBe("/:/:/:/:/:");
  expect(nameRoute("/assets/stage-ABC123.js")).toBe("/assets/:");
  expect(nameRoute(`/${"a/".repeat(1000)}`).length).toBeLessThan(30);
});

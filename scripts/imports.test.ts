import { describe, expect, test } from "vitest";
import { findCircles, type Import, listImports, readImports } from "./imports.ts";
import { readWorkers } from "./workers.ts";

/** Who may import whom. A rule says so in a sentence, and finds what breaks it. */
interface Rule {
  readonly rule: string;
  /** What to do about an import that breaks it. */
  readonly instead: string;
  readonly isBroken: (each: Import) => boolean;
}

const imports = listImports(["shared", "workers", "web", "scripts"]);
/** Tests may import what they test and what they test with. */
const ofProduct = imports.filter(({ file }) => !/(\.test\.tsx?|\/test-[\w-]+\.ts)$/.test(file));

const isIn = (file: string, ...folders: readonly string[]) =>
  folders.some((folder) => file.startsWith(`${folder}/`));
const isSchema = (file: string) => /[./]schema\.ts$/.test(file);

const workers = readWorkers();
/** The Worker that a file belongs to, by its folder; none for what all Workers share. */
const workerOf = (file: string) => workers.find(({ folder }) => isIn(file, `workers/${folder}`));

/** Pages, and the plugin: what runs on its own in a browser. */
const PAGES = [
  "web/audience",
  "web/stage",
  "web/results",
  "web/recap",
  "web/host",
  "web/plugin",
  "web/demo",
  "web/deck",
];
const pageOf = (file: string) => PAGES.find((page) => isIn(file, page));

const ROOM = "workers/session-store/session-room.ts";

const rules: readonly Rule[] = [
  {
    rule: "shared/ imports nothing from outside shared/ but zod",
    instead: "move what needs more to workers/lib, or to web",
    isBroken: ({ file, target }) => isIn(file, "shared") && target !== "zod" && !isIn(target, "shared"),
  },
  {
    rule: "what shared/ has besides schemas depends on nothing but each other: browsers load it as it is",
    instead: "put what parses into a *.schema.ts, and import that where something is parsed",
    isBroken: ({ file, target }) =>
      isIn(file, "shared") && !isSchema(file) && (!isIn(target, "shared") || isSchema(target)),
  },
  {
    rule: "of shared/, web/ imports shared/protocol and shared/interactions alone, and no schema",
    instead: "move what both ends need into shared/protocol",
    isBroken: ({ file, target }) =>
      isIn(file, "web") &&
      isIn(target, "shared") &&
      (!isIn(target, "shared/protocol", "shared/interactions") || isSchema(target)),
  },
  {
    rule: "web/ imports nothing of workers/, scripts/ or tests/, and they nothing of web/ but web/client",
    instead: "what both ends agree on stands in shared/protocol",
    isBroken: ({ file, target }) =>
      (isIn(file, "web") && isIn(target, "workers", "scripts", "tests")) ||
      (isIn(file, "workers", "scripts") && isIn(target, "web") && !isIn(target, "web/client")),
  },
  {
    rule: "a Worker imports types alone of another, and only of one that it is bound to (its wrangler file says which)",
    instead:
      "what several Workers need stands in workers/lib; what one does for another it does behind its binding",
    isBroken: ({ file, target, isTypeOnly }) => {
      const [caller, callee] = [workerOf(file), workerOf(target)];
      if (!callee || caller === callee) return false;
      return !(caller && isTypeOnly && caller.calls.includes(callee.name));
    },
  },
  {
    rule: "web/client, a library of its own, imports nothing but what both ends agree on",
    instead: "what only our pages need stands in web/ui",
    isBroken: ({ file, target }) => isIn(file, "web/client") && !isIn(target, "web/client", "shared"),
  },
  {
    rule: "a page's folder imports no other page's, and what is for all pages imports none",
    instead: "what two pages need stands in web/ui, web/client, web/words or web/interactions",
    isBroken: ({ file, target }) =>
      isIn(file, "web") && pageOf(target) !== undefined && pageOf(target) !== pageOf(file),
  },
  {
    rule: "an interaction's folder is imported by the lists beside it (web/interactions/*.ts) alone, and by no page or other interaction",
    instead:
      "let the interaction fill a slot (web/interactions/slots.ts), or move what others need too to web/ui",
    isBroken: ({ file, target }) => {
      const [folder] = /^web\/interactions\/[^/]+\//.exec(target) ?? [];
      // What compares all languages when types are checked is in no page.
      const isList = /^web\/(interactions\/[\w-]+|words\/translations)\.ts$/.test(file);
      return folder !== undefined && !isList && !file.startsWith(folder);
    },
  },
  {
    rule: "no part of a room imports the room (session-room.ts), or what puts the parts together (room-parts.ts)",
    instead: "let the room hand its part what that needs, in its constructor",
    isBroken: ({ file, target }) =>
      (target === ROOM && file !== "workers/session-store/index.ts") ||
      (target === "workers/session-store/room-parts.ts" && file !== ROOM),
  },
];

describe("imports keep to the design:", () => {
  for (const { rule, instead, isBroken } of rules)
    test(rule, () => {
      const broken = ofProduct
        .filter(isBroken)
        .map(
          ({ file, line, target }) => `${file}:${line} imports ${target}, but ${rule}. Instead: ${instead}.`,
        );
      expect(broken).toEqual([]);
    });

  test("no files import each other in a circle, not even their types", () => {
    const circles = findCircles(imports).map(
      (circle) =>
        `${circle.join(" → ")}: move what both need into a file of its own, or hand it over as an argument`,
    );
    expect(circles).toEqual([]);
  });
});

describe("an import is found", () => {
  const read = (text: string) =>
    readImports("web/ui/a.ts", text).map(({ target, isTypeOnly, line }) => [target, isTypeOnly, line]);

  test("however it is written, with its line", () => {
    const text = [
      'import "./effect.css";',
      'import a, { b } from "./b.ts";',
      "import {",
      "  c,",
      "  type D,",
      '} from "../c.tsx";',
      'export * from "zod";',
      'export { e } from "./e.ts";',
      'import * as f from "hono/jsx/dom";',
      'import css from "./style.css" with { type: "text" };',
      'const g = await import("./g.ts");',
    ].join("\n");
    expect(read(text)).toEqual([
      ["web/ui/effect.css", false, 1],
      ["web/ui/b.ts", false, 2],
      ["web/c.tsx", false, 3],
      ["zod", false, 7],
      ["web/ui/e.ts", false, 8],
      ["hono/jsx/dom", false, 9],
      ["web/ui/style.css", false, 10],
      ["web/ui/g.ts", false, 11],
    ]);
  });

  test("and whether it is of types alone", () => {
    const text = [
      'import type { A } from "./a.ts";',
      'import { type B, type C } from "./b.ts";',
      'import type * as d from "./d.ts";',
      'export type { E } from "./e.ts";',
      'import { type, typed } from "./f.ts";',
      'import type from "./g.ts";',
      'import { type H, i } from "./h.ts";',
    ].join("\n");
    expect(read(text).map(([, isTypeOnly]) => isTypeOnly)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test("but not in a comment or a text", () => {
    const text = [
      "/*",
      'import { a } from "./a.ts";',
      "*/",
      '// import { b } from "./b.ts";',
      "const code = `",
      '  import { c } from "./c.ts";`;',
      'export const from = "./d.ts";',
      'export const e = { from: "./e.ts" };',
    ].join("\n");
    expect(read(text)).toEqual([]);
  });
});

test("a circle is told by its files, the shortest one, and once", () => {
  const of = (file: string, ...targets: readonly string[]): Import[] =>
    targets.map((target) => ({ file, target, line: 1, isTypeOnly: false }));
  const circle = findCircles([
    ...of("a", "b"),
    ...of("b", "c", "d"),
    ...of("c", "d", "zod"),
    ...of("d", "b"),
    ...of("e", "e"),
  ]);
  expect(circle).toEqual([
    ["b", "d", "b"],
    ["e", "e"],
  ]);
});

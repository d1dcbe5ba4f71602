import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";

/** One import of one file. */
export interface Import {
  /** The file that imports, from the repository's root. */
  readonly file: string;
  readonly line: number;
  /** What it imports: one of our files, from the root too; or a package, as it is written. */
  readonly target: string;
  /** Nothing of it is there when the program runs. */
  readonly isTypeOnly: boolean;
}

/**
 * Finds what a file imports or exports from elsewhere. Our formatter puts each such statement at the start of a line
 * and its address in double quotes; paths are written with their ending, so that none has to be guessed.
 */
const STATEMENT = /^(?:import|export)\s+(?:(?<names>[\w$\s{},*]+?)\s*\bfrom\s*)?"(?<address>[^"]+)"/gm;
/** `await import("…")`, and the type `import("…").X`. */
const CALL = /\bimport\(\s*"(?<address>[^"]+)"\s*\)/g;
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;

/** What one file imports, by its text. */
export function readImports(file: string, text: string): Import[] {
  // Comments become spaces, so that lines and places stay what they are.
  const code = text.replace(COMMENT, (comment) => comment.replace(/[^\n]/g, " "));
  return [STATEMENT, CALL].flatMap((pattern) =>
    [...code.matchAll(pattern)].map(({ index, groups: { names = "", address = "" } = {} }) => ({
      file,
      line: code.slice(0, index).split("\n").length,
      target: address.startsWith(".") ? posix.join(posix.dirname(file), address) : address,
      isTypeOnly: isTypeOnly(names),
    })),
  );
}

/** `type { A }`, and `{ type A, type B }`. */
function isTypeOnly(names: string): boolean {
  if (/^type\s+\S/.test(names)) return true;
  const list = /^\{([^}]*)\}$/
    .exec(names)?.[1]
    ?.split(",")
    .map((name) => name.trim());
  const named = list?.filter((name) => name !== "") ?? [];
  return named.length > 0 && named.every((name) => name.startsWith("type "));
}

/** What all files below these folders import. */
export const listImports = (folders: readonly string[]): Import[] =>
  globSync(folders.map((folder) => `${folder}/**/*.{ts,tsx}`))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((file) => !file.endsWith(".d.ts"))
    .sort()
    .flatMap((file) => readImports(file, readFileSync(file, "utf8")));

/**
 * Files that import each other in a circle. Of files that are in several circles together, one is told: the shortest
 * of the file that is first in the alphabet, which it begins and ends with.
 */
export function findCircles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { file, target } of imports) targets.set(file, [...(targets.get(file) ?? []), target]);
  const told: string[] = [];
  return [...targets.keys()].sort().flatMap((file) => {
    const circle = findWay(targets, file, file);
    if (!circle || told.some((other) => findWay(targets, file, other) && findWay(targets, other, file)))
      return [];
    told.push(file);
    return [circle];
  });
}

/** The shortest way over imports from one file to another, or back to itself. */
function findWay(
  targets: ReadonlyMap<string, readonly string[]>,
  from: string,
  to: string,
): string[] | undefined {
  const ways = [[from]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const target of targets.get(way.at(-1) ?? "") ?? []) {
      if (target === to) return [...way, to];
      if (!seen.has(target)) ways.push([...way, target]);
      seen.add(target);
    }
  }
  return undefined;
}

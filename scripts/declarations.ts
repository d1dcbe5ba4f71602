import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Failure } from "./failure.ts";

const tscBin = fileURLToPath(import.meta.resolve("typescript/package.json")).replace(
  /package\.json$/,
  "bin/tsc",
);

/** Where a declaration names another module: `from "…"` or `import("…")`. */
const IMPORT = /(from |import\()"([^"]+)"/g;

const WEB = resolve("web");
const SHARED = resolve("shared");

/**
 * Writes the types of an entry below `web/`, and of the files they name, below `outdir`: those of `web/` to the same
 * places, those of `shared/` to `shared/`. They stand alone: a package that our users may not have, such as the one
 * that schemas are made with, would turn every type into `any`.
 * @param packages what the types may name besides
 * @throws Failure when they name anything else, or don't compile
 */
export async function writeDeclarations(
  entry: string,
  outdir: string,
  packages: readonly string[] = [],
): Promise<void> {
  const emitted = await mkdtemp(join(tmpdir(), "revint-types-"));
  try {
    await emitDeclarations(entry, emitted);
    const files = new Set([resolve(entry)]);
    // A set goes on over what is added on the way.
    for (const file of files) {
      const target = toTarget(file, outdir);
      const text = await readFile(join(emitted, toDeclaration(relative(".", file))), "utf8");
      for (const [, , name = ""] of text.matchAll(IMPORT)) {
        if (packages.includes(name)) continue;
        const next = resolve(dirname(file), name);
        if (!name.startsWith(".") || !(isIn(WEB, next) || isIn(SHARED, next))) {
          throw new Failure(`The types of ${entry} may not name "${name}", as ${relative(".", file)} does.`);
        }
        files.add(next);
      }
      const toBuilt = (name: string): string => {
        if (!name.startsWith(".")) return name;
        const built = relative(dirname(target), toTarget(resolve(dirname(file), name), outdir));
        return `${built.startsWith(".") ? "" : "./"}${built.replaceAll("\\", "/").replace(/\.d\.ts$/, ".js")}`;
      };
      await mkdir(dirname(target), { recursive: true });
      await writeFile(
        target,
        text.replace(IMPORT, (_, before, name) => `${before}"${toBuilt(name)}"`),
      );
    }
  } finally {
    await rm(emitted, { recursive: true, force: true });
  }
}

const isIn = (folder: string, file: string): boolean => file.startsWith(folder + sep);

const toDeclaration = (file: string): string => file.replace(/\.tsx?$/, ".d.ts");

/** Where the types of a source file go. */
const toTarget = (file: string, outdir: string): string =>
  join(outdir, toDeclaration(relative(isIn(WEB, file) ? WEB : ".", file)));

async function emitDeclarations(entry: string, outDir: string): Promise<void> {
  const config = join(outDir, "tsconfig.json");
  await writeFile(
    config,
    JSON.stringify({
      extends: join(WEB, "tsconfig.json"),
      include: [],
      files: [resolve(entry)],
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        rootDir: resolve("."),
        outDir,
      },
    }),
  );
  try {
    await promisify(execFile)(process.execPath, [tscBin, "-p", config]);
  } catch (error) {
    const said = error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
    throw new Failure(`The types of ${entry} can't be written:\n${said}`);
  }
}

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
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

/**
 * Writes the types of an entry below `web/`, and of the files they name, to the same places below
 * `outdir`. They stand alone: what lies outside of `web/` brings schemas with it, and a package
 * that our users may not have would turn every type into `any`.
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
      const place = relative(WEB, file).replace(/\.tsx?$/, ".d.ts");
      const text = await readFile(join(emitted, "web", place), "utf8");
      for (const [, , name = ""] of text.matchAll(IMPORT)) {
        if (packages.includes(name)) continue;
        const next = resolve(dirname(file), name);
        if (!name.startsWith(".") || !next.startsWith(WEB)) {
          throw new Failure(`The types of ${entry} may not name "${name}", as ${relative(".", file)} does.`);
        }
        files.add(next);
      }
      const target = join(outdir, place);
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

/** What a source file is called once it is built. */
const toBuilt = (name: string): string => name.replace(/^(\..*)\.tsx?$/, "$1.js");

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

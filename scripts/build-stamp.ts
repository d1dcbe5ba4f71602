import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { writeWhole } from "./write-whole.ts";

/*
 * What a build was made of: wrangler asks for one before every dev, deploy and test, and most of the time nothing has
 * changed since the last.
 */

/** All that a build of the pages reads, but for packages: the lockfile names those. The description of the API is made of the api and of pages. */
export const PAGE_SOURCES = [
  ...["web", "shared", "scripts", "package-lock.json", "tsconfig.json"],
  ...["workers/api", "workers/lib", "README.md", "docs/protocol.md", "docs/host-protocol.md"],
];

const Stamp = z.object({ fingerprint: z.string(), files: z.array(z.string()) });

/** By content and not by time: a checkout gives files new times, and an editor old ones. */
export async function getFingerprint(sources: readonly string[] = PAGE_SOURCES): Promise<string> {
  const hash = createHash("sha256").update(process.version);
  for (const source of sources) {
    for (const file of await listFiles(source)) hash.update(`\0${file}\0`).update(await readFile(file));
  }
  return hash.digest("hex");
}

/** Whether the build that left this stamp was of the same sources, and all that it made is still there. */
export async function isUpToDate(stampFile: string, folder: string, fingerprint: string): Promise<boolean> {
  const text = await readFile(stampFile, "utf8").catch(() => "");
  const stamp = Stamp.safeParse(parseJson(text)).data;
  return stamp?.fingerprint === fingerprint && stamp.files.every((file) => existsSync(join(folder, file)));
}

/** Leaves for the next one what this one has made. In one step: several may build at once. */
export async function writeStamp(stampFile: string, folder: string, fingerprint: string): Promise<void> {
  const files = await listFiles(folder, folder);
  await mkdir(dirname(stampFile), { recursive: true });
  await writeWhole(stampFile, JSON.stringify({ fingerprint, files } satisfies z.infer<typeof Stamp>));
}

/** A file, or all files below a folder, in one order. @param base what their names begin behind */
async function listFiles(source: string, base?: string): Promise<string[]> {
  const entries = await readdir(source, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [source];
  return entries
    .filter((entry) => entry.isFile() && !/\.(test\.tsx?|tsbuildinfo)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(base === undefined ? 0 : base.length + 1))
    .sort();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import * as z from "zod";
import { Failure } from "./failure.ts";

/*
 * What others have written and we hand on inside our files: their licences ask for their text to go with it.
 */

const Manifest = z.object({ name: z.string(), version: z.string(), license: z.string() });

const LICENSE = /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i;

/** The folder of the package that a file belongs to; `undefined`: it is our own. */
export const findPackage = (file: string): string | undefined =>
  /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];

/** The folders of all packages of which something stands in a bundle. */
export const listBundled = ({ outputs }: Metafile): string[] =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
      bytesInOutput > 0 ? (findPackage(file) ?? []) : [],
    ),
  );

/** Their licences, one after another. @param packages their folders @throws Failure where one has no text */
export async function writeNotices(packages: Iterable<string>): Promise<string> {
  const notices = await Promise.all([...new Set(packages)].sort().map(readNotice));
  return ["What revint's files hold of others, and under which terms.", ...notices].join(
    `\n\n${"-".repeat(80)}\n\n`,
  );
}

async function readNotice(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const { name, version, license } = Manifest.parse(manifest);
  const files = (await readdir(folder)).filter((file) => LICENSE.test(file)).sort();
  if (files.length === 0) throw new Failure(`${folder} is bundled, and has no text of its licence.`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return [`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join("\n\n");
}

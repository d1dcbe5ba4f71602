import { readFile, writeFile } from "node:fs/promises";
import { posix } from "node:path";
import { ENGLISH, listEnglishFiles, readLanguages, translate } from "./languages.ts";

const FILE = "web/words/translations.ts";

const HEAD = `/*
 * Compares every file of words with the English one when types are checked. Written by \`npm run types\`.
 */
`;

/**
 * Writes down for the compiler which files say the same in other languages.
 * @param check write nothing
 * @returns the file, and whether it says what it should
 */
export async function writeTranslations(check: boolean): Promise<{ file: string; ok: boolean }> {
  const text = await describeTranslations();
  if (check) return { file: FILE, ok: (await readFile(FILE, "utf8").catch(() => "")) === text };
  await writeFile(FILE, text);
  return { file: FILE, ok: true };
}

async function describeTranslations(): Promise<string> {
  const languages = (await readLanguages()).filter(({ tag }) => tag !== ENGLISH);
  const files = listEnglishFiles();
  const name = (file: string) => {
    const path = posix.relative(posix.dirname(FILE), file);
    return `typeof import("${path.startsWith(".") ? path : `./${path}`}")`;
  };
  const types = languages.map(({ tag }) => {
    const pairs = files.map((file) => `  Translation<${name(file)}, ${name(translate(file, tag))}>,\n`);
    return `\nexport type ${tag.replaceAll("-", "_").toUpperCase()} = [\n${pairs.join("")}];\n`;
  });
  if (types.length === 0) return `${HEAD}export type None = never;\n`;
  return `${HEAD}import type { Translation } from "./words.ts";\n${types.join("")}`;
}

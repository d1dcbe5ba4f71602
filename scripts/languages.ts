import { existsSync, globSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";

/** A language in which pages are built: a folder of words, and a file beside it that gathers them. */
const Language = z.object({
  /** As browsers call it, such as `de`. */
  tag: z.string().min(1),
  /** As its own speakers call it. */
  name: z.string().min(1),
  dir: z.enum(["ltr", "rtl"]),
});
export type Language = z.infer<typeof Language>;

/** Every other language is measured by this one, and it stands in where none is known. */
export const ENGLISH = "en";

/** The languages whose words are there, English first: the only list of them. */
export async function readLanguages(folder = "web/words"): Promise<Language[]> {
  const tags = globSync(`${folder}/*/language.ts`)
    .map((file) => basename(dirname(file)))
    .filter((tag) => existsSync(`${folder}/${tag}.ts`))
    .sort((a, b) => Number(b === ENGLISH) - Number(a === ENGLISH) || a.localeCompare(b));
  return Promise.all(
    tags.map(async (tag) => {
      const language = Language.parse(await import(pathToFileURL(resolve(folder, tag, "language.ts")).href));
      if (language.tag !== tag)
        throw new Error(`${folder}/${tag}/language.ts says that it is “${language.tag}”.`);
      return language;
    }),
  );
}

/** Where files of words stand: a folder, or a single file where there are few. */
const ENGLISH_FILE = /\/words\/en(?=\/|\.ts$)/;

/** The file that says the same in another language. @param file of English words, with slashes */
export const translate = (file: string, tag: string): string => file.replace(ENGLISH_FILE, `/words/${tag}`);

/** Helpers of a language's own files, each as its grammar needs it. */
const HELPER = /\/plural\.ts$/;

/** All files of English words, from the repository's root. */
export const listEnglishFiles = (): string[] =>
  globSync("web/**/*.ts")
    .map((path) => path.replaceAll("\\", "/"))
    .filter((file) => ENGLISH_FILE.test(file) && !file.endsWith(".test.ts") && !HELPER.test(file))
    .sort();

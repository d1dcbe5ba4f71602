import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inLanguage } from "./esbuild-plugins.ts";
import { readLanguages, translate } from "./languages.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "revint-languages-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Files of words, by their paths below `words/`. */
async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(folder, "words", file, ".."), { recursive: true });
    await writeFile(join(folder, "words", file), text);
  }
}

const describeLanguage = (tag: string, name: string, dir = "ltr") =>
  `export const tag = "${tag}"; export const name = "${name}"; export const dir = "${dir}";`;

describe("the languages", () => {
  test("are those whose words are gathered, English first", async () => {
    await write({
      "ar/language.ts": describeLanguage("ar", "العربية", "rtl"),
      "ar.ts": "",
      "en/language.ts": describeLanguage("en", "English"),
      "en.ts": "",
      // Begun, and not whole.
      "it/language.ts": describeLanguage("it", "Italiano"),
    });
    expect(await readLanguages(join(folder, "words"))).toEqual([
      { tag: "en", name: "English", dir: "ltr" },
      { tag: "ar", name: "العربية", dir: "rtl" },
    ]);
  });

  test("are called as their folders are", async () => {
    await write({ "it/language.ts": describeLanguage("fr", "Français"), "it.ts": "" });
    await expect(readLanguages(join(folder, "words"))).rejects.toThrow(
      /it.language\.ts says that it is “fr”/,
    );
  });
});

test("the same file of another language stands in a folder of its own name", () => {
  expect(translate("/a/words/en.ts", "de")).toBe("/a/words/de.ts");
  expect(translate("/a/kinds/words/words/en/ask.ts", "pt-BR")).toBe("/a/kinds/words/words/pt-BR/ask.ts");
});

describe("a build in another language", () => {
  const page = `import { greeting } from "./words/en.ts"; console.log(greeting);`;
  const buildPage = async (tag: string) => {
    const { outputFiles } = await build({
      stdin: { contents: page, resolveDir: folder },
      ...{ bundle: true, write: false, logLevel: "silent", plugins: [inLanguage(tag)] },
    });
    return outputFiles.map(({ text }) => text).join("");
  };

  test("holds its words, and none of English", async () => {
    await write({
      "en.ts": `export { greeting } from "./en/page.ts";`,
      "en/page.ts": `export const greeting = "Hello";`,
      "de.ts": `export { greeting } from "./de/page.ts";`,
      "de/page.ts": `export const greeting = "Guten Tag";`,
    });
    expect(await buildPage("en")).toContain("Hello");
    const german = await buildPage("de");
    expect(german).toContain("Guten Tag");
    expect(german).not.toContain("Hello");
  });

  test("names the file that is missing", async () => {
    await write({ "en.ts": `export const greeting = "Hello";` });
    await expect(buildPage("de")).rejects.toThrow(
      /words\/de\.ts is missing: it says in “de” what .*en\.ts says/,
    );
  });
});

import { resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { cssText, leanHono } from "../scripts/esbuild-plugins.ts";

/** A right-to-left language that nobody speaks and nobody translates: every text of ours stands in brackets. */
export const PSEUDO = "he";

/** Brackets around every text, wherever it comes from: another bracket inside is a text that was put into it. */
const MARK = `
  const mark = (value) =>
    typeof value === "string" ? (value === "" ? value : "⟦" + value + "⟧")
    : typeof value === "function" ? (...given) => mark(value(...given))
    : Array.isArray(value) ? value.map(mark)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mark(each)]))
    : value;`;

const inPseudoLanguage: Plugin = {
  name: "in-pseudo-language",
  setup({ onResolve, onLoad }) {
    const isEnglish = /\/words\/en(\/|\.ts$)/;
    onResolve({ filter: /words\/en(\/|\.ts$)/ }, ({ path, importer, resolveDir, namespace }) =>
      namespace === "pseudo" || isEnglish.test(importer)
        ? undefined
        : { path: resolve(resolveDir, path), namespace: "pseudo" },
    );
    onLoad({ filter: /./, namespace: "pseudo" }, async ({ path }) => {
      const facts: Record<string, string> = path.endsWith("/language.ts")
        ? { tag: PSEUDO, dir: "rtl", locale: "en", dateLocale: "en-GB" }
        : {};
      const lines = Object.keys(await import(path)).map((name) => {
        const fact = facts[name];
        return `export const ${name} = ${fact === undefined ? `mark(english.${name})` : JSON.stringify(fact)};`;
      });
      const contents = `import * as english from ${JSON.stringify(path)};${MARK}\n${lines.join("\n")}`;
      return { contents, resolveDir: "." };
    });
  },
};

/** A page in this language, in one file. @param entry such as `web/audience/index.tsx` */
export async function buildPseudoPage(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    ...{ bundle: true, format: "esm", platform: "browser", target: "es2022", charset: "utf8", write: false },
    jsx: "automatic",
    jsxImportSource: "hono/jsx/dom",
    plugins: [cssText, leanHono, inPseudoLanguage],
  });
  return outputFiles.map(({ text }) => text).join("");
}

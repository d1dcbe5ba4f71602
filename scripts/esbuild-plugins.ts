import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { translate } from "./languages.ts";

/**
 * Builds in one language: whoever imports English words gets those of this language, from the file of the same name.
 * @param tag such as `de`
 */
export const inLanguage = (tag: string): Plugin => ({
  name: "in-language",
  setup({ onResolve }) {
    onResolve({ filter: /words\/en(\/|\.ts$)/ }, ({ path, resolveDir }) => {
      const english = resolve(resolveDir, path).replaceAll("\\", "/");
      const file = translate(english, tag);
      if (!existsSync(file)) {
        const text = `${relative(".", file)} is missing: it says in “${tag}” what ${relative(".", english)} says.`;
        return { errors: [{ text }] };
      }
      return { path: resolve(file), sideEffects: false };
    });
  },
});

/** Styles that a script carries as text (`with { type: "text" }`) are bundled and minified like all others. */
export const cssText: Plugin = {
  name: "css-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path, with: attributes }) => {
      if (attributes.type !== "text") return undefined;
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, minify: true, write: false });
      return { contents: outputFiles.map(({ text }) => text.trim()).join(""), loader: "text" };
    });
  },
};

/** What a library imports when it is needed stays a file of its own beside it, which bundlers take along. */
export const ownFiles: Plugin = {
  name: "own-files",
  setup(build) {
    build.onResolve({ filter: /^\.\/(activities\.ts|copy\.tsx)$/ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path: path.replace(/tsx?$/, "js"), external: true } : undefined,
    );
  },
};

/** What pages have instead of modules of hono's `dist/jsx`, by the name under which its `dom` imports them. */
const LEAN: Readonly<Record<string, string>> = {
  // What React 19 adds to `<form>`, `<title>`, `<link>` and a few others.
  "./intrinsic-element/components.js": "export const components_exports = {};",
  // A server keeps the contexts of its requests apart; in a browser there is one.
  "../context.js": `
    export const globalContexts = [];
    export const useContext = ({ values }) => values.at(-1);`,
  // A server writes styles as text and has to mind what is in them; here the browser takes them one by one. Values are texts.
  "../utils.js": `
    export { normalizeIntrinsicElementKey } from "./utils.js";
    export function styleObjectForEach(style, set) {
      for (const [name, value] of Object.entries(style)) {
        set(name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase()), value);
      }
    }`,
};

/**
 * Leaves out what hono/jsx/dom has for servers, and to be like React 19. We use none of it, and on a phone it is a
 * tenth of the page. Should hono move one of these modules, everything still works and only the size budget complains.
 */
export const leanHono: Plugin = {
  name: "lean-hono",
  setup(build) {
    const namespace = "lean-hono";
    const resolveDir = dirname(fileURLToPath(import.meta.resolve("hono/jsx")));
    build.onResolve({ filter: /^\.\.?\/[\w/-]+\.js$/ }, ({ path, importer }) =>
      path in LEAN && dirname(importer) === join(resolveDir, "dom") ? { path, namespace } : undefined,
    );
    build.onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: LEAN[path] ?? "", resolveDir }));
  },
};

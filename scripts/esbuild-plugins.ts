import { build, type Plugin } from "esbuild";

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

/**
 * Leaves out what hono/jsx/dom adds to `<form>`, `<title>`, `<link>` and a few others to be like
 * React 19. We use none of it, and on a phone it is a tenth of the page. Should hono move that
 * module, everything still works and only the size budget complains.
 */
export const plainElements: Plugin = {
  name: "plain-elements",
  setup(build) {
    build.onLoad(
      { filter: /hono[\\/]dist[\\/]jsx[\\/]dom[\\/]intrinsic-element[\\/]components\.js$/ },
      () => ({
        contents: "export const components_exports = {};",
      }),
    );
  },
};

import { createHash } from "node:crypto";
import { mkdir, readFile, utimes } from "node:fs/promises";
import { join } from "node:path";
import { minify } from "terser";
import terser from "terser/package.json" with { type: "json" };
import { writeWhole } from "./write-whole.ts";

/** What was minified before, by what it was made of: most of a build is what it was at the last one. */
export const MINIFIED = ".wrangler/minified";

/** What other people's bundlers read in comments: that an address is known only when the plugin runs. */
const BUNDLERS = /webpackIgnore|@vite-ignore/;

const OPTIONS = {
  ecma: 2020,
  toplevel: true,
  compress: { passes: 3 },
  format: { comments: BUNDLERS },
} as const;

/** What esbuild has minified, terser still makes 3 to 5 % smaller. It takes its time, so nothing is made smaller twice. */
export async function minifyAgain(text: string): Promise<string> {
  const made = `${terser.version}\0${JSON.stringify(OPTIONS)}\0${BUNDLERS}\0${text}`;
  const file = join(MINIFIED, createHash("sha256").update(made).digest("hex"));
  const known = await readFile(file, "utf8").catch(() => undefined);
  if (known !== undefined) {
    // Used: what was not for a whole build is removed after it. Another build may just have done so.
    await utimes(file, new Date(), new Date()).catch(() => {});
    return known;
  }
  const { code = text } = await minify(text, OPTIONS);
  await mkdir(MINIFIED, { recursive: true });
  await writeWhole(file, code);
  return code;
}

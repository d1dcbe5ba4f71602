import { readdirSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { gzip } from "node:zlib";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { minify } from "terser";
import { getFingerprint, isUpToDate, writeStamp } from "./build-stamp.ts";
import { runCommand } from "./command.ts";
import { writeDeclarations } from "./declarations.ts";
import { cssText, leanHono, ownFiles } from "./esbuild-plugins.ts";
import { Failure } from "./failure.ts";
import { findPackage, listBundled, writeNotices } from "./third-party.ts";

const usage = `
Usage: npm run build [-- --site]

Builds what runs in a browser into dist/, the libraries with their types, and says how large each is.

  --site   only dist/site, which the api Worker serves, and only if its sources have changed; wrangler does this before
           dev and deploy
`;

const OUTDIR = "dist";
const SITE = `${OUTDIR}/site`;
/** Says of which sources the site was built. */
const STAMP = ".wrangler/site-stamp.json";
/** What we hand on of others: beside what is published, and beside the pages. */
const NOTICES = "THIRD-PARTY-LICENSES.txt";

/** One thing we build. */
interface Output {
  /** Its source. */
  readonly entry: string;
  /** Where it goes, below `dist/`. */
  readonly file: string;
  /** It is a library: its types go with it, and they may name these packages. */
  readonly types?: { readonly packages: readonly string[] };
  /** What it may weigh, gzipped, in bytes: a promise to whoever loads it on a phone. */
  readonly budget?: number;
  /** What it needs besides the common options. */
  readonly options?: BuildOptions;
  /** Of a page: what it loads only when it is needed (`import()`) goes into files of their own, named after it. */
  readonly page?: string;
}

/** What has become of one. */
interface Built {
  /** What it weighs, gzipped, in bytes: with every file that it loads at once. */
  readonly bytes: number;
  /** These files besides its own, as `dist/site` serves them. */
  readonly parts: readonly string[];
  /** The folders of the packages of which it holds something. */
  readonly packages: readonly string[];
}

const outputs: readonly Output[] = [
  { entry: "web/client/index.ts", file: "client/index.js", types: { packages: [] }, budget: 16 * 1024 },
  { entry: "web/plugin/index.ts", file: "plugin/index.js", types: { packages: [] }, budget: 37 * 1024 },
  { entry: "web/plugin/script.ts", file: "plugin/revint.js", options: { format: "iife" }, budget: 37 * 1024 },
  // What a deck loads when it needs it, beside the module and beside the script.
  { entry: "web/plugin/activities.ts", file: "plugin/activities.js", budget: 24 * 1024 },
  { entry: "web/plugin/copy.tsx", file: "plugin/copy.js", budget: 24 * 1024 },
  {
    entry: "web/plugin/activities-script.ts",
    file: "plugin/revint-activities.js",
    options: { format: "iife" },
    budget: 24 * 1024,
  },
  {
    entry: "web/plugin/copy-script.ts",
    file: "plugin/revint-copy.js",
    options: { format: "iife" },
    budget: 24 * 1024,
  },
  { entry: "web/plugin/index.ts", file: "site/plugin/revint.mjs" },
  { entry: "web/plugin/script.ts", file: "site/plugin/revint.js", options: { format: "iife" } },
  { entry: "web/plugin/activities.ts", file: "site/plugin/activities.js" },
  { entry: "web/plugin/copy.tsx", file: "site/plugin/copy.js" },
  {
    entry: "web/plugin/activities-script.ts",
    file: "site/plugin/revint-activities.js",
    options: { format: "iife" },
  },
  {
    entry: "web/plugin/copy-script.ts",
    file: "site/plugin/revint-copy.js",
    options: { format: "iife" },
  },
  { entry: "web/audience/index.tsx", file: "site/assets/audience.js", page: "audience", budget: 26 * 1024 },
  { entry: "web/audience/audience.css", file: "site/assets/audience.css", budget: 3 * 1024 },
  { entry: "web/stage/index.tsx", file: "site/assets/stage.js", page: "stage" },
  { entry: "web/stage/stage.css", file: "site/assets/stage.css" },
  { entry: "web/results/index.tsx", file: "site/assets/results.js", page: "results" },
  { entry: "web/results/results.css", file: "site/assets/results.css" },
  { entry: "web/recap/index.tsx", file: "site/assets/recap.js", page: "recap", budget: 9 * 1024 },
  { entry: "web/recap/recap.css", file: "site/assets/recap.css" },
  { entry: "web/recap/host.css", file: "site/assets/recap-host.css" },
  { entry: "web/overlay/index.tsx", file: "site/assets/overlay.js", page: "overlay", budget: 22 * 1024 },
  { entry: "web/overlay/overlay.css", file: "site/assets/overlay.css" },
  { entry: "web/host/index.tsx", file: "site/assets/host.js", page: "host" },
  { entry: "web/host/host.css", file: "site/assets/host.css" },
  { entry: "web/deck/index.tsx", file: "site/assets/deck.js", page: "deck" },
  { entry: "web/deck/deck.css", file: "site/assets/deck.css" },
  { entry: "web/demo/landing.css", file: "site/assets/landing.css" },
  { entry: "web/demo/deck.css", file: "site/demo/deck.css" },
];

/** What is served or published as it is: [from, to below `dist/`]. */
const PDFJS = "node_modules/pdfjs-dist";
const copies: readonly (readonly [from: string, to: string])[] = [
  ["web/plugin/plugin.yml", "plugin/plugin.yml"],
  ["web/_headers", "site/_headers"],
  ["web/ui/icon.svg", "site/assets/icon.svg"],
  // The phones' page can be installed; its pictures are drawn by icon-pictures.ts.
  ["web/audience/manifest.webmanifest", "site/assets/join.webmanifest"],
  ...["192", "512", "maskable", "apple"].map(
    (name) => [`web/audience/icons/${name}.png`, `site/assets/icon-${name}.png`] as const,
  ),
  ["web/recap/recap.png", "site/assets/recap.png"],
  ["web/demo/index.html", "site/index.html"],
  ["web/demo/landing.js", "site/assets/landing.js"],
  ["web/demo/404.html", "site/404.html"],
  // The demo is a deck like any other: reveal.js from its package, the plugin by a script tag.
  ["web/demo/demo.html", "site/demo.html"],
  ["web/demo/deck.js", "site/demo/deck.js"],
  ["node_modules/reveal.js/dist/reveal.js", "site/demo/reveal.js"],
  ["node_modules/reveal.js/dist/reveal.css", "site/demo/reveal.css"],
  // pdf.js, for the pages that read PDFs, and what it loads when one needs it: its worker, and tables, fonts and decoders.
  [`${PDFJS}/build/pdf.min.mjs`, "site/pdfjs/pdf.min.mjs"],
  [`${PDFJS}/build/pdf.worker.min.mjs`, "site/pdfjs/pdf.worker.min.mjs"],
  ...["cmaps", "standard_fonts", "iccs", "wasm"].flatMap((folder) =>
    readdirSync(`${PDFJS}/${folder}`)
      // Scripts that stand in PDFs are not run. Fonts and decoders have licences of their own, which go with them.
      .filter((file) => !/quickjs/i.test(file))
      .map((file) => [`${PDFJS}/${folder}/${file}`, `site/pdfjs/${folder}/${file}`] as const),
  ),
];

/** Pages that are drawn by their script: all of them are `web/ui/page.html` with these words in it. */
const shells: readonly { file: string; app: string; title: string; links?: readonly string[] }[] = [
  {
    file: "site/join.html",
    app: "audience",
    title: "Join",
    links: [
      '<link rel="manifest" href="/assets/join.webmanifest" />',
      '<link rel="apple-touch-icon" href="/assets/icon-apple.png" />',
    ],
  },
  { file: "site/stage.html", app: "stage", title: "Stage" },
  { file: "site/results.html", app: "results", title: "Results" },
  { file: "site/recap.html", app: "recap", title: "Recap" },
  { file: "site/overlay.html", app: "overlay", title: "Overlay" },
  { file: "site/host.html", app: "host", title: "Host" },
  { file: "site/deck.html", app: "deck", title: "Deck" },
];

const common: BuildOptions = {
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  plugins: [cssText, leanHono, ownFiles],
};

async function buildOutput({ entry, file, types, page, options }: Output): Promise<Built> {
  const target = join(OUTDIR, file);
  const files: BuildOptions =
    page === undefined
      ? { outfile: target }
      : { outdir: dirname(target), splitting: true, entryNames: page, chunkNames: `${page}-[name]-[hash]` };
  const [{ outputFiles, metafile }] = await Promise.all([
    build({ ...common, ...options, ...files, entryPoints: [entry], write: false, metafile: true }),
    types && writeDeclarations(entry, OUTDIR, types.packages),
  ]);
  const atOnce = listParts(metafile, target, ["import-statement"]);
  // Of what other pages load when they need it, a file is made too, although nothing leads there.
  const all = listParts(metafile, target, ["import-statement", "dynamic-import"]);
  let bytes = 0;
  for (const { path, text } of outputFiles) {
    if (!all.has(resolve(path))) continue;
    const output = path.endsWith(".css") ? text : await minifyAgain(text);
    await put(relative(OUTDIR, path), output);
    if (!atOnce.has(resolve(path))) continue;
    bytes += (await promisify(gzip)(output, { level: 9 })).byteLength;
  }
  atOnce.delete(resolve(target));
  const parts = [...atOnce].map((part) => `/${relative(join(OUTDIR, "site"), part)}`);
  return { bytes, parts, packages: listBundled(metafile) };
}

/** A file, and all that it imports in these ways. */
function listParts({ outputs }: Metafile, file: string, kinds: readonly string[]): Set<string> {
  const all = new Set([file]);
  // A set goes on over what is added on the way.
  for (const one of all) {
    for (const { path, kind } of outputs[one]?.imports ?? []) if (kinds.includes(kind)) all.add(path);
  }
  return new Set([...all].map((one) => resolve(one)));
}

/** What other people's bundlers read in comments: that an address is known only when the plugin runs. */
const BUNDLERS = /webpackIgnore|@vite-ignore/;

/** What esbuild has minified, terser still makes 3 to 5 % smaller. */
async function minifyAgain(text: string): Promise<string> {
  const format = { comments: BUNDLERS };
  return (await minify(text, { ecma: 2020, toplevel: true, compress: { passes: 3 }, format })).code ?? text;
}

/** Writes a file below `dist/`: in one step, since `wrangler dev` serves it meanwhile. */
async function put(file: string, content: string | Buffer): Promise<void> {
  const path = join(OUTDIR, file);
  // Beside what is served, and not in it.
  const draft = join(OUTDIR, `.${file.replaceAll("/", "-")}.${process.pid}.tmp`);
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Removes what an earlier build left, but only now: while `wrangler dev` serves them, no file is ever missing. */
async function removeOlder(folder: string, since: number): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    // Another build may have moved it away meanwhile.
    const known = entry.isFile() ? await stat(path).catch(() => undefined) : undefined;
    if (known && known.mtimeMs < since) await rm(path, { force: true });
  }
}

await runCommand(usage, async (args) => {
  const { site } = parseArgs({ args, options: { site: { type: "boolean" } } }).values;
  const fingerprint = await getFingerprint();
  if (site && (await isUpToDate(STAMP, SITE, fingerprint))) return;
  const isWanted = (file: string) => !site || file.startsWith("site/");
  // File systems round times to whole milliseconds or worse.
  const since = Date.now() - 2000;
  const wanted = outputs.filter(({ file }) => isWanted(file));
  const built = await Promise.all(wanted.map(buildOutput));
  const copied = copies.filter(([, to]) => isWanted(to));
  for (const [from, to] of copied) await put(to, await readFile(from));
  const packages = [
    ...built.flatMap(({ packages }) => packages),
    ...copied.flatMap(([from]) => findPackage(from) ?? []),
  ];
  const notices = await writeNotices(packages);
  for (const folder of ["", "site/"].filter(isWanted)) await put(`${folder}${NOTICES}`, notices);
  const shell = await readFile("web/ui/page.html", "utf8");
  for (const { file, app, title, links = [] } of shells) {
    const { parts = [] } = built[wanted.findIndex(({ page }) => page === app)] ?? {};
    const preloads = parts.map((part) => `<link rel="modulepreload" href="${part}" />`);
    const html = shell.replaceAll("{app}", app).replaceAll("{title}", title);
    await put(file, html.replace("{links}", [...links, ...preloads].map((link) => `\n    ${link}`).join("")));
  }
  await removeOlder(site ? SITE : OUTDIR, since);
  for (const [index, { file, budget }] of wanted.entries()) {
    const { bytes = 0 } = built[index] ?? {};
    if (!site) console.log(`${OUTDIR}/${file}  ${bytes} bytes gzipped`);
    if (budget === undefined || bytes <= budget) continue;
    throw new Failure(`${OUTDIR}/${file} may weigh ${budget} bytes.`);
  }
  await writeStamp(STAMP, SITE, fingerprint);
});

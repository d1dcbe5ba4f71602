import { readdirSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { gzip } from "node:zlib";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { getFingerprint, isUpToDate, writeStamp } from "./build-stamp.ts";
import { runCommand } from "./command.ts";
import { writeDeclarations } from "./declarations.ts";
import { cssText, inLanguage, leanHono, ownFiles } from "./esbuild-plugins.ts";
import { Failure } from "./failure.ts";
import { ENGLISH, type Language, readLanguages } from "./languages.ts";
import { MINIFIED, minifyAgain } from "./minify-again.ts";
import { buildStartScript, writeHeaders, writePage, writeStartFile } from "./page-files.ts";
import { findPackage, listBundled, writeNotices } from "./third-party.ts";
import { writeWhole } from "./write-whole.ts";

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
  /** It is built in each language; this is the one. Default: English. */
  readonly tag?: string;
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
  { entry: "web/recap/index.tsx", file: "site/assets/recap-page.js", page: "recap-page", budget: 9 * 1024 },
  { entry: "web/recap/recap.css", file: "site/assets/recap.css" },
  { entry: "web/recap/host.css", file: "site/assets/recap-host.css" },
  { entry: "web/overlay/index.tsx", file: "site/assets/overlay.js", page: "overlay", budget: 22 * 1024 },
  { entry: "web/overlay/overlay.css", file: "site/assets/overlay.css" },
  { entry: "web/host/index.tsx", file: "site/assets/host.js", page: "host" },
  { entry: "web/host/host.css", file: "site/assets/host.css" },
  { entry: "web/deck/index.tsx", file: "site/assets/deck.js", page: "deck" },
  { entry: "web/deck/deck.css", file: "site/assets/deck.css" },
  { entry: "web/docs/index.tsx", file: "site/assets/docs.js", page: "docs", budget: 12 * 1024 },
  { entry: "web/docs/docs.css", file: "site/assets/docs.css" },
  { entry: "web/demo/landing.css", file: "site/assets/landing.css" },
  { entry: "web/demo/deck.css", file: "site/demo/deck.css" },
];

/** What is served or published as it is: [from, to below `dist/`]. */
const PDFJS = "node_modules/pdfjs-dist";
const copies: readonly (readonly [from: string, to: string])[] = [
  ["web/plugin/plugin.yml", "plugin/plugin.yml"],
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
const shells: readonly {
  file: string;
  app: string;
  title: string;
  page?: string;
  src?: string;
  links?: readonly string[];
}[] = [
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
  { file: "site/recap.html", app: "recap", page: "recap-page", src: "/assets/recap.js", title: "Recap" },
  { file: "site/overlay.html", app: "overlay", title: "Overlay" },
  { file: "site/host.html", app: "host", title: "Host" },
  { file: "site/deck.html", app: "deck", title: "Deck" },
  { file: "site/docs.html", app: "docs", title: "API" },
];

/** By how much another language than English may weigh more: terms are longer, and many letters take two bytes. */
const OTHER_BUDGET = 1.1;

/** A script that says something, in each language. What says nothing is built once. */
function inEachLanguage(output: Output, languages: readonly Language[]): Output[] {
  if (!/\.tsx?$/.test(output.entry) || output.entry.startsWith("web/client/")) return [output];
  return languages.map(({ tag }) => {
    if (tag === ENGLISH) return output;
    // Its types are those of English. What a deck loads beside it has a folder, so that its other files find theirs.
    const { types, budget, ...other } = output;
    const file =
      output.page === undefined
        ? output.file.replace("plugin/", `plugin/${tag}/`)
        : output.file.replace(/\.js$/, `.${tag}.js`);
    return {
      ...other,
      file,
      tag,
      ...(budget !== undefined && { budget: Math.floor(budget * OTHER_BUDGET) }),
    };
  });
}

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

async function buildOutput({
  entry,
  file,
  types,
  page,
  options,
  budget,
  tag = ENGLISH,
}: Output): Promise<Built> {
  const target = join(OUTDIR, file);
  const name = `${page}${tag === ENGLISH ? "" : `.${tag}`}`;
  const files: BuildOptions =
    page === undefined
      ? { outfile: target }
      : { outdir: dirname(target), splitting: true, entryNames: name, chunkNames: `${name}-[name]-[hash]` };
  const plugins = [...(common.plugins ?? []), inLanguage(tag)];
  const [{ outputFiles, metafile }] = await Promise.all([
    build({ ...common, ...options, ...files, plugins, entryPoints: [entry], write: false, metafile: true }),
    types && writeDeclarations(entry, OUTDIR, types.packages),
  ]);
  const atOnce = listParts(metafile, target, ["import-statement"]);
  // Of what other pages load when they need it, a file is made too, although nothing leads there.
  const all = listParts(metafile, target, ["import-statement", "dynamic-import"]);
  let bytes = 0;
  for (const { path, text } of outputFiles) {
    if (!all.has(resolve(path))) continue;
    // Of other languages only what is weighed: it takes longer than all the rest of a build.
    const isWorthIt = tag === ENGLISH || (budget !== undefined && atOnce.has(resolve(path)));
    const output = path.endsWith(".css") || !isWorthIt ? text : await minifyAgain(text);
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

/** Writes a file below `dist/`: in one step, since `wrangler dev` serves it meanwhile. */
async function put(file: string, content: string | Buffer): Promise<void> {
  const path = join(OUTDIR, file);
  await mkdir(dirname(path), { recursive: true });
  // Begun beside what is served, and not in it.
  await writeWhole(path, content, { place: join(OUTDIR, `.${file.replaceAll("/", "-")}`) });
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
  const languages = await readLanguages();
  const wanted = outputs
    .filter(({ file }) => isWanted(file))
    .flatMap((output) => inEachLanguage(output, languages));
  const built = await Promise.all(wanted.map(buildOutput));
  const copied = copies.filter(([, to]) => isWanted(to));
  for (const [from, to] of copied) await put(to, await readFile(from));
  // Only now: a build that has nothing to do loads no part of the api.
  const { createOpenApi } = await import("./openapi.ts");
  await put("site/openapi.json", JSON.stringify(await createOpenApi()));
  const packages = [
    ...built.flatMap(({ packages }) => packages),
    ...copied.flatMap(([from]) => findPackage(from) ?? []),
  ];
  const notices = await writeNotices(packages);
  for (const folder of ["", "site/"].filter(isWanted)) await put(`${folder}${NOTICES}`, notices);
  const start = await buildStartScript();
  const offerPage = (name: string) =>
    Object.fromEntries(
      languages.map(({ tag, name: called, dir }) => {
        const index = wanted.findIndex(({ page, tag: built = ENGLISH }) => page === name && built === tag);
        const { file = "" } = wanted[index] ?? {};
        return [
          tag,
          { name: called, dir, files: [file.slice("site".length), ...(built[index]?.parts ?? [])] },
        ];
      }),
    );
  for (const { file, app, title, page = app, src, links } of shells) {
    const started = { offer: offerPage(page), start: src ? { src } : start };
    await put(file, await writePage({ app, title, links, ...started }));
  }
  await put("site/assets/recap.js", writeStartFile(offerPage("recap-page"), start));
  await put("site/_headers", await writeHeaders(start));
  await removeOlder(site ? SITE : OUTDIR, since);
  await removeOlder(MINIFIED, since);
  for (const [index, { file, budget }] of wanted.entries()) {
    const { bytes = 0 } = built[index] ?? {};
    if (!site) console.log(`${OUTDIR}/${file}  ${bytes} bytes gzipped`);
    if (budget === undefined || bytes <= budget) continue;
    throw new Failure(`${OUTDIR}/${file} may weigh ${budget} bytes.`);
  }
  await writeStamp(STAMP, SITE, fingerprint);
});

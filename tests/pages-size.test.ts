import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { cssText, leanHono } from "../scripts/esbuild-plugins.ts";

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ["scripts/build.ts", "--site"]);
});

async function weigh(...files: string[]): Promise<number> {
  const contents = await Promise.all(files.map((file) => readFile(`dist/site/${file}`)));
  return contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).byteLength, 0);
}

/** What a page says of the languages that it speaks. */
const Offer = z.record(z.string(), z.object({ files: z.array(z.string().startsWith("/assets/")).min(1) }));

/** What a page makes a browser load, in English, as the page itself says. */
async function listParts(page: string): Promise<string[]> {
  const html = await readFile(`dist/site/${page}`, "utf8");
  const parts = [...html.matchAll(/href="\/([^"]+\.(?:css|svg))"/g)].flatMap(([, path = ""]) => path);
  const [, offer = ""] = /data-languages='([^']*)'/.exec(html) ?? [];
  const { en } = Offer.parse(JSON.parse(offer));
  return [page, ...parts, ...(en?.files ?? []).map((file) => file.slice(1))];
}

test("the phone page weighs less than 30 KiB in all", async () => {
  const parts = await listParts("join.html");
  expect(parts).toContain("assets/audience.js");
  expect(await weigh(...parts)).toBeLessThan(30 * 1024);
});

test("the overlay of a stream weighs less than 26 KiB in all", async () => {
  const parts = await listParts("overlay.html");
  expect(parts).toContain("assets/overlay.js");
  expect(await weigh(...parts)).toBeLessThan(26 * 1024);
});

test("the plugin weighs less than 37 KiB, either way it is loaded", async () => {
  expect(await weigh("plugin/revint.js")).toBeLessThan(37 * 1024);
  expect(await weigh("plugin/revint.mjs")).toBeLessThan(37 * 1024);
  // What only decks load that ask something.
  expect(await weigh("plugin/revint-activities.js")).toBeLessThan(24 * 1024);
  expect(await weigh("plugin/activities.js")).toBeLessThan(24 * 1024);
  // What speaker view and print load.
  expect(await weigh("plugin/revint-copy.js")).toBeLessThan(24 * 1024);
  expect(await weigh("plugin/copy.js")).toBeLessThan(24 * 1024);
});

test("whatever is bundled or copied from others is named beside it, with its licence", async () => {
  const scripts = ["client/index.ts", "plugin/index.ts", "plugin/script.ts", "plugin/activities.ts"];
  const pages = ["audience", "stage", "results", "recap", "overlay", "host"].map(
    (page) => `${page}/index.tsx`,
  );
  const { metafile } = await build({
    entryPoints: [...scripts, ...pages].map((file) => `web/${file}`),
    ...{ bundle: true, format: "esm", platform: "browser", splitting: true, outdir: "dist/none" },
    ...{ write: false, metafile: true, plugins: [cssText, leanHono] },
  });
  const bundled = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => {
      const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
      return name !== undefined && bytesInOutput > 0 ? [name] : [];
    }),
  );
  const names = new Set([...bundled, "reveal.js", "pdfjs-dist"]);
  expect(names).toContain("hono");
  expect(names).toContain("d3-cloud");
  const notices = await readFile("dist/site/THIRD-PARTY-LICENSES.txt", "utf8");
  const named = [...notices.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \(/gm)].map(([, name]) => name);
  expect(new Set(named)).toEqual(names);
  // What pdf.js hands on of others has their licences beside it.
  const ofPdfjs = await readdir("dist/site/pdfjs", { recursive: true });
  for (const name of ["FOXIT", "LIBERATION"]) expect(ofPdfjs).toContain(`standard_fonts/LICENSE_${name}`);
  for (const name of ["OPENJPEG", "JBIG2", "QCMS"]) expect(ofPdfjs).toContain(`wasm/LICENSE_${name}`);
  expect(ofPdfjs).toContain("iccs/LICENSE");
  expect(ofPdfjs.filter((file) => /quickjs/i.test(file))).toEqual([]);
});

/** So many kinds of pages have a policy of their own (`web/_headers`). */
const PAGE_POLICIES = 4;

test("no page names another origin, an inline style, or an inline script that its policy does not know", async () => {
  const policies = await readFile("dist/site/_headers", "utf8");
  for (const page of [
    "index.html",
    "404.html",
    "join.html",
    "stage.html",
    "results.html",
    "recap.html",
    "overlay.html",
    "host.html",
    "demo.html",
  ]) {
    const html = await readFile(`dist/site/${page}`, "utf8");
    expect(html).not.toMatch(/<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?\/\//);
    const inline = /<script>(.*?)<\/script>/gs;
    for (const [, script = ""] of html.matchAll(inline)) {
      const hash = createHash("sha256").update(script).digest("base64");
      expect(policies.split(`script-src 'self' 'sha256-${hash}'`)).toHaveLength(1 + PAGE_POLICIES);
    }
    expect(html.replace(inline, "")).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  }
});

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ["scripts/build.ts", "--site"]);
});

async function weigh(...files: string[]): Promise<number> {
  const contents = await Promise.all(files.map((file) => readFile(`dist/site/${file}`)));
  return contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).byteLength, 0);
}

/** What a page makes a browser load, as the page itself says. */
async function listParts(page: string): Promise<string[]> {
  const html = await readFile(`dist/site/${page}`, "utf8");
  const parts = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css|svg))"/g)].flatMap(
    ([, path = ""]) => path,
  );
  return [page, ...parts];
}

test("the phone page weighs less than 30 KiB in all", async () => {
  const parts = await listParts("join.html");
  expect(parts).toContain("assets/audience.js");
  expect(await weigh(...parts)).toBeLessThan(30 * 1024);
});

test("the plugin weighs less than 36 KiB, either way it is loaded", async () => {
  expect(await weigh("plugin/revint.js")).toBeLessThan(36 * 1024);
  expect(await weigh("plugin/revint.mjs")).toBeLessThan(36 * 1024);
  // What only decks load that ask something.
  expect(await weigh("plugin/revint-activities.js")).toBeLessThan(24 * 1024);
  expect(await weigh("plugin/activities.js")).toBeLessThan(24 * 1024);
});

test("no page names another origin, an inline script or an inline style", async () => {
  for (const page of ["index.html", "404.html", "join.html", "stage.html", "results.html", "demo.html"]) {
    const html = await readFile(`dist/site/${page}`, "utf8");
    expect(html).not.toMatch(/<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?\/\//);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  }
});

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import type { Offer } from "../web/ui/language/offer.ts";

/** A page that is drawn by its script. */
export interface PageFile {
  /** Names its style. */
  readonly app: string;
  /** In English, until its script says it. */
  readonly title: string;
  /** The languages it speaks, and its script in each. */
  readonly offer: Offer;
}

/** The script that chooses a page's language. It stands in the page, where its policy knows it by its hash. */
export async function buildStartScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["web/ui/language/start.ts"],
    ...{ bundle: true, minify: true, format: "iife", target: "es2022", charset: "utf8", write: false },
  });
  return outputFiles.map(({ text }) => text.trim()).join("");
}

/** All pages are `web/ui/page.html` with their own words in it. */
export async function writePage({ app, title, offer }: PageFile, start: string): Promise<string> {
  const shell = await readFile("web/ui/page.html", "utf8");
  return fill(shell, { app, title, languages: toAttribute(offer), start });
}

/** For pages that are made elsewhere, such as a published recap: a file that does the same. */
export const writeStartFile = (offer: Offer, start: string): string =>
  `document.documentElement.dataset.languages=${JSON.stringify(JSON.stringify(offer))};${start}\n`;

/** What is sent with every page: its policy lets in this one script and no other that stands in a page. */
export async function writeHeaders(start: string): Promise<string> {
  const hash = createHash("sha256").update(start).digest("base64");
  return fill(await readFile("web/_headers", "utf8"), { start: `'sha256-${hash}'` });
}

/** Puts these texts where their names stand in braces. As they are: no `$` in them means anything. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (found, name) => values[name] ?? found);
}

/** An apostrophe would end the attribute, and these would begin something else. */
const toAttribute = (value: object): string =>
  JSON.stringify(value).replace(/[&<>']/g, (character) => `&#${character.charCodeAt(0)};`);

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { build } from "esbuild";

/** The languages that a page speaks, by tag: what `web/ui/language/offer.ts` reads. */
export type Offer = Readonly<
  Record<string, { readonly name: string; readonly dir: string; readonly files: readonly string[] }>
>;

/** A page that is drawn by its script. */
export interface PageFile {
  /** Names its style. */
  readonly app: string;
  /** In English, until its script says it. */
  readonly title: string;
  /** What else stands in its head, an element each. */
  readonly links?: readonly string[] | undefined;
  /** The languages it speaks, and its script in each. */
  readonly offer: Offer;
  /** The script that chooses one: its text, or where a page has no script in it, its address. */
  readonly start: string | { readonly src: string };
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
export async function writePage({ app, title, links = [], offer, start }: PageFile): Promise<string> {
  const shell = await readFile("web/ui/page.html", "utf8");
  const script =
    typeof start === "string"
      ? `<script>${start}</script>`
      : `<script type="module" src="${start.src}"></script>`;
  return fill(shell.replace("<!-- {script} -->", "{script}"), {
    ...{ app, title, script },
    links: links.map((link) => `\n    ${link}`).join(""),
    languages: toAttribute(offer),
  });
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

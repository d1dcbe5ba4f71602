import type { Browser } from "playwright-core";
import { DeckAnswer, DeckUpload } from "../shared/protocol/host/deck.schema.ts";
import { read } from "./deployment.ts";
import type { TalkHost } from "./talk-host.ts";

/** A real PDF, as a browser prints it: a landscape page for each of these. */
export async function printPdf(browser: Browser, pages: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const page = await browser.newPage();
  const style = "section + section { break-before: page } h1 { font: 700 60px sans-serif }";
  await page.setContent(
    `<style>${style}</style>${pages.map((html) => `<section>${html}</section>`).join("")}`,
  );
  const pdf = await page.pdf({ width: "1280px", height: "720px", printBackground: true });
  await page.close();
  return new Uint8Array(pdf);
}

/** Uploads a deck as its host would. @returns its id */
export async function uploadDeck(
  host: TalkHost,
  deck: { title: string; kind: "pdf" | "markdown"; pages?: number },
  content: Uint8Array<ArrayBuffer>,
  pictures: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {},
): Promise<string> {
  const json = { ...deck, bytes: content.length };
  const { deck: made, partBytes } = await read(DeckUpload, await host.request("POST", "decks", { json }));
  const path = `decks/${made.id}`;
  for (const [name, picture] of Object.entries(pictures)) {
    await read(DeckUpload, await host.request("PUT", `${path}/files/${name}`, { body: picture }));
  }
  for (let from = 0, number = 1; from < content.length; from += partBytes, number++) {
    const body = content.slice(from, from + partBytes);
    await read(DeckUpload, await host.request("PUT", `${path}/parts/${number}`, { body }));
  }
  await read(DeckAnswer, await host.request("POST", `${path}/done`));
  return made.id;
}

import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { crc32, createDeflate, createGzip } from "node:zlib";
import { expect, test } from "vitest";
import { DeckUpload } from "../shared/protocol/host/deck.schema.ts";
import { PROJECTOR, type Scene, setScene } from "./browser.ts";
import { read, readProblem } from "./deployment.ts";
import { uploadDeck } from "./host-deck.ts";
import { makePdf, writePage } from "./made-pdf.ts";
import { TalkHost } from "./talk-host.ts";

/* What is small when it is sent and large when it is unpacked: nothing of ours unpacks it, or is stopped by it. */

let { revint, visit } = {} as Scene;
setScene((scene) => ({ revint, visit } = scene));

const MB = 2 ** 20;

/** So many megabytes of one byte, never in memory at once. */
function* fill(megabytes: number, byte: number): Generator<Buffer> {
  const one = Buffer.alloc(MB, byte);
  for (let count = 0; count < megabytes; count++) yield one;
}

const deflate = (chunks: Iterable<Buffer>) => buffer(Readable.from(chunks).pipe(createDeflate({ level: 9 })));
const gzip = (chunks: Iterable<Buffer>) => buffer(Readable.from(chunks).pipe(createGzip({ level: 9 })));

/** A black PNG of so many pixels each way, of one bit each. */
async function drawPng(side: number): Promise<Uint8Array<ArrayBuffer>> {
  const row = 1 + Math.ceil(side / 8);
  const chunk = (type: string, content: Buffer) => {
    const named = Buffer.concat([Buffer.from(type, "latin1"), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  const rows = Array.from({ length: side }, () => Buffer.alloc(row));
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  const body = [chunk("IHDR", head), chunk("IDAT", await deflate(rows)), chunk("IEND", Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([signature, ...body]));
}

test("a picture of some kilobytes and billions of pixels is refused, and a large one is not", async () => {
  const host = await TalkHost.signUp(revint);
  const json = { title: "Picture", kind: "markdown", bytes: 5 };
  const { deck } = await read(DeckUpload, await host.request("POST", "decks", { json }));
  const put = async (body: Uint8Array<ArrayBuffer>) =>
    host.request("PUT", `decks/${deck.id}/files/a.png`, { body });
  const bomb = await drawPng(50_000);
  expect(bomb.length).toBeLessThan(MB);
  expect(await readProblem(await put(bomb))).toMatchObject({
    code: "deck_not_valid",
    detail: "a.png has more than 64 million pixels: make it smaller",
  });
  expect((await put(await drawPng(8000))).status).toBe(200);
});

test("what is sent compressed is not unpacked, however small it was", async () => {
  const host = await TalkHost.signUp(revint);
  const bomb = new Uint8Array(await gzip(fill(200, 0x20)));
  const headers = { "content-encoding": "gzip", "content-type": "application/json" };
  for (const path of ["decks", "talks", "sign-in"]) {
    const answer = await host.request("POST", path, { body: bomb, headers });
    expect(["invalid_request", "too_large"], path).toContain((await readProblem(answer)).code);
  }
  const json = { title: "Text", kind: "markdown", bytes: bomb.length };
  const { deck } = await read(DeckUpload, await host.request("POST", "decks", { json }));
  await host.request("PUT", `decks/${deck.id}/parts/1`, {
    body: bomb,
    headers: { "content-encoding": "gzip" },
  });
  // Its bytes are no text: as they were sent, and not as they would be.
  const done = await host.request("POST", `decks/${deck.id}/done`);
  const { code, detail } = await readProblem(done);
  expect([code, detail]).toEqual(["deck_not_valid", "this is no text: save it as Markdown, in UTF-8"]);
});

test("a page of a PDF that unpacks to a thousand times its size keeps nobody from the others", async () => {
  const host = await TalkHost.signUp(revint);
  const bomb = await deflate(fill(200, 0x0a));
  const picture = await deflate(fill(100, 0));
  const image = `q 960 0 0 540 0 0 cm BI /W 30000 /H 28000 /BPC 1 /CS /G /F /Fl ID ${picture.toString("latin1")} EI Q`;
  const pages = [writePage("First"), { deflated: bomb.toString("latin1") }, image, writePage("Last")];
  const pdf = makePdf({ pages });
  expect(pdf.length).toBeLessThan(MB);
  const id = await uploadDeck(host, { title: "Bomb", kind: "pdf", pages: 4 }, new Uint8Array(pdf));
  const deck = await visit.open(`/deck/${id}`, PROJECTOR);
  const crashed: string[] = [];
  deck.on("crash", () => crashed.push("crashed"));
  const shown = (heading: string) =>
    deck.locator("section.present").filter({ has: deck.locator("canvas[data-drawn]"), hasText: heading });
  await shown("First").waitFor({ timeout: 120_000 });
  for (let page = 1; page < 4; page++) await deck.keyboard.press("ArrowRight");
  await shown("Last").waitFor({ timeout: 120_000 });
  expect(crashed).toEqual([]);
  expect(visit.complaints).toEqual([]);
});

import { expect, test } from "vitest";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { PdfError } from "../../ui/pdf-error.ts";
import { RefusedDeck, readChosenDeck } from "./chosen-deck.ts";
import type { PdfFacts } from "./pdf-facts.ts";

const PNG = "\x89PNG\r\n\x1a\n....";

const createFile = (name: string, content: string, size?: number): File => {
  const bytes = Uint8Array.from(content, (letter) => letter.charCodeAt(0));
  const file = new File([bytes], name);
  // Nobody has to fill so much memory to see how large a file is.
  if (size !== undefined) Object.defineProperty(file, "size", { value: size });
  return file;
};

const pdf = (name = "slides.pdf", size?: number) => createFile(name, "%PDF-1.7 …", size);
const open = async (): Promise<PdfFacts> => ({ pages: 12, title: "" });

/** Why it is refused, and about which file. */
async function refusal(files: readonly File[], read = open): Promise<readonly [string, string]> {
  const error = await readChosenDeck(files, read).catch((thrown: unknown) => thrown);
  if (!(error instanceof RefusedDeck)) throw new Error("it was taken");
  return [error.reason, error.file];
}

test("a PDF is called what it calls itself, or else as its file is", async () => {
  const titled = (title: string) => readChosenDeck([pdf("My_talk 2.PDF")], async () => ({ pages: 3, title }));
  expect(await titled("  Waves\n and tides ")).toMatchObject({
    ...{ kind: "pdf", title: "Waves and tides", pages: 3, pictures: [] },
  });
  for (const useless of ["", "Microsoft PowerPoint - x", "Untitled", "talk.pptx", "Presentation1"]) {
    expect(await titled(useless)).toMatchObject({ title: "My talk 2" });
  }
});

test("a PDF is told from every other one by its SHA-256, computed before anything else has its bytes", async () => {
  const opened: number[] = [];
  const read = (content: string) =>
    readChosenDeck([createFile("slides.pdf", content)], async (bytes) => {
      opened.push(bytes.length);
      // As a worker takes them over.
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      return { pages: 3, title: "" };
    });
  const [one, same, other] = [await read("%PDF-1"), await read("%PDF-1"), await read("%PDF-2")];
  expect(one.digest).toMatch(/^[\da-f]{64}$/);
  expect(same.digest).toBe(one.digest);
  expect(other.digest).not.toBe(one.digest);
  expect(opened).toEqual([6, 6, 6]);
});

test("a PDF is known by what is in it, whatever its name says", async () => {
  expect(await readChosenDeck([pdf("slides")], open)).toMatchObject({ kind: "pdf", title: "slides" });
  expect(await refusal([createFile("slides.pdf", "<html>")])).toEqual(["notPdf", "slides.pdf"]);
});

test("Markdown takes its pictures along, and its first heading for a title", async () => {
  const picture = createFile("a picture.png", PNG);
  const text = createFile("talk.md", "Hello\n\n## **Waves** and `tides` ##\n");
  expect(await readChosenDeck([picture, text], open)).toMatchObject({
    ...{ kind: "markdown", title: "Waves and tides", file: text, pictures: [picture] },
  });
  for (const name of ["talk.markdown", "talk.txt"]) {
    expect(await readChosenDeck([createFile(name, "Hello")], open)).toMatchObject({ title: "talk" });
  }
});

test("a picture may be called so in every script", async () => {
  const pictures = ["รูปที่ 1.png", "चित्र.png"].map((name) => createFile(name, PNG));
  const chosen = await readChosenDeck([createFile("talk.md", "# Hello"), ...pictures], open);
  expect(chosen.pictures).toEqual(pictures);
});

test("what is no deck is refused before anything of it is sent", async () => {
  const text = createFile("talk.md", "# Hello");
  const picture = createFile("one.png", PNG);
  expect(await refusal([createFile("talk.pptx", "PK")])).toEqual(["presentation", "talk.pptx"]);
  expect(await refusal([createFile("talk.key", "PK")])).toEqual(["presentation", "talk.key"]);
  expect(await refusal([createFile("talk.docx", "PK")])).toEqual(["unknown", "talk.docx"]);
  expect(await refusal([picture, createFile("x.zip", "PK")])).toEqual(["unknown", "x.zip"]);
  expect(await refusal([picture])).toEqual(["noText", ""]);
  expect(await refusal([pdf(), pdf("other.pdf")])).toEqual(["several", ""]);
  expect(await refusal([pdf(), text])).toEqual(["several", ""]);
  expect(await refusal([pdf(), picture])).toEqual(["several", ""]);
  expect(await refusal([createFile("talk.md", "")])).toEqual(["empty", "talk.md"]);
  expect(await refusal([text, createFile("x.svg", "<svg>")])).toEqual(["noPicture", "x.svg"]);
  expect(await refusal([text, createFile("shot (1).png", PNG)])).toEqual(["pictureName", "shot (1).png"]);
});

test("what is too large, or has too many pages, is refused", async () => {
  const text = createFile("talk.md", "# Hello");
  const picture = (name: string, size?: number) => createFile(name, PNG, size);
  const pictures = (count: number) => Array.from({ length: count }, (_, index) => picture(`p${index}.png`));
  expect(await refusal([pdf("x.pdf", LIMITS.deckBytes + 1)])).toEqual(["large", "x.pdf"]);
  expect(await readChosenDeck([pdf("x.pdf", LIMITS.deckBytes)], open)).toMatchObject({ kind: "pdf" });
  expect(await refusal([createFile("x.md", "#", LIMITS.markdownBytes + 1)])).toEqual(["largeText", "x.md"]);
  expect(await refusal([text, picture("x.png", LIMITS.deckFileBytes + 1)])).toEqual([
    ...["largePicture", "x.png"],
  ]);
  expect(await refusal([text, ...pictures(LIMITS.deckFiles + 1)])).toEqual(["manyPictures", ""]);
  expect((await readChosenDeck([text, ...pictures(LIMITS.deckFiles)], open)).pictures).toHaveLength(
    LIMITS.deckFiles,
  );
  const long = async () => ({ pages: LIMITS.deckPages + 1, title: "" });
  expect(await refusal([pdf()], long)).toEqual(["manyPages", "slides.pdf"]);
});

test("a PDF that can't be read says why", async () => {
  for (const [obstacle, told] of [
    ["password", "protected"],
    ["broken", "broken"],
    ["unreachable", "missing"],
  ] as const) {
    const fail = () => Promise.reject(new PdfError(obstacle));
    expect(await refusal([pdf()], fail)).toEqual([told, "slides.pdf"]);
  }
});

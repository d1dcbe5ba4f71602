import type { DeckKind } from "../../../shared/protocol/host/deck.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { PdfError, type PdfObstacle } from "../../ui/pdf-error.ts";
import type { host } from "../../words/en.ts";
import { getDigest } from "./digest.ts";
import { type PdfFacts, readPdf } from "./pdf-facts.ts";

/** A deck as somebody has picked it from their computer, looked at and found good. */
export interface ChosenDeck {
  readonly kind: DeckKind;
  readonly title: string;
  readonly file: File;
  /** Of a PDF. */
  readonly pages?: number;
  /** Of a PDF, where this browser can compute it. */
  readonly digest?: string | undefined;
  /** Of Markdown: what comes along. */
  readonly pictures: readonly File[];
}

export type Reason = keyof typeof host.decks.upload.refused;

/** Why what was picked is no deck: before anything of it is sent. */
export class RefusedDeck extends Error {
  override readonly name = "RefusedDeck";
  readonly reason: Reason;
  /** The name of the file that it is about. */
  readonly file: string;

  constructor(reason: Reason, file = "") {
    super(`${reason} ${file}`);
    this.reason = reason;
    this.file = file;
  }
}

/** What to tell about a PDF that can't be opened here; what it takes to open any may not have come over the network. */
const OBSTACLES: Readonly<Record<PdfObstacle, Reason>> = {
  password: "protected",
  broken: "broken",
  missing: "missing",
  unreachable: "missing",
};

/** What browsers draw and can't run, by the bytes it begins with. The service looks again. */
const PICTURES: readonly RegExp[] = [
  /^\x89PNG\r\n/,
  /^\xff\xd8\xff/,
  /^GIF8/,
  /^RIFF[\s\S]{4}WEBP/,
  /^[\s\S]{4}ftypavi[fs]/,
];
/** Names that programs give to presentations which they can export as PDF. */
const PRESENTATION = /\.(pptx?|pptm|ppsx?|potx?|key|odp|gslides)$/i;
const MARKDOWN = /\.(md|markdown|txt)$/i;
const PDF = /\.pdf$/i;
const PICTURE = /\.(png|jpe?g|gif|webp|avif|svg|heic|bmp|tiff?)$/i;
/** What Markdown calls a picture: as the service takes it. */
const PICTURE_NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .-]*$/u;
/** A PDF begins within so many bytes. */
const HEAD_BYTES = 1024;

/**
 * What was picked at once, as one deck: a PDF, or Markdown with its pictures.
 * @param open counts a PDF's pages @throws RefusedDeck
 */
export async function readChosenDeck(
  files: readonly File[],
  open: (content: Uint8Array) => Promise<PdfFacts> = readPdf,
): Promise<ChosenDeck> {
  const presentation = files.find(({ name }) => PRESENTATION.test(name));
  if (presentation) throw new RefusedDeck("presentation", presentation.name);
  const heads = new Map<File, string>();
  for (const file of files) heads.set(file, await readHead(file));
  const headOf = (file: File) => heads.get(file) ?? "";
  const isPdf = (file: File) => PDF.test(file.name) || headOf(file).startsWith("%PDF-");
  const [deck, ...others] = files.filter((file) => isPdf(file) || MARKDOWN.test(file.name));
  if (!deck) throw refuseWithoutDeck(files, headOf);
  const pictures = files.filter((file) => file !== deck);
  if (others.length > 0 || (isPdf(deck) && pictures.length > 0)) throw new RefusedDeck("several");
  if (deck.size === 0) throw new RefusedDeck("empty", deck.name);
  if (isPdf(deck)) {
    if (!headOf(deck).includes("%PDF-")) throw new RefusedDeck("notPdf", deck.name);
    return readPdfDeck(deck, open);
  }
  if (pictures.length > LIMITS.deckFiles) throw new RefusedDeck("manyPictures");
  for (const picture of pictures) checkPicture(picture, headOf(picture));
  return readMarkdown(deck, pictures);
}

/** Pictures need what shows them; of all else, the first one is named. */
function refuseWithoutDeck(files: readonly File[], headOf: (file: File) => string): RefusedDeck {
  const other = files.find((file) => !PICTURE.test(file.name) && !isPicture(headOf(file)));
  return other ? new RefusedDeck("unknown", other.name) : new RefusedDeck("noText");
}

async function readPdfDeck(
  file: File,
  open: (content: Uint8Array) => Promise<PdfFacts>,
): Promise<ChosenDeck> {
  if (file.size > LIMITS.deckBytes) throw new RefusedDeck("large", file.name);
  const content = new Uint8Array(await read(file, file.name));
  // Before it is opened: its bytes are handed over then.
  const digest = await getDigest(content);
  const { pages, title } = await open(content).catch((error: unknown) => {
    throw new RefusedDeck(error instanceof PdfError ? OBSTACLES[error.obstacle] : "broken", file.name);
  });
  if (pages > LIMITS.deckPages) throw new RefusedDeck("manyPages", file.name);
  const named = nameDeck(isUseful(title) ? title : "", file);
  return { kind: "pdf", title: named, file, pages, digest, pictures: [] };
}

async function readMarkdown(file: File, pictures: readonly File[]): Promise<ChosenDeck> {
  if (file.size > LIMITS.markdownBytes) throw new RefusedDeck("largeText", file.name);
  const text = new TextDecoder().decode(await read(file, file.name));
  const [, heading = ""] = /^#{1,3}[ \t]+(.+?)[ \t#]*$/m.exec(text) ?? [];
  return { kind: "markdown", title: nameDeck(heading.replaceAll(/[*_`]/g, ""), file), file, pictures };
}

function checkPicture(file: File, head: string): void {
  const name = getPictureName(file);
  if (!isPicture(head)) throw new RefusedDeck("noPicture", file.name);
  if (file.size > LIMITS.deckFileBytes) throw new RefusedDeck("largePicture", file.name);
  if (!PICTURE_NAME.test(name) || name.length > LIMITS.deckFileNameLength) {
    throw new RefusedDeck("pictureName", file.name);
  }
}

/** Some systems write an "ü" as two characters, and no Markdown does. */
export const getPictureName = ({ name }: File): string => name.normalize("NFC");

const isPicture = (head: string): boolean => PICTURES.some((begin) => begin.test(head));

/** As a text of one character a byte. */
async function readHead(file: File): Promise<string> {
  return String.fromCharCode(...new Uint8Array(await read(file.slice(0, HEAD_BYTES), file.name)));
}

/** A file that was moved meanwhile, or is a folder, can't be read. @throws RefusedDeck */
async function read(content: Blob, name: string): Promise<ArrayBuffer> {
  try {
    return await content.arrayBuffer();
  } catch {
    throw new RefusedDeck("unreadable", name);
  }
}

/** Programs write their own name there, or that of a file. */
const isUseful = (title: string): boolean =>
  !/^\s*(untitled|about:|microsoft|powerpoint|presentation\d*\s*$|slide 1\s*$)/i.test(title) &&
  !/\.\w{2,5}\s*$/.test(title);

/** The title that a deck gives itself, or else its file's name. */
function nameDeck(given: string, { name }: File): string {
  const title = toTitle(given) || toTitle(name.replace(/\.\w+$/, "").replaceAll("_", " "));
  return title || "Deck";
}

/** In one line, without what can't be seen, and not longer than a title may be. */
export const toTitle = (text: string): string =>
  [
    ...text
      .toWellFormed()
      .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
      .trim(),
  ]
    .slice(0, LIMITS.nameLength / 2)
    .join("");

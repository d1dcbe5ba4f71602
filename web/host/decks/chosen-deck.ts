import type { DeckKind } from "../../../shared/protocol/host/deck.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { openPdf, PdfError } from "../../ui/pdf.ts";
import type { host } from "../../words/en.ts";

/** A deck as somebody has picked it from their computer, looked at and found good. */
export interface ChosenDeck {
  readonly kind: DeckKind;
  readonly title: string;
  readonly file: File;
  /** Of a PDF. */
  readonly pages?: number;
  /** Of Markdown: what comes along. */
  readonly pictures: readonly File[];
}

export type Reason = keyof typeof host.decks.upload.refused;

/** Why what was picked is no deck: before anything of it is sent. */
export class RefusedDeck extends Error {
  override readonly name = "RefusedDeck";
  readonly reason: Reason;
  /** The file that it is about. */
  readonly file: string;

  constructor(reason: Reason, file = "") {
    super(`${reason} ${file}`);
    this.reason = reason;
    this.file = file;
  }
}

/** What browsers draw and can't run, by the bytes it begins with. The service looks again. */
const PICTURES: readonly RegExp[] = [
  /^\x89PNG\r\n/,
  /^\xff\xd8\xff/,
  /^GIF8/,
  /^RIFF[\s\S]{4}WEBP/,
  /^[\s\S]{4}ftypavi[fs]/,
];
/** Names that programs give to presentations which they can export as PDF. */
const PRESENTATION = /\.(pptx?|ppsx?|key|odp)$/i;
const MARKDOWN = /\.(md|markdown|mdown)$/i;
/** A PDF begins within so many bytes. */
const HEAD_BYTES = 1024;

/**
 * What was picked at once, as one deck: a PDF, or Markdown with its pictures.
 * @throws RefusedDeck, and PdfError where pdf.js can't be loaded
 */
export async function readChosenDeck(files: readonly File[]): Promise<ChosenDeck> {
  const heads = new Map<File, string>();
  for (const file of files) heads.set(file, await readHead(file));
  const headOf = (file: File) => heads.get(file) ?? "";
  const presentation = files.find(({ name }) => PRESENTATION.test(name));
  if (presentation) throw new RefusedDeck("presentation", presentation.name);
  const isPdf = (file: File) => headOf(file).includes("%PDF-");
  const decks = files.filter((file) => isPdf(file) || MARKDOWN.test(file.name));
  const [deck] = decks;
  if (!deck) throw new RefusedDeck(files.some(isPictureName) ? "noText" : "unknown", files[0]?.name);
  if (decks.length > 1) throw new RefusedDeck("several");
  if (deck.size === 0) throw new RefusedDeck("empty", deck.name);
  const pictures = files.filter((file) => file !== deck);
  if (isPdf(deck)) {
    if (pictures.length > 0) throw new RefusedDeck("several");
    return readPdf(deck);
  }
  for (const picture of pictures) checkPicture(picture, headOf(picture));
  if (pictures.length > LIMITS.deckFiles) throw new RefusedDeck("manyPictures");
  return readMarkdown(deck, pictures);
}

async function readPdf(file: File): Promise<ChosenDeck> {
  if (file.size > LIMITS.deckBytes) throw new RefusedDeck("large", file.name);
  const { pdf, destroy } = await openFile(file);
  try {
    const pages = pdf.numPages;
    if (pages > LIMITS.deckPages) throw new RefusedDeck("manyPages", file.name);
    const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
    const given = "Title" in info && typeof info.Title === "string" ? info.Title : "";
    return { kind: "pdf", title: nameDeck(isUseful(given) ? given : "", file), file, pages, pictures: [] };
  } finally {
    destroy();
  }
}

async function openFile(file: File) {
  try {
    return await openPdf({ data: new Uint8Array(await file.arrayBuffer()) });
  } catch (error) {
    if (!(error instanceof PdfError)) throw new RefusedDeck("unreadable", file.name);
    if (error.obstacle === "password") throw new RefusedDeck("password", file.name);
    if (error.obstacle === "unreachable") throw error;
    throw new RefusedDeck("broken", file.name);
  }
}

async function readMarkdown(file: File, pictures: readonly File[]): Promise<ChosenDeck> {
  if (file.size > LIMITS.markdownBytes) throw new RefusedDeck("largeText", file.name);
  const text = await file.text();
  const [, heading = ""] = /^#{1,3}[ \t]+(.+?)[ \t#]*$/m.exec(text) ?? [];
  return { kind: "markdown", title: nameDeck(heading.replaceAll(/[*_`]/g, ""), file), file, pictures };
}

function checkPicture(file: File, head: string): void {
  if (!PICTURES.some((begin) => begin.test(head))) throw new RefusedDeck("noPicture", file.name);
  if (file.size > LIMITS.deckFileBytes) throw new RefusedDeck("largePicture", file.name);
}

const isPictureName = ({ name }: File): boolean => /\.(png|jpe?g|gif|webp|avif|svg)$/i.test(name);

/** As a text of one character a byte. A file that was moved meanwhile, or is a folder, can't be read. */
async function readHead(file: File): Promise<string> {
  try {
    return String.fromCharCode(...new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  } catch {
    throw new RefusedDeck("unreadable", file.name);
  }
}

/** Programs write their own name there, or that of a file. */
const isUseful = (title: string): boolean =>
  !/^\s*(untitled|microsoft|powerpoint|presentation\d*\s*$|slide 1\s*$)/i.test(title) &&
  !/\.\w{2,5}\s*$/.test(title);

/** The title that a deck gives itself, or else its file's name. */
function nameDeck(given: string, { name }: File): string {
  const plain = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  const title = plain(given) || plain(name.replace(/\.\w+$/, "").replaceAll("_", " ")) || "Deck";
  return [...title].slice(0, LIMITS.nameLength / 2).join("");
}

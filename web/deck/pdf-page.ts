import type { PageViewport, PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";
import { loadPdfjs } from "../ui/pdf.ts";
import { deck as words } from "../words/en.ts";
import { findPageTitle } from "./page-title.ts";

/** What a slide has room for, in its own units. */
export interface SlideSize {
  readonly width: number;
  readonly height: number;
}

/** A page's picture has no more pixels, on any screen: about those of a 4K one. */
const MOST_PIXELS = 3840 * 2160;

/** Links of a page lead there and nowhere else. */
const LINK = /^https?:\/\//i;

/** One page of a PDF, on its slide: drawn when it is needed, and let go when it is not. */
export class PdfPage {
  readonly slide: HTMLElement;
  readonly #pdf: PDFDocumentProxy;
  readonly #number: number;
  readonly #size: SlideSize;
  /** Of what is being drawn: aborted, once it is not needed any more. */
  #turn: AbortController | undefined;
  #canvas: HTMLCanvasElement | undefined;
  /** Pixels of each unit of the slide, of what is drawn. */
  #density = 0;
  #isBroken = false;
  #remark: string | undefined;

  /** @param number from 1 */
  constructor(pdf: PDFDocumentProxy, number: number, size: SlideSize, name: string) {
    this.#pdf = pdf;
    this.#number = number;
    this.#size = size;
    this.slide = document.createElement("section");
    this.slide.className = "page";
    this.setTitle(name);
  }

  /** What phones show, and screen readers say first. */
  setTitle(title: string): void {
    this.slide.dataset.revintTitle = title;
    this.slide.ariaLabel = title;
  }

  /** What the page calls itself; `undefined` where it has no words. */
  async readTitle(): Promise<string | undefined> {
    const page = await this.#pdf.getPage(this.#number);
    const viewport = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const texts = items.flatMap((item) => {
      if (!("str" in item)) return [];
      const [, , c = 0, d = 0, e = 0, f = 0]: number[] = item.transform;
      const [x = 0, y = 0]: number[] = viewport.convertToViewportPoint(e, f);
      return { text: item.str, size: Math.hypot(c, d), x, y };
    });
    return findPageTitle(texts, viewport.height);
  }

  /** Whether nothing is left to do for it: it is there, about as sharp as this, or can't be drawn. */
  isDone(density: number): boolean {
    if (this.#isBroken) return true;
    return this.#canvas !== undefined && this.#density >= density * 0.95 && this.#density <= density * 2.1;
  }

  /**
   * Draws it; where that can't be done, its slide says so.
   * @param density pixels of each unit of the slide. Resolves also where it was called off meanwhile
   */
  async draw(density: number): Promise<void> {
    this.cancel();
    const turn = new AbortController();
    this.#turn = turn;
    const isOff = new Promise<void>((resolve) =>
      turn.signal.addEventListener("abort", () => resolve(), { once: true }),
    );
    // What is missing of the file may take for ever to come: whoever goes on does not wait for it.
    await Promise.race([this.#drawSheet(density, turn.signal).catch(() => this.#giveUp(turn.signal)), isOff]);
  }

  async #drawSheet(density: number, signal: AbortSignal): Promise<void> {
    const page = await this.#pdf.getPage(this.#number);
    const canvas = await this.#drawCanvas(page, density, signal);
    const sheet = canvas && !this.#canvas ? await this.#createSheet(page) : undefined;
    if (!canvas || signal.aborted) return free(canvas);
    if (sheet) {
      sheet.prepend(canvas);
      this.slide.replaceChildren(sheet);
    }
    this.#canvas?.replaceWith(canvas);
    canvas.dataset.drawn = "";
    free(this.#canvas);
    this.#canvas = canvas;
    this.#density = density;
  }

  /** Its picture, for print: compressed, since all pages are there at once. Where it can't be drawn, words take its place. */
  async drawPicture(density: number): Promise<void> {
    const { signal } = new AbortController();
    await this.#printSheet(density, signal).catch(() => this.#giveUp(signal));
  }

  async #printSheet(density: number, signal: AbortSignal): Promise<void> {
    const page = await this.#pdf.getPage(this.#number);
    const canvas = await this.#drawCanvas(page, density, signal);
    if (!canvas) return;
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
    free(canvas);
    if (!blob) throw new Error("the browser made no picture of it");
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = URL.createObjectURL(blob);
    const sheet = await this.#createSheet(page);
    sheet.prepend(picture);
    this.slide.replaceChildren(sheet);
    await picture.decode();
    page.cleanup();
  }

  /** What is drawn of it at this moment is not needed any more. */
  cancel(): void {
    this.#turn?.abort();
    this.#turn = undefined;
  }

  /** Takes its picture and text out of memory, and forgets that it could not be drawn. */
  async release(): Promise<void> {
    this.cancel();
    this.#isBroken = false;
    this.#remark = undefined;
    this.slide.replaceChildren();
    if (!this.#canvas) return;
    free(this.#canvas);
    this.#canvas = undefined;
    (await this.#pdf.getPage(this.#number)).cleanup();
  }

  /** What could not be drawn is tried again. */
  forgive(): void {
    this.#isBroken = false;
  }

  /** Why there is nothing to be seen yet; `undefined`: it is about to come. */
  explain(text: string | undefined): void {
    if (this.#canvas || this.#isBroken || text === this.#remark) return;
    this.#remark = text;
    this.slide.replaceChildren(...(text === undefined ? [] : [createRemark(text)]));
  }

  #giveUp(signal: AbortSignal): void {
    if (signal.aborted) return;
    free(this.#canvas);
    this.#canvas = undefined;
    this.#isBroken = true;
    this.slide.replaceChildren(createRemark(words.broken.text, words.broken.title(this.#number)));
  }

  /** Its whole page fits onto the slide, in the middle. */
  #getFit(page: PDFPageProxy): number {
    const { width, height } = page.getViewport({ scale: 1 });
    return Math.min(this.#size.width / width, this.#size.height / height);
  }

  /** @returns `undefined`: it was called off */
  async #drawCanvas(
    page: PDFPageProxy,
    density: number,
    signal: AbortSignal,
  ): Promise<HTMLCanvasElement | undefined> {
    if (signal.aborted) return undefined;
    const plain = page.getViewport({ scale: this.#getFit(page) });
    const most = Math.sqrt(MOST_PIXELS / (plain.width * plain.height));
    const viewport = page.getViewport({ scale: this.#getFit(page) * Math.min(density, most) });
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(viewport.width));
    canvas.height = Math.max(1, Math.round(viewport.height));
    // To whom it can't be seen, its text is read.
    canvas.ariaHidden = "true";
    const task = page.render({ canvas, viewport });
    const cancel = () => task.cancel();
    signal.addEventListener("abort", cancel);
    try {
      await task.promise;
      return canvas;
    } catch (error) {
      free(canvas);
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** The page as it stands on its slide: around its picture, text to read and to search, and links. */
  async #createSheet(page: PDFPageProxy): Promise<HTMLElement> {
    const fit = this.#getFit(page);
    const viewport = page.getViewport({ scale: fit });
    const sheet = document.createElement("div");
    sheet.className = "sheet";
    sheet.style.width = `${viewport.width}px`;
    sheet.style.height = `${viewport.height}px`;
    sheet.style.left = `${(this.#size.width - viewport.width) / 2}px`;
    sheet.style.top = `${(this.#size.height - viewport.height) / 2}px`;
    sheet.style.setProperty("--total-scale-factor", String(fit));
    // A page whose text can't be read may still be looked at.
    const [text, links] = await Promise.all([
      createText(page, viewport).catch(() => undefined),
      this.#createLinks(page, fit).catch(() => []),
    ]);
    if (text) sheet.append(text);
    sheet.append(...links);
    return sheet;
  }

  /** Only what leads out, to the web; everything else that a PDF can do when it is pressed is not done. */
  async #createLinks(page: PDFPageProxy, fit: number): Promise<HTMLElement[]> {
    const viewport = page.getViewport({ scale: fit });
    const notes: readonly Annotation[] = await page.getAnnotations();
    return notes.flatMap(({ subtype, url, rect }) => {
      if (subtype !== "Link" || url === undefined || !LINK.test(url) || !rect) return [];
      const [left = 0, bottom = 0, right = 0, top = 0] = rect;
      const [x1 = 0, y1 = 0]: number[] = viewport.convertToViewportPoint(left, bottom);
      const [x2 = 0, y2 = 0]: number[] = viewport.convertToViewportPoint(right, top);
      const link = document.createElement("a");
      Object.assign(link, { href: url, target: "_blank", rel: "noopener noreferrer", ariaLabel: url });
      link.style.left = `${Math.min(x1, x2)}px`;
      link.style.top = `${Math.min(y1, y2)}px`;
      link.style.width = `${Math.abs(x2 - x1)}px`;
      link.style.height = `${Math.abs(y2 - y1)}px`;
      return link;
    });
  }
}

async function createText(page: PDFPageProxy, viewport: PageViewport): Promise<HTMLElement> {
  const { TextLayer } = await loadPdfjs();
  const text = document.createElement("div");
  text.className = "text";
  const textContentSource = await page.getTextContent();
  await new TextLayer({ textContentSource, container: text, viewport }).render();
  return text;
}

/** In place of a page. */
function createRemark(text: string, title?: string): HTMLElement {
  const remark = document.createElement("div");
  remark.className = "remark";
  remark.role = "status";
  if (title !== undefined) remark.append(Object.assign(document.createElement("h2"), { textContent: title }));
  remark.append(Object.assign(document.createElement("p"), { textContent: text }));
  return remark;
}

/** What pdf.js says of one, as far as it is used here. */
interface Annotation {
  readonly subtype?: string;
  /** Only where it is a web address. */
  readonly url?: string;
  readonly rect?: readonly number[];
}

/** A canvas keeps its pixels until it is collected, unless it has none. */
function free(canvas: HTMLCanvasElement | undefined): void {
  if (canvas) canvas.width = canvas.height = 0;
}

import * as pdfjs from "pdfjs-dist";
import { deckPage as words } from "../words/en.ts";
import { findHeading } from "./page-heading.ts";

/* A PDF as slides: each page is a section with a canvas, which is drawn when it is needed and let go when it is far away. */

pdfjs.GlobalWorkerOptions.workerSrc = "/pdfjs/pdf.worker.min.mjs";

/** Slides are so high, in reveal.js's own units; their width is that of the first page. */
const HEIGHT = 720;
/** Pages on both sides of the one that is shown that stay drawn: enough for flipping, and for what is one step away. */
const KEPT = 2;
/** No page is drawn larger, in pixels: a phone has only so much memory for a canvas. */
const MOST_PIXELS = 4096 * 4096;

/** How large slides are to be. */
export interface SlideSize {
  readonly width: number;
  readonly height: number;
}

export class PdfSlides {
  readonly #pdf: pdfjs.PDFDocumentProxy;
  readonly #sections: readonly HTMLElement[];
  readonly #drawn = new Map<number, pdfjs.RenderTask>();
  readonly size: SlideSize;

  private constructor(pdf: pdfjs.PDFDocumentProxy, sections: readonly HTMLElement[], size: SlideSize) {
    this.#pdf = pdf;
    this.#sections = sections;
    this.size = size;
  }

  /**
   * Opens a PDF and puts its empty pages into the deck. Nothing in it runs: no scripts, no forms.
   * @throws what pdf.js throws for a PDF that can't be read
   */
  static async open(url: string, slides: HTMLElement): Promise<PdfSlides> {
    const pdf = await pdfjs.getDocument({
      url,
      cMapUrl: "/pdfjs/cmaps/",
      standardFontDataUrl: "/pdfjs/standard_fonts/",
      wasmUrl: "/pdfjs/wasm/",
      iccUrl: "/pdfjs/iccs/",
      enableXfa: false,
      // Only the pages that are shown are fetched, on a phone's network.
      disableAutoFetch: true,
    }).promise;
    const first = (await pdf.getPage(1)).getViewport({ scale: 1 });
    const width = Math.round((HEIGHT * first.width) / first.height);
    const sections = Array.from({ length: pdf.numPages }, (_, index) =>
      createSection(index + 1, pdf.numPages),
    );
    slides.replaceChildren(...sections);
    return new PdfSlides(pdf, sections, { width, height: HEIGHT });
  }

  /** Draws the page that is shown, and those beside it; lets go of all others. @param scale of the deck on this screen */
  show(index: number, scale: number): void {
    for (const [drawn, task] of this.#drawn) {
      if (Math.abs(drawn - index) <= KEPT) continue;
      task.cancel();
      this.#drawn.delete(drawn);
      const canvas = this.#canvasOf(drawn);
      // Its memory goes with its size.
      if (canvas) canvas.width = canvas.height = 0;
    }
    const near = [0, 1, -1, 2, -2].map((step) => index + step);
    void near.reduce((before, page) => before.then(() => this.#draw(page, scale)), Promise.resolve());
  }

  /** Every page, one after another: for print. */
  async drawAll(scale: number): Promise<void> {
    for (const index of this.#sections.keys()) await this.#draw(index, scale);
  }

  /** Draws anew what is drawn, for a screen of another size. */
  redraw(index: number, scale: number): void {
    for (const task of this.#drawn.values()) task.cancel();
    this.#drawn.clear();
    this.show(index, scale);
  }

  /** Reads what the pages say, the one that is shown first, so that phones and screen readers know where the deck is. */
  async readTexts(first: number): Promise<void> {
    await this.#readText(first);
    void this.#readRest(first);
  }

  async #readRest(first: number): Promise<void> {
    for (const index of this.#sections.keys()) if (index !== first) await this.#readText(index);
  }

  async #readText(index: number): Promise<void> {
    const section = this.#sections[index];
    if (!section) return;
    const page = await this.#pdf.getPage(index + 1);
    const { items } = await page.getTextContent();
    const pieces = items.flatMap((item) =>
      "str" in item ? [{ text: item.str, height: item.height, y: item.transform[5] ?? 0 }] : [],
    );
    section.dataset.revintTitle = findHeading(pieces) ?? words.page(index + 1, this.#pdf.numPages);
    const text = section.querySelector(".text");
    if (text)
      text.textContent = pieces
        .map(({ text }) => text)
        .join(" ")
        .replace(/\s+/g, " ")
        .trim();
  }

  async #draw(index: number, scale: number): Promise<void> {
    const canvas = this.#canvasOf(index);
    if (!canvas || this.#drawn.has(index)) return;
    const page = await this.#pdf.getPage(index + 1);
    const { width, height } = page.getViewport({ scale: 1 });
    const wanted = Math.min(this.size.width / width, this.size.height / height) * scale * devicePixelRatio;
    const viewport = page.getViewport({ scale: Math.min(wanted, Math.sqrt(MOST_PIXELS / (width * height))) });
    // Another call may have begun to draw it meanwhile.
    if (this.#drawn.has(index)) return;
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    const task = page.render({ canvas, viewport });
    this.#drawn.set(index, task);
    await task.promise.then(
      () => canvas.setAttribute("data-drawn", ""),
      () => {
        if (this.#drawn.get(index) === task) this.#drawn.delete(index);
      },
    );
  }

  #canvasOf(index: number): HTMLCanvasElement | undefined {
    return this.#sections[index]?.querySelector("canvas") ?? undefined;
  }
}

function createSection(number: number, count: number): HTMLElement {
  const section = document.createElement("section");
  section.className = "pdf";
  section.dataset.revintTitle = words.page(number, count);
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  // What is on the picture, for those who have it read to them.
  const text = document.createElement("p");
  text.className = "text";
  text.dir = "auto";
  section.append(canvas, text);
  return section;
}

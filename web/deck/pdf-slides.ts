import type { PDFDocumentProxy } from "pdfjs-dist";
import type { RevealApi } from "reveal.js";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Arrival } from "../ui/pdf-download.ts";
import { deck as words } from "../words/en.ts";
import { PdfPage, type SlideSize } from "./pdf-page.ts";

/** A slide is so wide, in its own units; how high it is says the first page. */
const WIDTH = 1280;
/** Pages drawn ahead and kept behind, and in the overview, where they are small. */
const AHEAD = 2;
const BEHIND = 1;
const OVERVIEW = 10;
const OVERVIEW_DENSITY = 0.3;
/** Of a printed page: about 200 dots an inch on paper of common size. */
const PRINT_DENSITY = 1.5;

/** The pages of a PDF as slides: of 300 of them, only those around the current one are in memory. */
export class PdfSlides {
  readonly size: SlideSize;
  readonly #pages: readonly PdfPage[];
  #reveal: RevealApi | undefined;
  #drawing: PdfPage | undefined;
  #arrival: Arrival = "fine";

  private constructor(size: SlideSize, pages: readonly PdfPage[]) {
    this.size = size;
    this.#pages = pages;
  }

  static async create(pdf: PDFDocumentProxy): Promise<PdfSlides> {
    const count = Math.min(pdf.numPages, LIMITS.deckPages);
    const size = { width: WIDTH, height: Math.round(WIDTH * (await readRatio(pdf, count))) };
    const pages = Array.from(
      { length: count },
      (_, index) => new PdfPage(pdf, index + 1, size, words.page(index + 1, count)),
    );
    return new PdfSlides(size, pages);
  }

  get slides(): readonly HTMLElement[] {
    return this.#pages.map(({ slide }) => slide);
  }

  /** The title of the page that comes first: phones are told it as soon as the deck leads. */
  async prepare(index: number): Promise<void> {
    await this.#readTitle(this.#pages[index] ?? this.#pages[0]);
  }

  /** From now on draws what the deck shows. @param hasTitles whether anybody asks what pages are called */
  start(reveal: RevealApi, hasTitles: boolean): void {
    this.#reveal = reveal;
    for (const event of ["slidechanged", "resize", "overviewshown", "overviewhidden"]) {
      reveal.on(event, () => void this.#draw());
    }
    // What could not be drawn may have been a matter of this.
    addEventListener("online", () => {
      for (const page of this.#pages) page.forgive();
      void this.#draw();
    });
    void this.#draw();
    if (hasTitles) void this.#readTitles(reveal);
  }

  /** How the file comes in: pages that wait for it say so. */
  setArrival(arrival: Arrival): void {
    if (arrival === this.#arrival) return;
    this.#arrival = arrival;
    this.#explain();
  }

  /** Every page as a picture. @param onDrawn told how many there are */
  async drawForPrint(onDrawn: (count: number) => void): Promise<void> {
    for (const [index, page] of this.#pages.entries()) {
      await page.drawPicture(PRINT_DENSITY);
      onDrawn(index + 1);
    }
  }

  /** One at a time, what is looked at first; what has been wanted meanwhile comes next. */
  async #draw(): Promise<void> {
    const reveal = this.#reveal;
    if (!reveal) return;
    const { wanted } = this.#choose(reveal);
    for (const page of this.#pages) {
      if (!wanted.includes(page)) void page.release();
    }
    this.#explain();
    // Something else is looked at first now.
    if (this.#drawing && this.#findNext(reveal)?.page !== this.#drawing) this.#drawing.cancel();
    if (this.#drawing) return;
    for (let next = this.#findNext(reveal); next; next = this.#findNext(reveal)) {
      this.#drawing = next.page;
      await next.page.draw(next.density);
    }
    this.#drawing = undefined;
  }

  #explain(): void {
    const reveal = this.#reveal;
    const text = this.#arrival === "fine" ? undefined : words.arrival[this.#arrival];
    if (reveal) for (const page of this.#choose(reveal).wanted) page.explain(text);
  }

  #findNext(reveal: RevealApi): { readonly page: PdfPage; readonly density: number } | undefined {
    const { wanted, density } = this.#choose(reveal);
    const page = wanted.find((page) => !page.isDone(density));
    return page && { page, density };
  }

  #choose(reveal: RevealApi): { readonly wanted: readonly PdfPage[]; readonly density: number } {
    const { h } = reveal.getIndices();
    const isOverview = reveal.isOverview();
    const [ahead, behind] = isOverview ? [OVERVIEW, OVERVIEW] : [AHEAD, BEHIND];
    const near = this.#pages.slice(Math.max(0, h - behind), h + ahead + 1);
    const order = (page: PdfPage) => Math.abs(this.#pages.indexOf(page) - h);
    const wanted = [...near].sort((a, b) => order(a) - order(b));
    const density = isOverview ? OVERVIEW_DENSITY : reveal.getScale() * devicePixelRatio;
    return { wanted, density };
  }

  async #readTitles(reveal: RevealApi): Promise<void> {
    for (const page of this.#pages) {
      const isNew = await this.#readTitle(page);
      // Whoever has gone there before its title was known tells it now: plugins look when the deck has moved.
      if (isNew && reveal.getCurrentSlide() === page.slide) reveal.dispatchEvent({ type: "slidechanged" });
    }
  }

  /** @returns whether it has a title that it did not have before */
  async #readTitle(page: PdfPage | undefined): Promise<boolean> {
    const title = await page?.readTitle().catch(() => undefined);
    if (!page || title === undefined || title === page.slide.dataset.revintTitle) return false;
    page.setTitle(title);
    return true;
  }
}

/** How high a slide is for its width: as the first page that can be read. */
async function readRatio(pdf: PDFDocumentProxy, count: number): Promise<number> {
  for (let number = 1; number <= count; number++) {
    const page = await pdf.getPage(number).catch(() => undefined);
    if (!page) continue;
    const { width, height } = page.getViewport({ scale: 1 });
    return height / width;
  }
  return 9 / 16;
}

import { render } from "hono/jsx/dom";
import { Backoff } from "../client/backoff.ts";
import { Notice } from "../ui/notice.tsx";
import { deckPage as words } from "../words/en.ts";
import { readDeck, type ShownDeck } from "./deck-service.ts";
import { startReveal } from "./reveal.ts";

/* A deck that a host has brought along, as a reveal.js deck with the plugin in it: /deck/{id}. */

const app = document.querySelector<HTMLElement>("#app");
const reveal = document.querySelector<HTMLElement>(".reveal");
const slides = document.querySelector<HTMLElement>(".slides");
if (app && reveal && slides) void open(app, reveal, slides);

async function open(app: HTMLElement, reveal: HTMLElement, slides: HTMLElement): Promise<void> {
  const tell = (notice: { readonly title?: string; readonly text: string }, isBusy = false) =>
    render(<Notice {...notice} isBusy={isBusy} />, app);
  tell({ text: words.loading }, true);
  const deck = await findDeck(location.pathname.split("/")[2] ?? "", () => tell(words.failed.offline));
  if (!deck) return tell(words.failed.notFound);
  document.title = words.title(deck.title);
  // reveal.js measures what it starts in: it must be there by then.
  const show = () => {
    app.remove();
    reveal.hidden = false;
  };
  await draw(deck, slides, show).catch(() => tell(words.failed.unreadable));
}

/** The deck, as soon as it can be had; undefined for one that is not there. */
async function findDeck(id: string, tellOffline: () => void): Promise<ShownDeck | undefined> {
  const backoff = new Backoff();
  for (;;) {
    const found = await readDeck(id);
    if (found === "notFound") return undefined;
    if (found !== "offline") return found;
    tellOffline();
    await new Promise((resolve) => setTimeout(resolve, backoff.next()));
  }
}

/** @param show called before reveal.js starts @throws what a PDF that can't be read throws, before that */
async function draw(deck: ShownDeck, slides: HTMLElement, show: () => void): Promise<void> {
  if (deck.kind === "markdown") {
    // Made by the service from Markdown, without a tag of its author's; and no script or handler runs on this page.
    slides.innerHTML = deck.html;
    show();
    startReveal({ width: 1280, height: 720 });
    return;
  }
  const { PdfSlides } = await import("./pdf-slides.ts");
  const pdf = await PdfSlides.open(deck.url, slides);
  await pdf.readTexts(getFirstPage());
  show();
  const deckOf = startReveal({ ...pdf.size, margin: 0 });
  await deckOf.isReady;
  if (new URLSearchParams(location.search).has("print-pdf")) return pdf.drawAll(2);
  const where = () => [deckOf.getIndex(), deckOf.getScale()] as const;
  deckOf.onChange(() => pdf.show(...where()));
  deckOf.onResize(() => pdf.redraw(...where()));
  pdf.show(...where());
}

/** The page that the address names, from 0: `#/3`. */
function getFirstPage(): number {
  return Number(/^#\/(\d+)/.exec(location.hash)?.[1] ?? 0);
}

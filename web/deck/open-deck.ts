import Reveal, { type RevealConfig } from "reveal.js";
import { openPdf } from "../ui/pdf.ts";
import type { Arrival } from "../ui/pdf-download.ts";
import { createSheet } from "../ui/sheet.ts";
import { deck as words } from "../words/en.ts";
import { getDeck, readDeckId, writeDeckBase } from "./deck-service.ts";
import { MARKDOWN_SIZE, readMarkdownSlides } from "./markdown-slides.ts";
import type { SlideSize } from "./pdf-page.ts";
import { PdfSlides } from "./pdf-slides.ts";
import type { Plugin } from "./plugin.ts";
import { writeSpeakerPath } from "./speaker/address.ts";
import { greetSpeaker, SpeakerWindow } from "./speaker/speaker-window.ts";

interface Page {
  /** What it has in it gives way to the deck. */
  readonly root: HTMLElement;
  readonly plugin: Plugin;
  /** What is going on until the deck is there. */
  readonly tell: (text: string) => void;
}

/** Shows the deck that the address names. @throws RevintError, PdfError */
export async function openDeck({ root, plugin, tell }: Page): Promise<void> {
  const id = readDeckId();
  const { title, html, url } = await getDeck(id);
  document.title = words.title(title);
  const pdf = url === undefined ? undefined : await openSlides(url, tell);
  const slides = pdf?.slides ?? readMarkdownSlides(html ?? "", writeDeckBase(id));
  const size = pdf?.size ?? MARKDOWN_SIZE;
  const isPrint = /[?&]print-pdf/i.test(location.search);
  if (pdf && isPrint) await pdf.drawForPrint((count) => tell(words.printing(count, slides.length)));
  await pdf?.prepare(readIndex());
  const reveal = put(slides, pdf ? "pdf" : "markdown", root);
  // reveal.js says it too, but in an inline style, which this page's policy lets nobody write.
  if (isPrint) document.adoptedStyleSheets.push(createSheet(writePageRule(size, pdf ? 0 : MARGIN)));
  const deck = new Reveal(reveal, writeConfig(size, pdf !== undefined, plugin));
  // As in every deck: what looks for it finds it there.
  Object.assign(globalThis, { Reveal: deck });
  await deck.initialize();
  if (isPrint) return;
  pdf?.start(deck, !deck.isSpeakerNotes());
  if (deck.isSpeakerNotes()) greetSpeaker();
  else new SpeakerWindow(deck, writeSpeakerPath(id));
}

async function openSlides(url: string, tell: Page["tell"]): Promise<PdfSlides> {
  let slides: PdfSlides | undefined;
  const onArrival = (arrival: Arrival) => {
    slides?.setArrival(arrival);
    // Seen as long as there is no deck: while it is opened, and while it is drawn for print.
    tell(arrival === "fine" ? words.opening : words.arrival[arrival]);
  };
  slides = await PdfSlides.create((await openPdf({ url, onArrival })).pdf);
  return slides;
}

/** Around a slide, as a part of it. */
const MARGIN = 0.04;

const writeConfig = (size: SlideSize, isPdf: boolean, plugin: Plugin): RevealConfig => ({
  ...size,
  margin: isPdf ? 0 : MARGIN,
  maxScale: 4,
  center: !isPdf,
  hash: true,
  transition: isPdf ? "none" : "slide",
  // On a phone too, one slide at a time: what follows has one place at a time.
  scrollActivationWidth: 0,
  plugins: [plugin],
});

const writePageRule = ({ width, height }: SlideSize, margin: number): string =>
  `@page { size: ${Math.floor(width * (1 + margin))}px ${Math.floor(height * (1 + margin))}px; margin: 0 }`;

/** The deck in place of what has been there. */
function put(slides: readonly HTMLElement[], kind: string, root: HTMLElement): HTMLElement {
  const reveal = document.createElement("div");
  reveal.className = `reveal ${kind}`;
  // Slides are their author's: whatever the page's language, they stand as they were made, and text is read as it begins.
  reveal.dir = "ltr";
  if (kind === "markdown") for (const slide of slides) slide.dir ||= "auto";
  const container = document.createElement("div");
  container.className = "slides";
  container.append(...slides);
  reveal.append(container);
  root.replaceWith(reveal);
  return reveal;
}

/** Which slide the address names, from 0. */
const readIndex = (): number => Number(/^#\/(\d+)/.exec(location.hash)?.[1] ?? 0);

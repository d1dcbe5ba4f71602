import type { Deck } from "./deck.ts";

/** Something that a slide can show larger, as reveal.js reads it from the slide (5.2 and newer). */
interface Lightbox {
  readonly kind: "previewImage" | "previewVideo" | "previewIframe";
  readonly url: string;
  readonly fit?: string | undefined;
}

/** Which of the slide's lightboxes is open, from 0. `undefined`: none, or one that is not the slide's own. */
export function findLightbox(deck: Deck): number | undefined {
  const open = getOpen(deck);
  const at = open ? listLightboxes(deck).findIndex(({ kind, url }) => open[kind] === url) : -1;
  return at < 0 ? undefined : at;
}

/**
 * Opens that one, or closes what is open. What is opened is what this copy of the slide names and never
 * what a state names: a state may be anybody's. A deck that has no such lightbox stays as it is.
 */
export function showLightbox(deck: Deck, wanted: number | undefined): void {
  if (findLightbox(deck) === wanted && (wanted !== undefined || !getOpen(deck))) return;
  const lightbox = wanted === undefined ? undefined : listLightboxes(deck)[wanted];
  if (lightbox) deck[lightbox.kind]?.(lightbox.url, lightbox.fit);
  else if (getOpen(deck)) deck.hidePreview?.();
}

/** What reveal.js says of it; its help is an overlay too, and nobody's lightbox. */
function getOpen(deck: Deck): ReturnType<Deck["getState"]> | undefined {
  const state = deck.getState();
  return state.previewImage || state.previewVideo || state.previewIframe ? state : undefined;
}

function listLightboxes(deck: Deck): readonly Lightbox[] {
  const { previewLinks } = deck.getConfig();
  const links = previewLinks ? "a[href], [data-preview-link]" : "[data-preview-link]";
  const slide = deck.getCurrentSlide();
  const elements = slide?.querySelectorAll<HTMLElement>(
    `[data-preview-image], [data-preview-video], ${links}`,
  );
  return [...(elements ?? [])].flatMap((element) => {
    const { previewImage, previewVideo, previewLink, previewFit: fit } = element.dataset;
    const [src, href] = [element.getAttribute("src"), element.getAttribute("href")];
    const found: Lightbox[] = [];
    const add = (kind: Lightbox["kind"], url: string | null | undefined) =>
      url && found.push({ kind, url, fit });
    if (previewImage !== undefined) add("previewImage", previewImage || src);
    if (previewVideo !== undefined) {
      add("previewVideo", previewVideo || src || element.querySelector("source")?.getAttribute("src"));
    }
    if (element.matches(links) && previewLink !== "false") {
      for (const url of [href, previewLink]) if (url && isWeb(url)) add("previewIframe", url);
    }
    return found;
  });
}

/** Nobody but its reader opens a link that is a script. */
const isWeb = (url: string): boolean =>
  URL.canParse(url, document.baseURI) && /^(https?|file):$/.test(new URL(url, document.baseURI).protocol);

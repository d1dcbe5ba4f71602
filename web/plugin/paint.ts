import { type Deck, onMove } from "./deck.ts";
import { readPalette } from "./palette.ts";

/** Elements in slides that we draw into; what they show is text of the slide but for its accent. */
const SLOTS = "[data-revint-qr], [data-revint-totals], [data-revint-drawn]";

/** Keeps the overlay in the colours of what the deck shows. The returned function stops it. */
export function paintLike(deck: Deck, layer: HTMLElement): () => void {
  const paint = () => {
    const { background, ink, soft, isDark } = readPalette(deck, layer);
    layer.style.setProperty("--deck-background", background);
    layer.style.setProperty("--deck-ink", ink);
    layer.style.setProperty("--deck-soft", soft);
    const slots = deck.getSlidesElement()?.querySelectorAll(SLOTS) ?? [];
    for (const element of [layer, ...slots]) element.classList.toggle("revint-dark", isDark);
  };
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  // Styles may come late, and colours may take their time while slides change.
  const stops = [onMove(deck, paint), () => deck.off("slidetransitionend", paint)];
  deck.on("slidetransitionend", paint);
  scheme.addEventListener("change", paint);
  addEventListener("load", paint);
  paint();
  return () => {
    scheme.removeEventListener("change", paint);
    removeEventListener("load", paint);
    for (const stop of stops) stop();
  };
}

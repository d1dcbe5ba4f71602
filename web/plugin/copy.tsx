import { render } from "hono/jsx/dom";
import type { Store } from "../ui/store.ts";
import { tabStorage } from "../ui/tab-storage.ts";
import { plugin as words } from "../words/en.ts";
import { type Deck, isPrint } from "./deck.ts";
import { fitBars } from "./fit.ts";
import { fetchLastCounts, getLastCounts, type LastCounts } from "./last-counts.ts";
import type { KeyName, Settings } from "./options.ts";
import { LiveQrSlot, QrSlot, TotalsSlot } from "./overlay.tsx";
import { paintLike } from "./paint.ts";
import { getSessionInAddress, writeJoinUrl } from "./session-address.ts";
import { createLayer, createShadow } from "./shadow.ts";
import { getPageOfSlot, isBare, listSlots } from "./slots.ts";
import { SpeakerStrip } from "./speaker-strip.tsx";
import { followDeck, isCopyOfCurrentSlide } from "./speaker-views.ts";
import { createView, type View } from "./view.ts";

/** A printed deck waits so long for its counts, in milliseconds. */
const PATIENCE_MS = 5000;

/** Where a tab keeps what a deck's code says, for speaker view and print, which connect nowhere. */
export const joinUrlKeyOf = (apiUrl: string) => `revint:join-url:${apiUrl}${location.pathname}`;

/**
 * Draws what speaker view, print and PDF have of the plugin, where nothing is led or followed.
 * @returns for reveal.js to wait for, where a printed deck has to ask for its counts
 */
export function drawCopy(deck: Deck, settings: Settings): Promise<void> | undefined {
  const store = createView(settings);
  const { apiUrl, webUiUrl } = settings;
  const session = getSessionInAddress() ?? undefined;
  store.set({ joinUrl: session ? writeJoinUrl(webUiUrl, session) : tabStorage.get(joinUrlKeyOf(apiUrl)) });
  drawCodes(deck, store.get().joinUrl);
  if (!isPrint(deck)) {
    deck.on("ready", () => joinSpeakerView(deck, settings, store));
    return undefined;
  }
  const show = (counts: LastCounts | undefined) => {
    if (!counts) return;
    const { reactions, pages } = counts;
    // The role says that counts are known.
    const offered = reactions.length > 0 ? reactions : settings.reactions;
    store.set({ role: "follow", reactions: offered, totals: { pages, total: 0 } });
    drawTotals(deck, store);
  };
  const kept = getLastCounts(apiUrl, session);
  show(kept);
  // What another plugin has written in the meantime, such as slides in Markdown.
  deck.on("ready", () => {
    drawCodes(deck, store.get().joinUrl);
    if (store.get().role !== "none") drawTotals(deck, store);
  });
  if (kept || session === undefined || listSlots(deck, "totals").length === 0) return undefined;
  const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
  return Promise.race([fetchLastCounts(apiUrl, session).then(show), patience]);
}

function drawCodes(deck: Deck, joinUrl: string | undefined): void {
  for (const slot of listSlots(deck, "qr")) {
    render(<QrSlot joinUrl={joinUrl} isBare={isBare(slot)} isCopy />, createShadow(slot));
  }
}

function drawTotals(deck: Deck, store: Store<View>): void {
  for (const slot of listSlots(deck, "totals")) {
    const getPage = () => getPageOfSlot(deck, slot) ?? store.get().page;
    render(<TotalsSlot store={store} getPage={getPage} />, createShadow(slot));
  }
}

/** A frame of the speaker view: as live as the deck, its keys included. */
function joinSpeakerView(deck: Deck, settings: Settings, store: Store<View>): void {
  const press = followDeck(deck, store);
  if (!press) return;
  for (const [name, letter] of Object.entries(settings.keys) as [KeyName, string | undefined][]) {
    if (letter === undefined) continue;
    const binding = { keyCode: letter.charCodeAt(0), key: letter, description: words.keys[name] };
    deck.addKeyBinding(binding, () => press(name));
  }
  for (const slot of listSlots(deck, "qr")) {
    render(<LiveQrSlot store={store} isBare={isBare(slot)} />, createShadow(slot));
  }
  drawTotals(deck, store);
  // reveal.js centres a slide by its height, which our news changes.
  const sizes = new ResizeObserver(() => {
    for (const slot of listSlots(deck, "totals")) fitBars(deck, slot);
    deck.layout();
  });
  for (const slot of [...listSlots(deck, "qr"), ...listSlots(deck, "totals")]) sizes.observe(slot);
  const layer = createLayer();
  deck.getViewportElement()?.append(layer);
  paintLike(deck, layer);
  if (isCopyOfCurrentSlide()) drawStrip(deck, settings, store, layer);
}

/** What the speaker alone sees, below the slide: which gives up a strip of its height, so that nothing is covered. */
function drawStrip(deck: Deck, settings: Settings, store: Store<View>, layer: HTMLElement): void {
  const root = createShadow(layer);
  render(<SpeakerStrip store={store} settings={settings} />, root);
  const reveal = deck.getRevealElement();
  const strip = root.querySelector<HTMLElement>(".speaker");
  if (!strip || !reveal || reveal === deck.getViewportElement()) return;
  new ResizeObserver(() => {
    reveal.style.height = `calc(100% - ${strip.offsetHeight}px)`;
    deck.layout();
  }).observe(strip);
}

import { render } from "hono/jsx/dom";
import { createSheet } from "../ui/sheet.ts";
import type { Store } from "../ui/store.ts";
import { deckCopy as words } from "../words/en.ts";
import { type Deck, isPrint, onReady } from "./deck.ts";
import { Extras } from "./extras.ts";
import type { DrawCopy } from "./files.ts";
import { bindKeys } from "./key-bindings.ts";
import { fetchLastCounts, getLastCounts, type LastCounts } from "./last-counts.ts";
import { KEY_NAMES, OWN_KEYS, type Settings } from "./options.ts";
import { QrSlot } from "./overlay.tsx";
import { paintLike } from "./paint.ts";
import { getKeptJoinUrl, getSessionInAddress, writeJoinUrl } from "./session-address.ts";
import { createLayer, createShadow } from "./shadow.ts";
import { drawSlides, isBare, listSlots, Slots } from "./slots.tsx";
import css from "./speaker-strip.css" with { type: "text" };
import { SpeakerStrip } from "./speaker-strip.tsx";
import { followDeck, isCopyOfCurrentSlide } from "./speaker-views.ts";
import { createView, type View } from "./view.ts";

/** Draws what speaker view, print and PDF have of the plugin. */
export const drawCopy: DrawCopy = async (deck, settings, load) => {
  const store = createView(settings);
  const extras = new Extras(deck, store, settings, load);
  const { apiUrl, webUiUrl } = settings;
  const session = getSessionInAddress() ?? undefined;
  store.set({ joinUrl: session ? writeJoinUrl(webUiUrl, session) : getKeptJoinUrl(apiUrl) });
  drawCodes(deck, store.get().joinUrl);
  if (!isPrint(deck)) {
    onReady(deck, () => joinSpeakerView(deck, settings, store, extras));
    return;
  }
  const show = (counts: LastCounts | undefined) => {
    if (!counts) return;
    const { reactions, pages } = counts;
    // The role says that counts are known.
    const offered = reactions.length > 0 ? reactions : settings.reactions;
    store.set({ role: "follow", reactions: offered, totals: { pages, total: 0 } });
    drawSlides(deck, store);
  };
  const kept = getLastCounts(apiUrl, session);
  show(kept);
  const recall = async () => {
    await extras.start();
    return extras.recall(session);
  };
  // What another plugin has written in the meantime, such as slides in Markdown.
  onReady(deck, () => {
    drawCodes(deck, store.get().joinUrl);
    if (store.get().role !== "none") drawSlides(deck, store);
    extras.fill();
    void recall();
  });
  const isKnown = kept !== undefined || listSlots(deck, "totals").length === 0;
  if (((await recall()) && isKnown) || session === undefined) return;
  const told = await fetchLastCounts(apiUrl, session, extras.isWanted);
  show(told);
  if (told) await extras.show(told);
};

function drawCodes(deck: Deck, joinUrl: string | undefined): void {
  for (const slot of listSlots(deck, "qr")) {
    render(<QrSlot joinUrl={joinUrl} isBare={isBare(slot)} fallback={words.noCode} />, createShadow(slot));
  }
}

/** A frame of the speaker view: as live as the deck, its keys included. */
function joinSpeakerView(deck: Deck, settings: Settings, store: Store<View>, extras: Extras): void {
  const press = followDeck(deck, store);
  if (!press) return;
  bindKeys(deck, settings.keys, press, extras.isWanted ? KEY_NAMES : OWN_KEYS);
  new Slots(deck, store).fill();
  const layer = createLayer();
  deck.getViewportElement()?.append(layer);
  paintLike(deck, layer);
  void extras.start();
  if (isCopyOfCurrentSlide()) drawStrip(deck, settings, store, layer);
}

/** What the speaker alone sees, below the slide: which gives up a strip of its height, so that nothing is covered. */
function drawStrip(deck: Deck, settings: Settings, store: Store<View>, layer: HTMLElement): void {
  const root = createShadow(layer);
  root.adoptedStyleSheets.push(createSheet(css));
  render(<SpeakerStrip store={store} settings={settings} />, root);
  const reveal = deck.getRevealElement();
  const strip = root.querySelector<HTMLElement>(".speaker");
  if (!strip || !reveal || reveal === deck.getViewportElement()) return;
  new ResizeObserver(() => {
    reveal.style.height = `calc(100% - ${strip.offsetHeight}px)`;
    deck.layout();
  }).observe(strip);
}

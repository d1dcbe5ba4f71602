import { render } from "hono/jsx/dom";
import type { Store } from "../ui/store.ts";
import { type Deck, isPrint } from "./deck.ts";
import { Extras, type LoadExtras } from "./extras.ts";
import { bindKeys } from "./key-bindings.ts";
import { fetchLastCounts, getLastCounts, type LastCounts } from "./last-counts.ts";
import { KEY_NAMES, OWN_KEYS, type Settings } from "./options.ts";
import { QrSlot } from "./overlay.tsx";
import { paintLike } from "./paint.ts";
import { getKeptJoinUrl, getSessionInAddress, writeJoinUrl } from "./session-address.ts";
import { createLayer, createShadow } from "./shadow.ts";
import { drawSlides, isBare, listSlots, Slots } from "./slots.tsx";
import { SpeakerStrip } from "./speaker-strip.tsx";
import { followDeck, isCopyOfCurrentSlide } from "./speaker-views.ts";
import { createView, type View } from "./view.ts";

/** A printed deck waits so long for its counts, in milliseconds. */
const PATIENCE_MS = 5000;

/**
 * Draws what speaker view, print and PDF have of the plugin, where nothing is led or followed.
 * @returns for reveal.js to wait for, where a printed deck has to ask for its counts
 */
export function drawCopy(deck: Deck, settings: Settings, load: LoadExtras): Promise<void> | undefined {
  const store = createView(settings);
  const extras = new Extras(deck, store, settings, load);
  const { apiUrl, webUiUrl } = settings;
  const session = getSessionInAddress() ?? undefined;
  store.set({ joinUrl: session ? writeJoinUrl(webUiUrl, session) : getKeptJoinUrl(apiUrl) });
  drawCodes(deck, store.get().joinUrl);
  if (!isPrint(deck)) {
    deck.on("ready", () => joinSpeakerView(deck, settings, store, extras));
    return undefined;
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
  deck.on("ready", () => {
    drawCodes(deck, store.get().joinUrl);
    if (store.get().role !== "none") drawSlides(deck, store);
    extras.fill();
    void recall();
  });
  const isKnown = kept !== undefined || listSlots(deck, "totals").length === 0;
  if (!extras.isWanted && (isKnown || session === undefined)) return undefined;
  const ask = async () => {
    if (((await recall()) && isKnown) || session === undefined) return;
    const told = await fetchLastCounts(apiUrl, session, extras.isWanted);
    show(told);
    if (told) extras.show(told.activities);
  };
  const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
  return Promise.race([ask(), patience]);
}

function drawCodes(deck: Deck, joinUrl: string | undefined): void {
  for (const slot of listSlots(deck, "qr")) {
    render(<QrSlot joinUrl={joinUrl} isBare={isBare(slot)} isCopy />, createShadow(slot));
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
  render(<SpeakerStrip store={store} settings={settings} />, root);
  const reveal = deck.getRevealElement();
  const strip = root.querySelector<HTMLElement>(".speaker");
  if (!strip || !reveal || reveal === deck.getViewportElement()) return;
  new ResizeObserver(() => {
    reveal.style.height = `calc(100% - ${strip.offsetHeight}px)`;
    deck.layout();
  }).observe(strip);
}

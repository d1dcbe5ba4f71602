import { render } from "hono/jsx/dom";
import { deckSlots } from "../interactions/deck.ts";
import { getPage } from "../ui/deck-state.ts";
import { takePassLink } from "../ui/host-pass.ts";
import { type Deck, onMove } from "./deck.ts";
import { DeckController } from "./deck-controller.ts";
import type { Actions } from "./dialog.tsx";
import { Docking } from "./docking.ts";
import { Extras } from "./extras.ts";
import type { LoadFile } from "./files.ts";
import { bindKeys } from "./key-bindings.ts";
import { KEY_NAMES, type KeyName, OWN_KEYS, type Settings } from "./options.ts";
import { Overlay } from "./overlay.tsx";
import { paintLike } from "./paint.ts";
import { createLayer, createShadow } from "./shadow.ts";
import { Slots } from "./slots.tsx";
import { SpeakerViews } from "./speaker-views.ts";
import { createView } from "./view.ts";

export type LiveDeck = ReturnType<typeof createLiveDeck>;

/** A deck that people look at: puts its parts together, draws over it, and notices where it is. */
export function createLiveDeck(deck: Deck, settings: Settings, load: LoadFile) {
  const store = createView(settings);
  const layer = createLayer();
  const space = document.createElement("div");
  const slots = new Slots(deck, store);
  const docking = new Docking(deck, store, settings.place, layer);
  const floats = deckSlots.map(({ createFloats }) => createFloats(space));
  const extras = new Extras(deck, store, settings, load);
  const controller = new DeckController({ deck, settings, store, slots, extras, floats });

  const toggleOverlay = (isShown = !store.get().isShown) => store.set({ isShown });
  /** The join code fills the screen, as soon and as long as people can still join. */
  const welcome = (show = !store.get().isWelcoming) => {
    const { joinUrl, resultsUrl } = store.get();
    const isWelcoming = show && joinUrl !== undefined && resultsUrl === undefined;
    store.set(isWelcoming ? { isWelcoming, isDialogOpen: false } : { isWelcoming });
  };
  const actions: Actions = {
    lead: (text) => controller.lead(text),
    leadAnew: () => controller.leadAnew(),
    stopLeading: () => controller.forget(),
    toggleOverlay: () => toggleOverlay(),
    welcome: () => welcome(),
    endWelcome: () => welcome(false),
    together: () => controller.together(),
    takeOver: () => controller.takeOver(),
    openPage: (path) => controller.openPage(path),
    closeDialog: () => store.set({ isDialogOpen: false, problem: undefined }),
  };
  /** A key was pressed, here or in the speaker view. */
  const press = (key: KeyName) => {
    if (key === "overlay" && controller.isLeading) toggleOverlay();
    // Closed from the speaker view: in the deck itself, the dialog has the keys.
    if (key === "host") store.set({ isDialogOpen: !store.get().isDialogOpen });
    if (key === "together") controller.together();
    if (key === "welcome") welcome();
    extras.press(key);
  };
  const noticePage = () => {
    const { h, v } = deck.getIndices();
    const slide = deck.getCurrentSlide();
    controller.noticeMove();
    store.set({
      page: getPage({ h: h || 0, v: v || 0 }),
      isPaused: deck.isPaused(),
      // Whoever goes on with the talk shows the slide.
      isWelcoming: false,
      isWelcome: slide?.dataset.revintOverlay !== "none",
    });
    extras.move();
  };

  // Before a speaker view that is open already asks.
  const speakers = new SpeakerViews(deck, store, press);
  const stops = [() => speakers.stop(), () => docking.stop(), () => slots.stop(), () => layer.remove()];
  render(<Overlay store={store} settings={settings} actions={actions} floats={space} />, createShadow(layer));

  return {
    store,
    controller,
    toggleOverlay,
    welcome,
    /** Once reveal.js is ready: its slides have their indices. */
    start(link: string | undefined): void {
      const onHash = () => {
        const link = takePassLink();
        if (link !== undefined) controller.lead(link, true);
      };
      // Before reveal.js hears of it and takes the token for a slide's name.
      addEventListener("hashchange", onHash, { capture: true });
      // What the view is to say of a move comes before the overlay looks for its place.
      stops.push(onMove(deck, noticePage));
      noticePage();
      docking.start();
      slots.fill();
      stops.push(
        () => removeEventListener("hashchange", onHash, { capture: true }),
        paintLike(deck, layer),
        bindKeys(deck, settings.keys, press, extras.isWanted ? KEY_NAMES : OWN_KEYS),
      );
      controller.start(link);
    },
    destroy(): void {
      controller.leave();
      for (const stop of stops) stop();
    },
  };
}

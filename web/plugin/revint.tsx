import { render } from "hono/jsx/dom";
import { hostSession, joinSession } from "../client/index.ts";
import type {
  ClientTotals,
  HostSession,
  RevintError,
  Session,
  SessionEvents,
  UserSession,
} from "../client/session.ts";
import type { Store } from "../ui/store.ts";
import { plugin as words } from "../words/en.ts";
import { type Deck, isCopy, MOVES, showSingleSlides } from "./deck.ts";
import { getPage } from "./deck-state.ts";
import type { Actions } from "./dialog.tsx";
import { Docking } from "./docking.ts";
import { Floats } from "./floats.ts";
import { Follower } from "./follower.ts";
import { forgetToken, getKeptToken, keepToken, takeToken } from "./host-token.ts";
import { Leader } from "./leader.ts";
import { type KeyName, type RevintOptions, readOptions, type Settings } from "./options.ts";
import { Overlay, QrSlot, TotalsSlot } from "./overlay.tsx";
import { createShadow } from "./shadow.ts";
import { createView, type DeckRole, type View } from "./view.ts";

/** What a deck's author gets from `Reveal.getPlugin("revint")`. */
export interface RevintPlugin {
  readonly id: "revint";
  init(deck: object): void;
  destroy(): void;
  /** The client's session while the deck leads or follows. */
  readonly session: Session | undefined;
  readonly role: DeckRole;
  /** What the QR code says, once the session is there. */
  readonly joinUrl: string | undefined;
  /** Leads with this host token, which is kept for the tab. */
  lead(token: string): void;
  /** Stops leading or following, and forgets the token. */
  leave(): void;
  /** Shows or hides the overlay. */
  toggleOverlay(show?: boolean): void;
  /** While leading: whether following decks may look around. */
  hold(hold: boolean): void;
  /** While following: back to where the leader is. */
  comeBack(): void;
}

/** The session's news that become DOM events: `revint:` and the name, the value as `detail`. */
const NEWS = ["state", "totals", "participants", "connection", "end", "error"] as const;

/**
 * One plugin for one deck; everything it knows is in here, so that two decks on a page don't meet.
 * @param scriptUrl where this script was loaded from
 */
export function createRevint(given: RevintOptions, scriptUrl: string | undefined): RevintPlugin {
  // Now, not in `init`: it must be gone before reveal.js reads the address, and before anybody else does.
  const tokenInAddress = takeToken();
  let running: Running | undefined;
  return {
    id: "revint",
    init(object) {
      const deck = object as Deck;
      if (isCopy(deck)) return;
      const { revint } = deck.getConfig() as { revint?: RevintOptions };
      const settings = readSettings({ ...revint, ...given }, scriptUrl);
      if (!settings) return;
      running = new Running(deck, settings);
      const { start } = running;
      if (deck.isReady()) start(tokenInAddress);
      else deck.on("ready", () => start(tokenInAddress));
    },
    destroy: () => running?.destroy(),
    get session() {
      return running?.session;
    },
    get role() {
      return running?.store.get().role ?? "none";
    },
    get joinUrl() {
      return running?.store.get().joinUrl;
    },
    lead: (token) => running?.actions.lead(token),
    leave: () => running?.actions.stopLeading(),
    toggleOverlay: (show) => running?.toggleOverlay(show),
    hold: (hold) => running?.hold(hold),
    comeBack: () => running?.comeBack(),
  };
}

/** A deck with wrong options is still a deck: it says so once, where its author looks, and goes on. */
function readSettings(options: RevintOptions, scriptUrl: string | undefined): Settings | undefined {
  try {
    return readOptions(options, scriptUrl);
  } catch (error) {
    console.warn(error);
    return undefined;
  }
}

/** The plugin in a deck that people look at. */
class Running {
  readonly store: Store<View>;
  readonly actions: Actions;
  session: HostSession | UserSession | undefined;
  readonly #deck: Deck;
  readonly #settings: Settings;
  readonly #layer = document.createElement("div");
  readonly #docking: Docking;
  readonly #floats: Floats;
  readonly #keyCodes: number[] = [];
  readonly #stops: (() => void)[] = [];
  #leader: Leader | undefined;
  #follower: Follower | undefined;
  #token: string | undefined;

  constructor(deck: Deck, settings: Settings) {
    this.#deck = deck;
    this.#settings = settings;
    this.store = createView(settings);
    this.actions = {
      lead: (token) => this.#lead(token, false),
      stopLeading: () => this.#forget(),
      toggleOverlay: () => this.toggleOverlay(),
      together: () => this.#together(),
      openStage: () => this.#openStage(),
      closeDialog: () => this.store.set({ isDialogOpen: false, problem: undefined }),
    };
    this.#layer.className = "layer";
    this.#docking = new Docking(deck, this.store, settings.place, this.#layer);
    const space = document.createElement("div");
    this.#floats = new Floats(space);
    render(
      <Overlay store={this.store} settings={settings} actions={this.actions} floats={space} />,
      createShadow(this.#layer),
    );
  }

  /** Once reveal.js is ready: its slides have their indices. */
  readonly start = (tokenInAddress: string | undefined): void => {
    const { apiUrl, keys } = this.#settings;
    this.#deck.getViewportElement()?.append(this.#layer);
    this.#bindKey(keys.overlay, "overlay", () => this.#leader && this.toggleOverlay());
    this.#bindKey(keys.host, "host", () => this.store.set({ isDialogOpen: true }));
    this.#bindKey(keys.together, "together", this.actions.together);
    this.#fillSlots();
    const onMove = () => this.#noticePage();
    for (const move of MOVES) this.#deck.on(move, onMove);
    const onHash = () => {
      const token = takeToken();
      if (token !== undefined) this.#lead(token, true);
    };
    // Before reveal.js hears of it and takes the token for a slide's name.
    addEventListener("hashchange", onHash, { capture: true });
    this.#stops.push(() => {
      for (const move of MOVES) this.#deck.off(move, onMove);
      removeEventListener("hashchange", onHash, { capture: true });
    });
    this.#noticePage();

    const token = tokenInAddress ?? getKeptToken(apiUrl);
    const sessionUid = new URLSearchParams(location.search).get("session");
    if (token !== undefined) this.#lead(token, true);
    else if (sessionUid) this.#follow(sessionUid);
  };

  toggleOverlay(show = !this.store.get().isShown): void {
    this.store.set({ isShown: show });
    this.#docking.update();
  }

  hold(hold: boolean): void {
    this.#leader?.hold(hold);
  }

  comeBack(): void {
    this.#follower?.comeBack();
  }

  destroy(): void {
    this.#leave();
    this.#docking.stop();
    for (const stop of this.#stops) stop();
    for (const code of this.#keyCodes) this.#deck.removeKeyBinding(code);
    this.#layer.remove();
  }

  /** @param isSure the overlay may have its place before the service has said yes */
  #lead(token: string, isSure: boolean): void {
    this.#leave();
    const { apiUrl, webUiUrl, wsUrl, reactions, expectedAudience } = this.#settings;
    keepToken(apiUrl, token);
    this.#token = token;
    const session = hostSession(token, {
      apiUrl,
      webUiUrl,
      reactions,
      ...(wsUrl !== undefined && { wsUrl }),
      ...(expectedAudience !== undefined && { expectedAudience }),
    });
    this.#attach(session, isSure ? "lead" : "none");
    session.on("totals", (totals) => this.#rise(totals));
    this.#leader = new Leader(this.#deck, session, (hold) => this.store.set({ hold }));
    session.ready.then(
      () => {
        if (this.session !== session) return;
        this.store.set({ role: "lead", joinUrl: session.info?.joinUrl });
        this.#docking.update();
        this.#tell("role", "lead");
      },
      (error: RevintError) => {
        if (this.session !== session) return;
        this.#fail(error);
        // A wrong link must not look like a deck that leads.
        this.store.set({ isDialogOpen: true });
      },
    );
  }

  #follow(sessionUid: string): void {
    this.#leave();
    const session = joinSession(sessionUid, { apiUrl: this.#settings.apiUrl });
    this.#attach(session, "follow");
    this.#follower = new Follower(this.#deck, session, ({ isAway, hold }) =>
      this.store.set({ isAway, hold }),
    );
    session.ready.then(
      () => {
        const { info } = session;
        if (this.session !== session || info === undefined) return;
        const joinUrl = new URL(info.webUiUrl);
        joinUrl.searchParams.set("session", sessionUid);
        const reactions = info.reactions.length > 0 ? info.reactions : this.store.get().reactions;
        this.store.set({ joinUrl: joinUrl.href, reactions });
        this.#tell("role", "follow");
      },
      (error: RevintError) => this.session === session && this.#fail(error),
    );
  }

  /** What a session tells goes to the view, and to whoever listens on the deck. */
  #attach(session: HostSession | UserSession, role: DeckRole): void {
    this.session = session;
    showSingleSlides(this.#deck);
    this.store.set({ role, connection: session.connection, problem: undefined });
    session.on("connection", (connection) => this.store.set({ connection }));
    session.on("participants", (people) => this.store.set({ people }));
    session.on("totals", (totals) => this.store.set({ totals }));
    session.on("end", () => this.store.set({ problem: words.problem.ended }));
    for (const name of NEWS) {
      session.on(name, (value: SessionEvents[typeof name]) => this.#tell(name, value));
    }
    this.#docking.update();
  }

  #rise(totals: ClientTotals): void {
    const { isShown, isWelcome } = this.store.get();
    this.#floats.hear(totals, isShown && isWelcome);
  }

  #leave(): void {
    this.#leader?.stop();
    this.#follower?.stop();
    this.session?.close();
    this.#leader = undefined;
    this.#follower = undefined;
    this.session = undefined;
    const isAlone = { role: "none", connection: "closed", joinUrl: undefined, people: 0 } as const;
    this.store.set({ ...isAlone, totals: { pages: {}, total: 0 }, hold: false, isAway: false });
    this.#docking.update();
  }

  #forget(): void {
    this.#token = undefined;
    forgetToken(this.#settings.apiUrl);
    this.#leave();
    this.#tell("role", "none");
  }

  /** Quiet: the talk goes on. Only who opens the dialog, or has just pasted the token, reads why. */
  #fail({ code }: RevintError): void {
    const problems: { readonly [Code in RevintError["code"]]?: string } = {
      invalid_token: words.problem.token,
      not_host: words.problem.token,
      session_ended: words.problem.ended,
      session_not_found: words.problem.notFound,
    };
    const isOver = code === "session_ended" || code === "session_not_found";
    if (!isOver) this.#forget();
    this.store.set({ problem: problems[code] ?? words.problem.other });
  }

  #together(): void {
    const { role, hold } = this.store.get();
    if (role === "lead") this.hold(!hold);
    if (role === "follow") this.comeBack();
  }

  /** Opened by hand and not by a link, so that the token stands nowhere in the page. */
  #openStage(): void {
    const { joinUrl } = this.store.get();
    const session = joinUrl === undefined ? null : new URL(joinUrl).searchParams.get("session");
    if (session === null || this.#token === undefined) return;
    const stage = new URL("/stage", this.#settings.apiUrl);
    stage.searchParams.set("session", session);
    stage.hash = `token=${this.#token}`;
    open(stage, "_blank", "noopener");
  }

  #noticePage(): void {
    const { h, v } = this.#deck.getIndices();
    const slide = this.#deck.getCurrentSlide() as HTMLElement | undefined;
    this.store.set({
      page: getPage({ h: h || 0, v: v || 0 }),
      isWelcome: slide?.dataset.revintOverlay !== "none",
    });
  }

  #bindKey(letter: string | undefined, name: KeyName, action: () => void): void {
    if (letter === undefined) return;
    const keyCode = letter.charCodeAt(0);
    this.#deck.addKeyBinding({ keyCode, key: letter, description: words.keys[name] }, action);
    this.#keyCodes.push(keyCode);
  }

  #fillSlots(): void {
    // reveal.js centres a slide by its height, which our news changes.
    const sizes = new ResizeObserver(() => this.#deck.layout());
    this.#stops.push(() => sizes.disconnect());
    const slides = this.#deck.getSlidesElement();
    for (const slot of slides?.querySelectorAll<HTMLElement>("[data-revint-qr]") ?? []) {
      const isBare = slot.dataset.revintQr === "bare";
      slot.classList.add("slot");
      sizes.observe(slot);
      render(<QrSlot store={this.store} isBare={isBare} />, createShadow(slot));
    }
    for (const slot of slides?.querySelectorAll<HTMLElement>("[data-revint-totals]") ?? []) {
      slot.classList.add("slot");
      sizes.observe(slot);
      const getPageOfSlot = () => slot.dataset.revintTotals || this.#getPageOf(slot);
      render(<TotalsSlot store={this.store} getPage={getPageOfSlot} />, createShadow(slot));
    }
  }

  #getPageOf(element: HTMLElement): string {
    const slide = element.closest<HTMLElement>("section");
    if (!slide) return this.store.get().page;
    const { h, v } = this.#deck.getIndices(slide);
    return getPage({ h, v: v || 0 });
  }

  #tell(name: string, detail: unknown): void {
    const event = new CustomEvent(`revint:${name}`, { detail, bubbles: true });
    this.#deck.getRevealElement()?.dispatchEvent(event);
  }
}

import { render } from "hono/jsx/dom";
import { coHostSession, hostSession } from "../client/index.ts";
import { ListenerClient } from "../client/listener-session.ts";
import { OPEN_RULES } from "../client/rules.ts";
import type { ClientTotals, HostSession, RevintError, Session, SessionEvents } from "../client/session.ts";
import { getPage } from "../ui/deck-state.ts";
import {
  forgetPass,
  getHostRole,
  getKeptPass,
  getKeptSession,
  type HostPass,
  keepPass,
  readPass,
  takePassLink,
  writePass,
} from "../ui/host-pass.ts";
import type { Store } from "../ui/store.ts";
import { tabStorage } from "../ui/tab-storage.ts";
import { askTalk, readTalk } from "../ui/talk.ts";
import { common, plugin as words } from "../words/en.ts";
import { AutoSlide } from "./auto-slide.ts";
import { complain } from "./complaint.tsx";
import { drawCopy, joinUrlKeyOf } from "./copy.tsx";
import { type Deck, isCopy, isShuffled, isUnordered, onMove, putInOrder, showSingleSlides } from "./deck.ts";
import type { Actions } from "./dialog.tsx";
import { Docking } from "./docking.ts";
import { fitBars } from "./fit.ts";
import { Floats } from "./floats.ts";
import { Follower } from "./follower.ts";
import { keepLastCounts } from "./last-counts.ts";
import { Leader } from "./leader.ts";
import { type KeyName, type RevintOptions, readHostKey, readOptions, type Settings } from "./options.ts";
import { LiveQrSlot, Overlay, TotalsSlot } from "./overlay.tsx";
import { paintLike } from "./paint.ts";
import { ReachWatch } from "./reach.ts";
import { getSessionInAddress, nameSessionInAddress, writeJoinUrl } from "./session-address.ts";
import { createLayer, createShadow } from "./shadow.ts";
import { getPageOfSlot, isBare, listSlots } from "./slots.ts";
import { SpeakerViews } from "./speaker-views.ts";
import { createView, type DeckRole, type View } from "./view.ts";

/** What a deck's author gets from `Reveal.getPlugin("revint")`. */
export interface RevintPlugin {
  readonly id: "revint";
  /** What it returns, reveal.js waits for. */
  init(deck: object): Promise<void> | undefined;
  destroy(): void;
  /** The client's session while the deck leads or follows. */
  readonly session: Session | undefined;
  readonly role: DeckRole;
  /** What the QR code says, once the session is there. */
  readonly joinUrl: string | undefined;
  /** Leads with this host token or invitation link, which is kept for the tab. */
  lead(pass: string): void;
  /** Stops leading or following, and forgets the token. */
  leave(): void;
  /** Shows or hides the overlay. */
  toggleOverlay(show?: boolean): void;
  /** Fills the screen with the join code, or no longer. */
  welcome(show?: boolean): void;
  /** While leading: whether following decks may look around. */
  hold(hold: boolean): void;
  /** Leading while another presenter drives: from now on this deck does. */
  takeOver(): void;
  /** While following: back to where the leader is. */
  comeBack(): void;
}

/** The session's news that become DOM events: `revint:` and the name, the value as `detail`. */
const NEWS = ["state", "totals", "participants", "connection", "driver", "end", "error"] as const;

/**
 * One plugin for one deck; everything it knows is in here, so that two decks on a page don't meet.
 * @param scriptUrl where this script was loaded from
 */
export function createRevint(given: RevintOptions, scriptUrl: string | undefined): RevintPlugin {
  // Now, not in `init`: it must be gone before reveal.js reads the address, and before anybody else does.
  const link = takePassLink();
  let running: Running | undefined;
  return {
    id: "revint",
    init(object) {
      const deck = object as Deck;
      const { revint } = deck.getConfig() as { revint?: RevintOptions };
      const settings = readSettings(deck, { ...revint, ...given }, scriptUrl, link);
      if (!settings) return undefined;
      if (isCopy(deck)) return drawCopy(deck, settings);
      for (const advice of settings.advice) console.warn(`revint: ${advice}`);
      running = new Running(deck, settings);
      const { start } = running;
      if (link !== undefined || getSessionInAddress() || getKeptPass(settings.apiUrl)) running.putInOrder();
      if (deck.isReady()) start(link);
      else deck.on("ready", () => start(link));
      return undefined;
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
    lead: (pass) => running?.actions.lead(pass),
    leave: () => running?.actions.stopLeading(),
    toggleOverlay: (show) => running?.toggleOverlay(show),
    welcome: (show) => running?.welcome(show),
    hold: (hold) => running?.hold(hold),
    takeOver: () => running?.actions.takeOver(),
    comeBack: () => running?.comeBack(),
  };
}

/** A deck with wrong options is still a deck: it says so where its author looks and to who wants to lead, and goes on. */
function readSettings(
  deck: Deck,
  options: RevintOptions,
  scriptUrl: string | undefined,
  link: string | undefined,
): Settings | undefined {
  try {
    return readOptions(options, scriptUrl);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    console.warn(`revint: ${text}`);
    if (!isCopy(deck)) complain(deck, { text, letter: readHostKey(options), link });
    return undefined;
  }
}

/** The plugin in a deck that people look at. */
class Running {
  readonly store: Store<View>;
  readonly actions: Actions;
  session: HostSession | ListenerClient | undefined;
  readonly #deck: Deck;
  readonly #settings: Settings;
  readonly #layer = createLayer();
  readonly #docking: Docking;
  readonly #floats: Floats;
  readonly #reach = new ReachWatch((reach) => {
    this.store.set({ reach });
    this.#docking.update();
  });
  readonly #autoSlide: AutoSlide;
  readonly #keys = new Map<KeyName, () => void>();
  readonly #keyCodes: number[] = [];
  readonly #stops: (() => void)[] = [];
  #leader: Leader | undefined;
  #follower: Follower | undefined;
  #pass: HostPass | undefined;
  /** Its author wants these slides shuffled, which they are not now. */
  #isPutInOrder = false;
  /** The session that is followed, or was ended: its name, where `session` does not tell it. */
  #sessionUid: string | undefined;

  constructor(deck: Deck, settings: Settings) {
    this.#deck = deck;
    this.#settings = settings;
    this.store = createView(settings);
    this.actions = {
      lead: (text) => this.#leadAs(text, false),
      leadAnew: () => this.#pass && this.#lead(this.#pass, false),
      stopLeading: () => this.#forget(),
      toggleOverlay: () => this.toggleOverlay(),
      welcome: () => this.welcome(),
      endWelcome: () => this.welcome(false),
      together: () => this.#together(),
      takeOver: () => this.#takeOver(),
      openPage: (path) => this.#openPage(path),
      closeDialog: () => this.store.set({ isDialogOpen: false, problem: undefined }),
    };
    this.#docking = new Docking(deck, this.store, settings.place, this.#layer);
    this.#autoSlide = new AutoSlide(deck);
    // Before a speaker view that is open already asks.
    const speakers = new SpeakerViews(deck, this.store, (key) => this.#keys.get(key)?.());
    this.#stops.push(() => speakers.stop());
    const space = document.createElement("div");
    this.#floats = new Floats(space);
    render(
      <Overlay store={this.store} settings={settings} actions={this.actions} floats={space} />,
      createShadow(this.#layer),
    );
  }

  /** Before reveal.js starts, a deck that will lead or follow: no two copies of it would show the same. */
  putInOrder(): void {
    this.#isPutInOrder = isShuffled(this.#deck);
    if (this.#isPutInOrder) console.warn(`revint: ${words.inOrder}`);
    putInOrder(this.#deck);
  }

  /** Once reveal.js is ready: its slides have their indices. */
  readonly start = (link: string | undefined): void => {
    const { apiUrl, keys } = this.#settings;
    this.#docking.start();
    this.#stops.push(paintLike(this.#deck, this.#layer));
    this.#bindKey(keys.overlay, "overlay", () => this.#leader && this.toggleOverlay());
    this.#bindKey(keys.host, "host", () =>
      // Closed from the speaker view: in the deck itself, the dialog has the keys.
      this.store.set({ isDialogOpen: !this.store.get().isDialogOpen }),
    );
    this.#bindKey(keys.together, "together", this.actions.together);
    this.#bindKey(keys.welcome, "welcome", this.actions.welcome);
    this.#fillSlots();
    const onHash = () => {
      const link = takePassLink();
      if (link !== undefined) this.#leadAs(link, true);
    };
    // Before reveal.js hears of it and takes the token for a slide's name.
    addEventListener("hashchange", onHash, { capture: true });
    this.#stops.push(
      onMove(this.#deck, () => this.#noticePage()),
      () => removeEventListener("hashchange", onHash, { capture: true }),
    );
    this.#noticePage();

    const sessionUid = getSessionInAddress();
    const kept = getKeptPass(apiUrl, sessionUid);
    if (link !== undefined) this.#leadAs(link, true);
    else if (kept) this.#lead(kept, true, getKeptSession(apiUrl));
    else if (sessionUid) this.#follow(sessionUid);
  };

  toggleOverlay(show = !this.store.get().isShown): void {
    this.store.set({ isShown: show });
    this.#docking.update();
  }

  welcome(show = !this.store.get().isWelcoming): void {
    const { joinUrl, resultsUrl } = this.store.get();
    const isWelcoming = show && joinUrl !== undefined && resultsUrl === undefined;
    this.store.set(isWelcoming ? { isWelcoming, isDialogOpen: false } : { isWelcoming });
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

  /** With what was pasted, or what the address held. Nothing is sent that can't let a host in. */
  #leadAs(text: string, isSure: boolean): void {
    const pass = readPass(text);
    if (pass) this.#lead(pass, isSure);
    else this.store.set({ problem: common.noPass, isDialogOpen: true });
  }

  /**
   * @param isSure the overlay may have its place before the service has said yes
   * @param resumed the session that this tab has led before the reload: if it was deleted, it is not started anew
   */
  #lead(pass: HostPass, isSure: boolean, resumed?: string): void {
    this.#leave();
    keepPass(this.#settings.apiUrl, pass, resumed);
    // Its author wants it shuffled, or as one long page, and only a deck that has not started can be kept from that.
    if (isUnordered(this.#deck) && getKeptPass(this.#settings.apiUrl)) {
      location.reload();
      return;
    }
    this.#pass = pass;
    this.#sessionUid = pass.invitation?.sessionUid;
    if (this.#sessionUid) nameSessionInAddress(this.#sessionUid);
    const session = this.#openSession(pass, resumed);
    const isModerator = getHostRole(pass) === "moderator";
    const role = isModerator ? "follow" : "lead";
    this.#attach(session, isModerator || isSure ? role : "none");
    this.store.set({ isModerator, remark: isModerator ? undefined : this.#remark(false) });
    if (isModerator) this.#goAlong(session);
    else {
      session.on("totals", (totals) => this.#rise(totals));
      const noticeDriver = () => this.#autoSlide.allow(session.isDriving);
      noticeDriver();
      session.on("driver", () => {
        this.store.set({ isDriving: session.isDriving, problem: undefined });
        noticeDriver();
      });
      this.#leader = new Leader(this.#deck, session, ({ hold, isDifferent }) =>
        // Who drives is the presenter, and has changed these slides since.
        this.store.set({ hold, remark: this.#remark(isDifferent && !session.isDriving) }),
      );
    }
    session.ready.then(
      () => {
        if (this.session !== session) return;
        const { isDriving, info } = session;
        keepPass(this.#settings.apiUrl, pass, info?.sessionUid);
        this.store.set({ role, isDriving: isDriving || isModerator });
        this.#setJoinUrl(info?.joinUrl);
        void this.#learnTalk(pass);
        this.#docking.update();
        this.#tell("role", role);
      },
      // Ended already: what was just pasted, or kept, is for another day.
      () => this.session === session && this.store.set({ isDialogOpen: true }),
    );
  }

  #openSession({ token, invitation }: HostPass, resumed: string | undefined): HostSession {
    const { apiUrl, webUiUrl, wsUrl, deckUrl, reactions, anyReaction, expectedAudience } = this.#settings;
    if (invitation)
      return coHostSession(invitation.sessionUid, { apiUrl, token, hostUid: invitation.hostUid });
    return hostSession(token, {
      apiUrl,
      webUiUrl,
      reactions,
      anyReaction,
      ...(resumed !== undefined && { sessionUid: resumed }),
      ...(wsUrl !== undefined && { wsUrl }),
      ...(deckUrl !== undefined && { deckUrl }),
      ...(expectedAudience !== undefined && { expectedAudience }),
    });
  }

  #follow(sessionUid: string): void {
    this.#leave();
    this.#sessionUid = sessionUid;
    const session = new ListenerClient(sessionUid, { apiUrl: this.#settings.apiUrl });
    this.#attach(session, "follow");
    this.#goAlong(session);
    const onReady = () => {
      const { info } = session;
      if (this.session !== session || info === undefined) return;
      if (info.reactions.length > 0) this.store.set({ reactions: info.reactions });
      this.store.set({ talk: info });
      this.#setJoinUrl(writeJoinUrl(info.webUiUrl, sessionUid));
      this.#tell("role", "follow");
    };
    session.ready.then(onReady, () => {});
  }

  #goAlong(session: Session): void {
    this.#autoSlide.allow(false);
    this.#follower = new Follower(this.#deck, session, ({ isAway, hold, isDifferent }) =>
      this.store.set({ isAway, hold, remark: this.#remark(isDifferent) }),
    );
  }

  /** A host's token says which talk it is for; a co-host's does not, and the session does. */
  async #learnTalk({ token, invitation }: HostPass): Promise<void> {
    const { session } = this;
    const talk = invitation ? await askTalk(this.#settings.apiUrl, invitation.sessionUid) : readTalk(token);
    if (session === this.session) this.store.set({ talk });
  }

  #remark(isDifferent: boolean): string | undefined {
    if (isDifferent) return words.different;
    return this.#isPutInOrder && !this.#follower ? words.inOrder : undefined;
  }

  #setJoinUrl(joinUrl: string | undefined): void {
    this.store.set({ joinUrl });
    if (joinUrl !== undefined) tabStorage.set(joinUrlKeyOf(this.#settings.apiUrl), joinUrl);
  }

  /** What a session tells goes to the view, and to whoever listens on the deck. */
  #attach(session: HostSession | ListenerClient, role: DeckRole): void {
    this.session = session;
    if (showSingleSlides(this.#deck)) this.#fillSlots();
    this.store.set({ role, connection: session.connection, problem: undefined, resultsUrl: undefined });
    this.#reach.hear(session.connection);
    session.on("connection", (connection) => {
      this.store.set({ connection });
      this.#reach.hear(connection);
    });
    session.on("rules", (rules) => this.store.set({ rules }));
    session.on("door", (door) => this.store.set({ door }));
    session.on("participants", (people) => this.store.set({ people }));
    session.on("totals", (totals) => {
      this.store.set({ totals });
      this.#keepCounts(totals);
    });
    session.on("end", () => {
      const resultsUrl = this.#writePageUrl("/results")?.href;
      this.store.set({ problem: words.problem.ended, resultsUrl, isWelcoming: false });
      this.#docking.update();
    });
    for (const name of NEWS) {
      session.on(name, (value: SessionEvents[typeof name]) => this.#tell(name, value));
    }
    session.on("error", (error) => this.#fail(error));
    this.#docking.update();
  }

  /** For a print of this deck in this tab. */
  #keepCounts({ pages }: ClientTotals): void {
    const sessionUid = this.session?.info?.sessionUid ?? this.#sessionUid;
    const shown = listSlots(this.#deck, "totals").map((slot) => getPageOfSlot(this.#deck, slot) ?? "");
    if (sessionUid === undefined || shown.length === 0) return;
    const { reactions } = this.store.get();
    keepLastCounts(this.#settings.apiUrl, { sessionUid, reactions, pages }, shown);
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
    this.#sessionUid = undefined;
    this.#reach.forget();
    const isAlone = { role: "none", connection: "closed", joinUrl: undefined, people: 0 } as const;
    const isFree = { hold: false, isAway: false, isDriving: true, isModerator: false, isGone: false };
    const isQuiet = {
      rules: OPEN_RULES,
      door: undefined,
      isWelcoming: false,
      reach: "there",
      talk: undefined,
    } as const;
    this.#autoSlide.allow(true);
    this.store.set({
      ...isAlone,
      ...isFree,
      ...isQuiet,
      totals: { pages: {}, total: 0 },
      resultsUrl: undefined,
      remark: undefined,
    });
    this.#docking.update();
  }

  #forget(): void {
    this.#pass = undefined;
    forgetPass(this.#settings.apiUrl);
    this.#leave();
    this.#tell("role", "none");
  }

  /** What trying again will not change. A deck that can't lead must not look like one that does; one that follows goes on by itself. */
  #fail({ code }: RevintError): void {
    const problems: { readonly [Code in RevintError["code"]]?: string } = {
      invalid_token: words.problem.token,
      not_host: words.problem.token,
      not_participant: words.problem.token,
      wrong_session: words.problem.token,
      session_not_found: words.problem.notFound,
    };
    const { other, notFollowed } = words.problem;
    const lost = code === "session_not_found" ? notFollowed.notFound : notFollowed.other;
    let problem = this.#pass ? (problems[code] ?? other) : lost;
    if (this.#pass) {
      // It was led from here, and deleted since: whether it is to begin anew is the host's to say.
      const isGone = code === "session_not_found" && !this.#pass.invitation;
      if (isGone) {
        this.#leave();
        this.#tell("role", "none");
        problem = words.problem.gone;
      } else this.#forget();
      this.store.set({ isDialogOpen: true, isGone });
    }
    this.store.set({ problem });
  }

  #together(): void {
    const { role, hold, isDriving } = this.store.get();
    if (!isDriving) this.#takeOver();
    else if (role === "lead") this.hold(!hold);
    if (role === "follow") this.comeBack();
  }

  async #takeOver(): Promise<void> {
    const leader = this.#leader;
    this.store.set({ problem: undefined });
    try {
      await leader?.takeOver();
    } catch (error) {
      if (leader !== this.#leader) return;
      const { code } = error as RevintError;
      const { role, notReached, other } = words.problem;
      const isAway = code === "network" || code === "invalid_answer";
      this.store.set({ problem: code === "role_not_allowed" ? role : isAway ? notReached : other });
    }
  }

  /** The stage or the results of this session; `undefined` as long as none is known. */
  #writePageUrl(path: string): URL | undefined {
    const sessionUid = this.session?.info?.sessionUid ?? this.#sessionUid;
    if (sessionUid === undefined) return undefined;
    return new URL(`${path}?session=${encodeURIComponent(sessionUid)}`, this.#settings.apiUrl);
  }

  /** Opened by hand and not by a link, so that the token stands nowhere in the page. */
  #openPage(path: string): void {
    const url = this.#writePageUrl(path);
    if (url === undefined) return;
    if (this.#pass) url.hash = writePass(this.#pass).replace(/^.*#/, "");
    open(url, "_blank", "noopener");
  }

  #noticePage(): void {
    const { h, v } = this.#deck.getIndices();
    const slide = this.#deck.getCurrentSlide() as HTMLElement | undefined;
    // Said once: whoever goes on with the talk has read it.
    if (this.store.get().remark === words.inOrder) {
      this.#isPutInOrder = false;
      this.store.set({ remark: undefined });
    }
    this.store.set({
      page: getPage({ h: h || 0, v: v || 0 }),
      isPaused: this.#deck.isPaused(),
      // Whoever goes on with the talk shows the slide.
      isWelcoming: false,
      isWelcome: slide?.dataset.revintOverlay !== "none",
    });
    this.#docking.update();
  }

  #bindKey(letter: string | undefined, name: KeyName, action: () => void): void {
    this.#keys.set(name, action);
    if (letter === undefined) return;
    const keyCode = letter.charCodeAt(0);
    this.#deck.addKeyBinding({ keyCode, key: letter, description: words.keys[name] }, action);
    this.#keyCodes.push(keyCode);
  }

  #fillSlots(): void {
    // reveal.js centres a slide by its height, which our news changes.
    const sizes = new ResizeObserver(() => {
      for (const slot of listSlots(this.#deck, "totals")) fitBars(this.#deck, slot);
      this.#deck.layout();
    });
    this.#stops.push(() => sizes.disconnect());
    for (const slot of listSlots(this.#deck, "qr")) {
      sizes.observe(slot);
      render(<LiveQrSlot store={this.store} isBare={isBare(slot)} />, createShadow(slot));
    }
    for (const slot of listSlots(this.#deck, "totals")) {
      sizes.observe(slot);
      const getPage = () => getPageOfSlot(this.#deck, slot) ?? this.store.get().page;
      render(<TotalsSlot store={this.store} getPage={getPage} />, createShadow(slot));
    }
  }

  #tell(name: string, detail: unknown): void {
    const event = new CustomEvent(`revint:${name}`, { detail, bubbles: true });
    this.#deck.getRevealElement()?.dispatchEvent(event);
  }
}

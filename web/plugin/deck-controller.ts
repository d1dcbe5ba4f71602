import { toRevintError } from "../client/error.ts";
import { coHostSession, hostSession } from "../client/index.ts";
import { ListenerClient } from "../client/listener-session.ts";
import type {
  ClientTotals,
  HostSession,
  NewSessionAnswer,
  RevintError,
  Session,
  SessionEvents,
} from "../client/session.ts";
import type { Floats } from "../interactions/slots.ts";
import {
  forgetPass,
  getHostRole,
  getKeptPass,
  getKeptSession,
  type HostPass,
  keepPass,
  readPass,
  writePass,
} from "../ui/host-pass.ts";
import { getShortLink } from "../ui/join-link.ts";
import type { Store } from "../ui/store.ts";
import { askTalk, readTalk } from "../ui/talk.ts";
import { common, plugin as words } from "../words/en.ts";
import { AutoSlide } from "./auto-slide.ts";
import { type Deck, isShuffled, isUnordered, putInOrder, showSingleSlides } from "./deck.ts";
import type { Extras } from "./extras.ts";
import { Follower } from "./follower.ts";
import { keepLastCounts } from "./last-counts.ts";
import { Leader } from "./leader.ts";
import type { Settings } from "./options.ts";
import { ReachWatch } from "./reach.ts";
import type { DeckRole } from "./revint-plugin.ts";
import {
  getSessionInAddress,
  keepJoinUrl,
  nameSessionInAddress,
  writeJoinUrl,
  writePageUrl,
} from "./session-address.ts";
import { listPagesOfSlots, type Slots } from "./slots.tsx";
import { ALONE, type View } from "./view.ts";

/** The session's news that become DOM events: `revint:` and the name, the value as `detail`. */
const NEWS = [
  "state",
  "totals",
  "activities",
  "tallies",
  "participants",
  "connection",
  "driver",
  "end",
  "error",
] as const;

interface Parts {
  readonly deck: Deck;
  readonly settings: Settings;
  readonly store: Store<View>;
  readonly slots: Slots;
  readonly extras: Extras;
  readonly floats: readonly Floats[];
}

/**
 * The deck's part in a session: it leads, follows, or does neither.
 *
 *     none ── lead ──▶ lead, or follow as a moderator ── refused, forget ──▶ none
 *     none ── the address names a session ──▶ follow
 *
 * What its session tells goes into the store, which all that is drawn reads, and out as events of the deck.
 */
export class DeckController {
  readonly #deck: Deck;
  readonly #settings: Settings;
  readonly #store: Store<View>;
  readonly #slots: Slots;
  readonly #extras: Extras;
  readonly #floats: readonly Floats[];
  readonly #autoSlide: AutoSlide;
  readonly #reach = new ReachWatch((reach) => this.#store.set({ reach }));
  #session: HostSession | ListenerClient | undefined;
  #leader: Leader | undefined;
  #follower: Follower | undefined;
  /** What it leads with; kept when its session was deleted, since that may be started anew. */
  #pass: HostPass | undefined;
  /** The session that is followed, or was ended: its name, where `#session` does not tell it. */
  #sessionUid: string | undefined;
  /** Its author wants these slides shuffled, which they are not now, and nobody has been told of that yet. */
  #isPutInOrder = false;

  constructor({ deck, settings, store, slots, extras, floats }: Parts) {
    this.#deck = deck;
    this.#settings = settings;
    this.#store = store;
    this.#slots = slots;
    this.#extras = extras;
    this.#floats = floats;
    this.#autoSlide = new AutoSlide(deck);
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** Whether it leads, or is about to: the service may not have said yes. */
  get isLeading(): boolean {
    return this.#leader !== undefined;
  }

  /** Before reveal.js starts: copies of a deck that leads or follows would not show the same slides if they were shuffled. */
  prepare(link: string | undefined): void {
    if (link === undefined && !getSessionInAddress() && !getKeptPass(this.#settings.apiUrl)) return;
    this.#isPutInOrder = isShuffled(this.#deck);
    if (this.#isPutInOrder) console.warn(`revint: ${words.inOrder}`);
    putInOrder(this.#deck);
  }

  /** Once reveal.js is ready: leads or follows, as the address and the tab say. */
  start(link: string | undefined): void {
    const { apiUrl } = this.#settings;
    const sessionUid = getSessionInAddress();
    const kept = getKeptPass(apiUrl, sessionUid);
    if (link !== undefined) this.lead(link, true);
    else if (kept) this.#lead(kept, true, getKeptSession(apiUrl));
    else if (sessionUid) this.#follow(sessionUid);
  }

  /**
   * With what was pasted, or what the address held. Nothing is sent that can't let a host in.
   * @param isSure the overlay may have its place before the service has said yes
   */
  lead(text: string, isSure = false): void {
    const pass = readPass(text);
    if (pass) this.#lead(pass, isSure);
    else this.#store.set({ problem: common.noPass, isDialogOpen: true });
  }

  /** Where the session was deleted that this deck has led: with the same pass. */
  leadAnew(): void {
    if (this.#pass) this.#lead(this.#pass, false);
  }

  /** Neither leads nor follows any more, and the tab keeps nothing of it. */
  forget(): void {
    this.#pass = undefined;
    forgetPass(this.#settings.apiUrl);
    this.leave();
    this.#dispatch("role", "none");
  }

  /** Neither leads nor follows any more. */
  leave(): void {
    this.#extras.leave();
    this.#leader?.stop();
    this.#follower?.stop();
    this.#session?.close();
    this.#leader = undefined;
    this.#follower = undefined;
    this.#session = undefined;
    this.#sessionUid = undefined;
    this.#reach.reset();
    this.#autoSlide.allow(true);
    this.#store.set(ALONE);
  }

  hold(hold: boolean): void {
    this.#leader?.hold(hold);
  }

  comeBack(): void {
    this.#follower?.comeBack();
  }

  /** One key for all that keeps a room together. */
  together(): void {
    const { role, hold, isDriving } = this.#store.get();
    if (!isDriving) this.takeOver();
    else if (role === "lead") this.hold(!hold);
    if (role === "follow") this.comeBack();
  }

  async takeOver(): Promise<void> {
    const leader = this.#leader;
    this.#store.set({ problem: undefined });
    try {
      await leader?.takeOver();
    } catch (error) {
      if (leader === this.#leader) this.#store.set({ problem: explainTakeOver(toRevintError(error).code) });
    }
  }

  /** Opened by hand and not by a link, so that the token stands nowhere in the page. */
  openPage(path: "/stage" | "/results"): void {
    const url = this.#writePageUrl(path);
    if (url === undefined) return;
    if (this.#pass) url.hash = writePass(this.#pass).replace(/^.*#/, "");
    open(url, "_blank", "noopener");
  }

  /** The deck has moved. What was said once of its order is read: whoever goes on with the talk has seen it. */
  noticeMove(): void {
    if (this.#store.get().remark !== words.inOrder) return;
    this.#isPutInOrder = false;
    this.#store.set({ remark: undefined });
  }

  /** @param resumed the session that this tab has led before the reload: if it was deleted, it is not started anew */
  #lead(pass: HostPass, isSure: boolean, resumed?: string): void {
    const { apiUrl } = this.#settings;
    this.leave();
    keepPass(apiUrl, pass, resumed);
    // Its author wants it shuffled, or as one long page, and only a deck that has not started can be kept from that.
    if (isUnordered(this.#deck) && getKeptPass(apiUrl)) {
      location.reload();
      return;
    }
    this.#pass = pass;
    this.#sessionUid = pass.invitation?.sessionUid;
    if (this.#sessionUid) nameSessionInAddress(this.#sessionUid);
    const session = openSession(pass, this.#settings, resumed);
    const isModerator = getHostRole(pass) === "moderator";
    const role = isModerator ? "follow" : "lead";
    this.#attach(session, isModerator || isSure ? role : "none");
    this.#store.set({ isModerator, remark: isModerator ? undefined : this.#remark(false) });
    if (isModerator) this.#goAlong(session);
    else this.#drive(session);
    this.#attend(session, isModerator ? undefined : session);
    session.ready.then(
      () => {
        if (this.#session !== session) return;
        const { isDriving, info } = session;
        keepPass(apiUrl, pass, info?.sessionUid);
        this.#store.set({ role, isDriving: isDriving || isModerator });
        this.#setJoinUrl(info);
        void this.#learnTalk(pass);
        this.#dispatch("role", role);
      },
      // Ended already: what was just pasted, or kept, is for another day.
      () => this.#session === session && this.#store.set({ isDialogOpen: true }),
    );
  }

  #drive(session: HostSession): void {
    session.on("totals", (totals) => {
      const { isShown, isWelcome } = this.#store.get();
      for (const floats of this.#floats) floats.update(totals, isShown && isWelcome);
    });
    const noticeDriver = () => this.#autoSlide.allow(session.isDriving);
    noticeDriver();
    session.on("driver", () => {
      this.#store.set({ isDriving: session.isDriving, problem: undefined });
      noticeDriver();
    });
    this.#leader = new Leader(this.#deck, session, ({ hold, isDifferent }) =>
      // Who drives is the presenter, and has changed these slides since.
      this.#store.set({ hold, remark: this.#remark(isDifferent && !session.isDriving) }),
    );
  }

  #follow(sessionUid: string): void {
    this.leave();
    this.#sessionUid = sessionUid;
    const session = new ListenerClient(sessionUid, { apiUrl: this.#settings.apiUrl });
    this.#attach(session, "follow");
    this.#goAlong(session);
    this.#attend(session, undefined);
    const onReady = () => {
      const { info } = session;
      if (this.#session !== session || info === undefined) return;
      if (info.reactions.length > 0) this.#store.set({ reactions: info.reactions });
      this.#store.set({ talk: info });
      this.#setJoinUrl({ joinUrl: writeJoinUrl(info.webUiUrl, sessionUid), joinCode: info.joinCode });
      this.#dispatch("role", "follow");
    };
    session.ready.then(onReady, () => {});
  }

  #goAlong(session: Session): void {
    this.#autoSlide.allow(false);
    this.#follower = new Follower(this.#deck, session, ({ isAway, hold, isDifferent }) =>
      this.#store.set({ isAway, hold, remark: this.#remark(isDifferent) }),
    );
  }

  #attend(session: Session, host: HostSession | undefined): void {
    this.#extras.attend({ session, host, getSessionUid: () => this.#getSessionUid() });
  }

  /** From now on, what this session tells is what the deck shows. */
  #attach(session: HostSession | ListenerClient, role: DeckRole): void {
    this.#session = session;
    if (showSingleSlides(this.#deck)) {
      this.#slots.fill();
      this.#extras.fill();
    }
    this.#store.set({ role, connection: session.connection, problem: undefined });
    this.#reach.update(session.connection);
    session.on("connection", (connection) => {
      this.#store.set({ connection });
      this.#reach.update(connection);
    });
    session.on("rules", (rules) => this.#store.set({ rules }));
    session.on("door", (door) => this.#store.set({ door }));
    session.on("participants", (people) => this.#store.set({ people }));
    session.on("totals", (totals) => {
      this.#store.set({ totals });
      this.#keepCounts(totals);
    });
    session.on("activities", (activities) => this.#store.set({ activities }));
    session.on("tallies", (tallies) => this.#store.set({ tallies }));
    session.on("end", () => {
      const resultsUrl = this.#writePageUrl("/results")?.href;
      this.#store.set({ problem: words.problem.ended, resultsUrl, isWelcoming: false });
    });
    for (const name of NEWS) {
      session.on(name, (value: SessionEvents[typeof name]) => this.#dispatch(name, value));
    }
    session.on("error", (error) => this.#fail(error));
  }

  /** What trying again will not change. A deck that can't lead must not look like one that does; one that follows goes on by itself. */
  #fail({ code }: RevintError): void {
    if (!this.#pass) {
      const { notFound, other } = words.problem.notFollowed;
      this.#store.set({ problem: code === "session_not_found" ? notFound : other });
      return;
    }
    // It was led from here, and deleted since: whether it is to begin anew is the host's to say.
    const isGone = code === "session_not_found" && !this.#pass.invitation;
    if (isGone) {
      this.leave();
      this.#dispatch("role", "none");
    } else this.forget();
    const problem = isGone ? words.problem.gone : explainRefusal(code);
    this.#store.set({ isDialogOpen: true, isGone, problem });
  }

  /** A host's token says which talk it is for; a co-host's does not, and the session does. */
  async #learnTalk({ token, invitation }: HostPass): Promise<void> {
    const session = this.#session;
    const talk = invitation ? await askTalk(this.#settings.apiUrl, invitation.sessionUid) : readTalk(token);
    if (session === this.#session) this.#store.set({ talk });
  }

  /** For a print of this deck in this tab. */
  #keepCounts({ pages }: ClientTotals): void {
    const sessionUid = this.#getSessionUid();
    if (sessionUid === undefined) return;
    const { reactions } = this.#store.get();
    const counts = { sessionUid, reactions, pages };
    keepLastCounts(this.#settings.apiUrl, counts, listPagesOfSlots(this.#deck));
  }

  #setJoinUrl(info: Pick<NewSessionAnswer, "joinUrl" | "joinCode"> | undefined): void {
    const { apiUrl } = this.#settings;
    this.#store.set({ joinUrl: info && getShortLink(info, apiUrl) });
    // What is printed is to be good for longer than a code is.
    if (info) keepJoinUrl(apiUrl, info.joinUrl);
  }

  #remark(isDifferent: boolean): string | undefined {
    if (isDifferent) return words.different;
    return this.#isPutInOrder && !this.#follower ? words.inOrder : undefined;
  }

  /** `undefined` as long as no session is known. */
  #writePageUrl(path: "/stage" | "/results"): URL | undefined {
    const sessionUid = this.#getSessionUid();
    return sessionUid === undefined ? undefined : writePageUrl(this.#settings.apiUrl, path, sessionUid);
  }

  #getSessionUid(): string | undefined {
    return this.#session?.info?.sessionUid ?? this.#sessionUid;
  }

  #dispatch(name: string, detail: unknown): void {
    const event = new CustomEvent(`revint:${name}`, { detail, bubbles: true });
    this.#deck.getRevealElement()?.dispatchEvent(event);
  }
}

/** The session that a pass lets this deck host. */
function openSession(
  { token, invitation }: HostPass,
  { apiUrl, webUiUrl, wsUrl, deckUrl, reactions, anyReaction, expectedAudience }: Settings,
  resumed: string | undefined,
): HostSession {
  if (invitation) return coHostSession(invitation.sessionUid, { apiUrl, token, hostUid: invitation.hostUid });
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

/** Why a host's pass does not let this deck lead. */
function explainRefusal(code: RevintError["code"]): string {
  switch (code) {
    case "invalid_token":
    case "not_host":
    case "not_participant":
    case "wrong_session":
      return words.problem.token;
    case "session_not_found":
      return words.problem.notFound;
    default:
      return words.problem.other;
  }
}

/** Why it could not take over. */
function explainTakeOver(code: RevintError["code"]): string {
  const { role, notReached, other } = words.problem;
  if (code === "role_not_allowed") return role;
  return code === "network" || code === "invalid_answer" ? notReached : other;
}
